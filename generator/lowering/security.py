"""Each operation gets its own `security`: the tool ignores the `security` at the root of a document."""

from typing import Any

from ..loading.json_data import ChangedPointers, escape
from ..loading.operations import list_operations


def copy_root_security(document: dict[str, Any]) -> ChangedPointers:
    """Copy the root's `security` to operations without one: the tool ignores the root's."""
    if "security" not in document:
        return
    for path, method, operation in list_operations(document):
        if "security" not in operation:
            operation["security"] = document["security"]
            yield f"/paths/{escape(path)}/{method}"
