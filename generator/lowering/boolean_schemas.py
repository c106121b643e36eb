"""Schemas that are `true` become `{}`, and schemas that are `false` are removed: the tool crashes on both.

A property that is `false` is forbidden. Arguments of methods come from the properties, so a forbidden one is
simply no argument.
"""

from collections.abc import Iterator
from typing import Any

from ..errors import GeneratorError
from ..loading.json_data import ChangedPointers, escape, object_or_empty
from ..loading.schemas import walk_schema_holders, walk_schemas


def replace_inner_booleans(document: dict[str, Any]) -> ChangedPointers:
    """Replace `true` inside of schemas by `{}` and remove `false`: the tool crashes on both."""
    for pointer, schema in walk_schemas(document):
        properties = schema.get("properties", {})
        for name, property_schema in list(properties.items()):
            if isinstance(property_schema, bool):
                if property_schema:
                    properties[name] = {}
                else:
                    del properties[name]
                yield f"{pointer}/properties/{escape(name)}"
        for keyword in _replace_in_keywords(schema):
            yield f"{pointer}/{keyword}"


def _replace_in_keywords(schema: dict[str, Any]) -> Iterator[str]:
    """Replace booleans in keywords that hold schemas, and yield the keywords that changed."""
    for keyword in ("anyOf", "oneOf"):
        branches = schema.get(keyword, [])
        if any(isinstance(branch, bool) for branch in branches):
            # `false` admits nothing, so it is not a branch that a value could match.
            schema[keyword] = [{} if branch is True else branch for branch in branches if branch is not False]
            yield keyword
    for keyword in ("items", "not", "contains"):
        if schema.get(keyword) is True:
            schema[keyword] = {}
            yield keyword
        # `items: false` ends a tuple, and `not: false` admits all; `contains: false` stays as it is.
        elif schema.get(keyword) is False and keyword != "contains":
            del schema[keyword]
            yield keyword


def replace_outer_booleans(document: dict[str, Any]) -> ChangedPointers:
    """Replace `true` as a whole component, body, parameter or response by `{}`: the tool crashes on it.

    Raises GeneratorError for `false`, which no value can satisfy.
    """
    components = object_or_empty(object_or_empty(document.get("components")).get("schemas"))
    places = [("/components/schemas", components, name) for name in components]
    places += [(pointer, holder, "schema") for pointer, holder in walk_schema_holders(document)]
    for holder_pointer, holder, key in places:
        if isinstance(holder[key], bool):
            pointer = f"{holder_pointer}/{escape(key)}"
            if not holder[key]:
                hint = "remove the part of the document that this schema describes"
                raise GeneratorError("`false` admits no value", pointer=pointer, hint=hint)
            holder[key] = {}
            yield pointer
