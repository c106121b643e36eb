"""Properties beside `oneOf` or `anyOf` are copied to each branch: the tool keeps only the branches."""

from typing import Any

from ..errors import GeneratorError
from ..loading.json_data import ChangedPointers, is_object, object_or_empty, resolve, walk_objects
from ..loading.schemas import walk_schemas, walk_x_sdk_variants
from .all_of import flatten
from .required_groups import is_required_group

_SHARED_KEYWORDS = ("type", "properties", "required", "additionalProperties", "patternProperties")


def copy_shared_properties(document: dict[str, Any]) -> ChangedPointers:
    """Copy properties beside a `oneOf` or `anyOf` to each branch: the tool keeps only the branches.

    Some schemas stay as they are: those with a branch that is not an object or leads back to the schema,
    those with a discriminator, and those that `x-sdk` names.
    """
    x_sdk_pointers = {f"/components/schemas/{name}" for name in walk_x_sdk_variants(document)}
    for pointer, schema in walk_schemas(document):
        if "properties" in schema and "discriminator" not in schema and pointer not in x_sdk_pointers:
            for keyword in ("oneOf", "anyOf"):
                branches = schema.get(keyword)
                if branches and not all(is_required_group(branch) for branch in branches):
                    if _copy_to_branches(document, schema, keyword, pointer):
                        yield f"{pointer}/{keyword}"
                    break


def _copy_to_branches(document: dict[str, Any], schema: dict[str, Any], keyword: str, pointer: str) -> bool:
    """Copy what a schema's branches share, and return whether that was possible."""
    shared = {key: schema[key] for key in _SHARED_KEYWORDS if key in schema}
    try:
        branches = [
            _merge_shared(document, shared, branch, pointer)
            for branch in schema[keyword]
            if branch is not False
        ]
    except GeneratorError:
        return False
    for key in shared:
        del schema[key]
    schema[keyword] = branches
    return True


def _merge_shared(document: dict[str, Any], shared: dict[str, Any], branch: Any, pointer: str) -> Any:
    """Return a branch with the shared properties; the branch itself if it has all of them.

    Raises GeneratorError for a branch that cannot take them. `pointer` is that of the schema.
    """
    target: Any = {} if branch is True else branch
    while is_object(target) and "$ref" in target:
        target = resolve(document, target["$ref"][1:])
    if not is_object(target) or not target.keys().isdisjoint(("oneOf", "anyOf")):
        raise GeneratorError("a branch is not an object", pointer=pointer)
    if any(part.get("$ref") == f"#{pointer}" for _, part in walk_objects(target.get("allOf", []))):
        raise GeneratorError("a branch leads back to the schema", pointer=pointer)
    if object_or_empty(shared["properties"]).keys() <= object_or_empty(target.get("properties")).keys():
        return branch
    return flatten(document, {"allOf": [shared, branch]}, pointer)
