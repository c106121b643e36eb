"""Keywords of schemas that are spelled as another version of OpenAPI or JSON Schema spells them."""

import json
from typing import Any

from ..loading.json_data import ChangedPointers, is_list
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
