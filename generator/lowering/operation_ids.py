"""Every operation has a name: modules are called after it, and no two may be called the same."""

from collections.abc import Iterator
from typing import Any

from ..loading.json_data import escape
from ..loading.operations import METHODS


def name_operations(document: dict[str, Any]) -> Iterator[str]:
    """Give an `operationId` of method and path to operations that have none."""
    taken = {
        operation["operationId"] for _, _, operation in _operations(document) if "operationId" in operation
    }
    for path, method, operation in _operations(document):
        if "operationId" not in operation:
            operation["operationId"] = _free(_name(path, method), taken)
            yield f"/paths/{escape(path)}/{method}/operationId"


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def _name(path: str, method: str) -> str:
    words = "".join(char if char.isalnum() else "_" for char in path).split("_")
    return "_".join([method, *(word for word in words if word)])


def _free(name: str, taken: set[str]) -> str:
    number, found = 2, name
    while found in taken:
        number, found = number + 1, f"{name}_{number}"
    taken.add(found)
    return found
