"""Schemas of OpenAPI 3.0 are restated as 3.1."""

from typing import Any

from .json_data import ChangedPointers
from .schemas import walk_schemas

# In 3.0 `exclusiveMinimum` is a boolean that changes the meaning of `minimum`; in 3.1 it is the limit itself.
_LIMITS = (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum"))


def upgrade_openapi30(document: dict[str, Any]) -> ChangedPointers:
    """Restate schemas of OpenAPI 3.0 as 3.1, so that every later step needs to know one dialect.

    This concerns `nullable`, boolean `exclusiveMinimum` and `exclusiveMaximum`, and `example`. Changes
    `document` in place, and yields the pointer of each changed schema.
    """
    if not document["openapi"].startswith("3.0"):
        return
    for pointer, schema in walk_schemas(document):
        changed = upgrade_schema(schema)
        if "example" in schema and "examples" not in schema:
            schema["examples"] = [schema.pop("example")]
            changed = True
        if changed:
            yield pointer


def upgrade_schema(schema: dict[str, Any]) -> bool:
    """Restate `nullable` and boolean limits of a schema as 3.1; return whether it had any."""
    changed = schema.get("nullable") is True
    if changed:
        _admit_null(schema)
    if isinstance(schema.get("nullable"), bool):
        del schema["nullable"]
    for exclusive, limit in _LIMITS:
        if isinstance(schema.get(exclusive), bool):
            if schema.pop(exclusive) and limit in schema:
                schema[exclusive] = schema.pop(limit)
            changed = True
    return changed


def _admit_null(schema: dict[str, Any]) -> None:
    """Add null to the values that a schema admits (OpenAPI 3.0.3, 4.7.24.1)."""
    if "enum" in schema and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]
    if isinstance(schema.get("type"), str):
        schema["type"] = [schema["type"], "null"]
    elif "allOf" in schema:
        schema["anyOf"] = [{"allOf": schema.pop("allOf")}, {"type": "null"}]
    else:
        for key in ("oneOf", "anyOf"):
            if key in schema:
                schema[key] = [*schema[key], {"type": "null"}]
