"""Where operations stand in a document."""

from typing import Any

from .json_data import is_object, object_or_empty

# The fields of a path item that hold an operation (OpenAPI 3.1.0, 4.8.9), in the order of the standard.
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def list_operations(data: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Return every operation as path, method and operation, in the document's order of paths."""
    return [
        (path, method, item[method])
        for path, item in object_or_empty(data.get("paths")).items()
        # An extension beside the paths may have any value.
        if is_object(item)
        for method in METHODS
        if is_object(item.get(method))
    ]
