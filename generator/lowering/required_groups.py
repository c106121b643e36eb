"""`anyOf` or `oneOf` that holds only `required` is removed: the tool would type the whole model as Any.

The groups stay as `x-lowered-groups`, for the docstring. Each is a list of lists of properties: a request
needs the properties of at least one list (anyOf), or of exactly one list (oneOf).
"""

from typing import Any

from ..loading.json_data import ChangedPointers, is_object
from ..loading.schemas import walk_schemas


def remove_required_groups(document: dict[str, Any]) -> ChangedPointers:
    """Move `anyOf` or `oneOf` that holds only `required` to the docstring: the tool would type it as Any."""
    for pointer, schema in walk_schemas(document):
        for keyword in ("anyOf", "oneOf"):
            branches = schema.get(keyword)
            if "properties" in schema and branches and all(is_required_group(branch) for branch in branches):
                groups = schema.setdefault("x-lowered-groups", [])
                groups.append({"kind": keyword, "choices": [branch["required"] for branch in branches]})
                del schema[keyword]
                yield f"{pointer}/{keyword}"


def is_required_group(branch: Any) -> bool:
    """Whether a branch of a union only says which properties are required."""
    return is_object(branch) and set(branch) == {"required"}
