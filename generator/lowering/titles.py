"""Classes are named after components, as references are; the tool would name them after titles."""

from collections.abc import Iterator
from typing import Any

from ..loading.json_data import is_object


def drop_titles(document: dict[str, Any]) -> Iterator[str]:
    """Move the `title` of every component schema to `x-lowered-title`."""
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        if is_object(schema) and "title" in schema:
            schema["x-lowered-title"] = schema.pop("title")
            yield f"/components/schemas/{name}/title"
