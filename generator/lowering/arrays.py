"""A list that says nothing of its items is given `items: {}`: the tool removes schemas that hold one."""

from collections.abc import Iterator
from typing import Any

from ..loading.schemas import walk_schemas


def open_items(document: dict[str, Any]) -> Iterator[str]:
    """Say `items: {}` where nothing is said."""
    for pointer, schema in walk_schemas(document):
        kind = schema.get("type")
        if (
            (kind == "array" or (isinstance(kind, list) and "array" in kind))
            and "items" not in schema
            and "prefixItems" not in schema
        ):
            schema["items"] = {}
            yield pointer
