"""Properties that only one side sends are not required: one class serves requests and responses.

`readOnly` properties are in responses and `writeOnly` ones in requests (JSON Schema 2020-12, validation 9.4,
which OpenAPI 3.1 takes over). The tool ignores both keywords, so a caller would have to send values that only
the service can know.
"""

from typing import Any

from ..loading.json_data import ChangedPointers, object_or_empty, resolve
from ..loading.schemas import walk_schemas


def relax_one_sided_properties(document: dict[str, Any]) -> ChangedPointers:
    """Remove `readOnly` and `writeOnly` properties from `required`: one class serves both sides.

    `x-lowered-required` keeps the `writeOnly` ones, which a caller must still send.
    """
    for pointer, schema in walk_schemas(document):
        properties = {
            name: object_or_empty(value) for name, value in object_or_empty(schema.get("properties")).items()
        }
        one_sided_names = [
            name for name in schema.get("required", ()) if _is_one_sided(document, properties.get(name, {}))
        ]
        if one_sided_names:
            schema["x-lowered-required"] = [
                name for name in one_sided_names if not _has_flag(document, properties[name], "readOnly")
            ]
            schema["required"] = [name for name in schema["required"] if name not in one_sided_names]
            yield f"{pointer}/required"


def _is_one_sided(document: dict[str, Any], schema: dict[str, Any]) -> bool:
    return _has_flag(document, schema, "readOnly") or _has_flag(document, schema, "writeOnly")


def _has_flag(document: dict[str, Any], schema: dict[str, Any], keyword: str) -> bool:
    """Whether a keyword is true in a schema or, where the schema lacks it, in the target of its `$ref`."""
    if keyword in schema:
        return bool(schema[keyword])
    return "$ref" in schema and _has_flag(
        document, object_or_empty(resolve(document, schema["$ref"][1:])), keyword
    )
