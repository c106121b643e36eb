"""Security that is said once for all operations is dropped by the tool; each operation is given its own."""

from collections.abc import Iterator
from typing import Any

from ..loading.json_data import escape

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def inherit_security(document: dict[str, Any]) -> Iterator[str]:
    """Copy the root's `security` to operations that say nothing about it."""
    if "security" not in document:
        return
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            operation = item.get(method)
            if operation is not None and "security" not in operation:
                operation["security"] = document["security"]
                yield f"/paths/{escape(path)}/{method}"
