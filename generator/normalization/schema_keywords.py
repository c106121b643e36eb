"""Keywords of schemas that are spelled as another version of OpenAPI or JSON Schema spells them."""

import json
from collections.abc import Iterator
from typing import Any

from ..loading.json_data import (
    ChangedPointers,
    Json,
    escape,
    is_list,
    list_or_empty,
    object_or_empty,
    resolve,
)
from ..loading.openapi30 import upgrade_schema
from ..loading.schemas import walk_schemas


def remove_other_examples(data: dict[str, Any]) -> ChangedPointers:
    """`examples` of a schema that is not a list changes nothing on the wire."""
    for pointer, schema in walk_schemas(data):
        if "examples" in schema and not is_list(schema["examples"]):
            del schema["examples"]
            yield f"{pointer}/examples"


def remove_null_defaults(data: dict[str, Any]) -> ChangedPointers:
    """`default: null` says that there is no default."""
    for pointer, schema in walk_schemas(data):
        if schema.get("default", ...) is None:
            del schema["default"]
            yield f"{pointer}/default"


def remove_repeated_values(data: dict[str, Any]) -> ChangedPointers:
    """A value that `enum` or `required` repeats counts once."""
    # JSON Schema 2020-12 only recommends that the values of `enum` differ (validation, 6.1.2).
    for pointer, schema in walk_schemas(data):
        for keyword in ("enum", "required"):
            values = schema.get(keyword)
            if not is_list(values):
                continue
            values_by_json = {json.dumps(value, sort_keys=True): value for value in values}
            if len(values_by_json) < len(values):
                schema[keyword] = list(values_by_json.values())
                yield f"{pointer}/{keyword}"


def remove_wrong_required(data: dict[str, Any]) -> ChangedPointers:
    """`required` that is a boolean belongs to parameters, and names no property."""
    for pointer, schema in walk_schemas(data):
        if isinstance(schema.get("required"), bool):
            del schema["required"]
            yield f"{pointer}/required"


def remove_empty_lists(data: dict[str, Any]) -> ChangedPointers:
    """A list of schemas or values that is empty says nothing of a value."""
    for pointer, schema in walk_schemas(data):
        for keyword in ("allOf", "anyOf", "oneOf", "prefixItems", "enum"):
            if schema.get(keyword) == []:
                del schema[keyword]
                yield f"{pointer}/{keyword}"


def remove_surplus_mappings(data: dict[str, Any]) -> ChangedPointers:
    """A value of a discriminator that is mapped to no branch of its union stands for nothing."""
    for pointer, schema in walk_schemas(data):
        mapping = object_or_empty(object_or_empty(schema.get("discriminator")).get("mapping"))
        targets = {
            target
            for keyword in ("oneOf", "anyOf")
            for target in _list_targets(data, schema.get(keyword), ())
        }
        # Without a union, a mapping names the schemas that extend this one.
        is_union = "oneOf" in schema or "anyOf" in schema
        for value in [value for value, target in mapping.items() if is_union and str(target) not in targets]:
            del mapping[value]
            yield f"{pointer}/discriminator/mapping/{escape(value)}"


def _list_targets(data: dict[str, Any], branches: Any, followed: tuple[str, ...]) -> Iterator[str]:
    """Yield what a mapping may call each branch of a union, and the branches of the unions among them."""
    for branch in list_or_empty(branches):
        reference = object_or_empty(branch).get("$ref")
        if isinstance(reference, str) and reference not in followed:
            yield reference
            yield reference.removeprefix("#/components/schemas/")
            target = _resolve_or_none(data, reference)
            for keyword in ("oneOf", "anyOf"):
                inner_branches = object_or_empty(target).get(keyword)
                yield from _list_targets(data, inner_branches, (*followed, reference))


def replace_recursive_references(data: dict[str, Any]) -> ChangedPointers:
    """`$recursiveRef` of JSON Schema 2019-09 is a reference to the outermost schema around it."""
    # JSON Schema 2019-09, core 8.2.4.2. `#` would be the document; the outermost schema is a component, or
    # that of a body.
    for pointer, schema in walk_schemas(data):
        if schema.pop("$recursiveAnchor", None) is not None:
            yield f"{pointer}/$recursiveAnchor"
        if schema.pop("$recursiveRef", None) is not None:
            schema["$ref"] = f"#{_outermost_schema(pointer)}"
            yield f"{pointer}/$recursiveRef"


def _outermost_schema(pointer: str) -> str:
    tokens = pointer.split("/")
    if tokens[1:3] == ["components", "schemas"]:
        return "/".join(tokens[:4])
    return "/".join(tokens[: tokens.index("schema") + 1])


def read_openapi30_spellings(data: dict[str, Any]) -> ChangedPointers:
    """`nullable` and boolean limits of OpenAPI 3.0 have their meaning in a document of 3.1, too."""
    if str(data.get("openapi", "")).startswith("3.0"):
        return  # not a slip there; a lowering restates the whole dialect
    for pointer, schema in walk_schemas(data):
        if upgrade_schema(schema):
            yield pointer


def _resolve_or_none(data: dict[str, Any], reference: str) -> Json:
    try:
        return resolve(data, reference[1:])
    except KeyError:  # validation reports it
        return None
