"""A default goes only into the docstring: the tool would send it with every request.

A default says what the service assumes if a property is absent (JSON Schema 2020-12, validation 9.2), and the
service may change it.
"""

from typing import Any

from ..loading.json_data import ChangedPointers
from ..loading.schemas import walk_schemas
from ..validation.openapi_schemas import find_wrong_defaults


def remove_wrong_defaults(document: dict[str, Any]) -> ChangedPointers:
    """Remove a `default` that its own schema does not admit: it is never sent, and would mislead a reader."""
    for pointer, schema in list(find_wrong_defaults(document)):
        del schema["default"]
        yield f"{pointer}/default"


def move_defaults(document: dict[str, Any]) -> ChangedPointers:
    """Move `default` to `x-lowered-default`, for the docstring: the tool would send it."""
    for pointer, schema in walk_schemas(document):
        if "default" in schema:
            schema["x-lowered-default"] = schema.pop("default")
            yield f"{pointer}/default"
