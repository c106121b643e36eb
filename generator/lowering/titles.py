"""Classes are named after components, as references are: the tool would name them after titles."""

from typing import Any

from ..loading.json_data import ChangedPointers, is_object


def move_titles(document: dict[str, Any]) -> ChangedPointers:
    """Move the `title` of components to `x-lowered-title`: the tool would name their classes after it."""
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        if is_object(schema) and "title" in schema:
            schema["x-lowered-title"] = schema.pop("title")
            yield f"/components/schemas/{name}/title"
