"""A default says what the service assumes; the tool would send it. It goes into the docstring instead."""

from collections.abc import Iterator
from typing import Any

from ..loading.schemas import walk_schemas


def document_defaults(document: dict[str, Any]) -> Iterator[str]:
    """Move `default` to `x-lowered-default`."""
    for pointer, schema in walk_schemas(document):
        if "default" in schema:
            schema["x-lowered-default"] = schema.pop("default")
            yield f"{pointer}/default"
