"""operationIds that several operations share."""

from typing import Any

from ..loading.json_data import ChangedPointers, escape, list_or_empty
from ..loading.operations import list_operations


def distinguish_repeated_ids(data: dict[str, Any]) -> ChangedPointers:
    """An operationId that is taken gets the tag before it; if that is taken, it is made of the path."""
    operations = [
        (path, method, operation)
        for path, method, operation in list_operations(data)
        if isinstance(operation.get("operationId"), str)
    ]
    taken_ids: set[str] = set()
    first_ids = {operation["operationId"] for _, _, operation in operations}
    for path, method, operation in operations:
        operation_id = operation["operationId"]
        if operation_id not in taken_ids:
            taken_ids.add(operation_id)
            continue
        tags = [tag for tag in list_or_empty(operation.get("tags")) if isinstance(tag, str)]
        tagged_id = f"{tags[0]}_{operation_id}" if tags else operation_id
        if tagged_id in taken_ids | first_ids:
            del operation["operationId"]  # a lowering makes one of method and path
        else:
            operation["operationId"] = tagged_id
            taken_ids.add(tagged_id)
        yield f"/paths/{escape(path)}/{method}/operationId"
