"""Every operation gets an operationId: the tool names modules after it, and no two may have one name."""

from typing import Any

from ..loading.json_data import ChangedPointers, escape
from ..loading.operations import list_operations


def add_operation_ids(document: dict[str, Any]) -> ChangedPointers:
    """Add an `operationId` of method and path to operations without one: modules are named after it."""
    operations = list_operations(document)
    for (path, method, operation), operation_id in zip(operations, operation_ids(document), strict=True):
        if "operationId" not in operation:
            operation["operationId"] = operation_id
            yield f"/paths/{escape(path)}/{method}/operationId"


def operation_ids(document: dict[str, Any]) -> list[str]:
    """Return the operationId of each operation in the order of `list_operations`, stated or made."""
    operations = list_operations(document)
    taken_ids = {operation["operationId"] for _, _, operation in operations if "operationId" in operation}
    return [
        operation.get("operationId") or _take_free_id(_operation_id(path, method), taken_ids)
        for path, method, operation in operations
    ]


def _operation_id(path: str, method: str) -> str:
    words = "".join(char if char.isalnum() else "_" for char in path).split("_")
    return "_".join([method, *(word for word in words if word)])


def _take_free_id(wanted_id: str, taken_ids: set[str]) -> str:
    """Return `wanted_id`, with a number if it is taken, and add it to `taken_ids`."""
    number, free_id = 2, wanted_id
    while free_id in taken_ids:
        number, free_id = number + 1, f"{wanted_id}_{number}"
    taken_ids.add(free_id)
    return free_id
