"""`anyOf: [{required}]` over members leaves the model typed as Any; the groups go into the docstring instead.

They stay behind as `x-lowered-groups`: lists of members of which at least one (anyOf) or exactly one (oneOf)
is needed.
"""

from collections.abc import Iterator
from typing import Any

from ..loading.json_data import is_object
from ..loading.schemas import walk_schemas


def strip_required_groups(document: dict[str, Any]) -> Iterator[str]:
    """Take `anyOf` or `oneOf` of nothing but `required` off objects that have properties."""
    for pointer, schema in walk_schemas(document):
        for key in ("anyOf", "oneOf"):
            branches = schema.get(key)
            if "properties" in schema and branches and all(_only_required(branch) for branch in branches):
                groups = schema.setdefault("x-lowered-groups", [])
                groups.append({"kind": key, "members": [branch["required"] for branch in branches]})
                del schema[key]
                yield f"{pointer}/{key}"


def _only_required(branch: Any) -> bool:
    return is_object(branch) and set(branch) == {"required"}
