"""Lists without `items` get `items: {}`: the tool drops every schema that holds a list without it."""

from typing import Any

from ..loading.json_data import ChangedPointers
from ..loading.schemas import walk_schemas


def add_missing_items(document: dict[str, Any]) -> ChangedPointers:
    """Add `items: {}` to lists without `items`: the tool drops schemas that hold such a list."""
    for pointer, schema in walk_schemas(document):
        types = schema.get("type")
        if (
            (types == "array" or (isinstance(types, list) and "array" in types))
            and "items" not in schema
            and "prefixItems" not in schema
        ):
            schema["items"] = {}
            yield pointer
