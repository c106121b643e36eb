"""A member that is `false` is left out, one that is `true` becomes an open schema: the tool crashes on both.

Only the arguments of a method come from the members, so a forbidden one simply is no argument.
"""

from collections.abc import Iterator
from typing import Any

from ..errors import GeneratorError
from ..loading.json_data import as_object, escape
from ..loading.schemas import walk_schema_holders, walk_schemas


def strip_boolean_schemas(document: dict[str, Any]) -> Iterator[str]:
    """Drop `false` members, open `true` ones, wherever schemas are expected."""
    for pointer, schema in walk_schemas(document):
        properties = schema.get("properties", {})
        for name, value in list(properties.items()):
            if isinstance(value, bool):
                if value:
                    properties[name] = {}
                else:
                    del properties[name]
                yield f"{pointer}/properties/{escape(name)}"
        for key in _strip_inside(schema):
            yield f"{pointer}/{key}"


def _strip_inside(schema: dict[str, Any]) -> Iterator[str]:
    """`false` is no branch, and nothing comes after a tuple's items; whatever is `true` is open."""
    for key in ("anyOf", "oneOf"):
        branches = schema.get(key, [])
        if any(isinstance(branch, bool) for branch in branches):
            schema[key] = [{} if branch is True else branch for branch in branches if branch is not False]
            yield key
    for key in ("items", "not", "contains"):
        if schema.get(key) is True:
            schema[key] = {}
            yield key
        elif schema.get(key) is False and key != "contains":
            del schema[key]
            yield key


def open_boolean_contents(document: dict[str, Any]) -> Iterator[str]:
    """Open what is `true` as a whole: a component, or the schema of a body, a parameter or an answer.

    Raises GeneratorError for `false`, which nothing can satisfy.
    """
    components = as_object(as_object(document.get("components")).get("schemas"))
    places = [("/components/schemas", components, name) for name in components]
    places += [(pointer, holder, "schema") for pointer, holder in walk_schema_holders(document)]
    for pointer, holder, key in places:
        if isinstance(holder[key], bool):
            at = f"{pointer}/{escape(key)}"
            if not holder[key]:
                raise GeneratorError("`false` admits nothing", pointer=at, hint="take out what it describes")
            holder[key] = {}
            yield at
