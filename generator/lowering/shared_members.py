"""Members that stand beside `oneOf` or `anyOf` go into each branch: the tool keeps the branches alone."""

from collections.abc import Iterator
from typing import Any

from ..errors import GeneratorError
from ..loading.json_data import as_object, is_object, resolve, walk_objects
from ..loading.schemas import walk_schemas, walk_x_sdk_variants
from .all_of import flat

_SHARED = ("type", "properties", "required", "additionalProperties", "patternProperties")


def share_members(document: dict[str, Any]) -> Iterator[str]:
    """Say `{properties, oneOf: [A, B]}` as `oneOf` of A and B, each with the properties.

    What cannot be merged stays: a branch that is no object, or that leads back, and what a discriminator or
    an `x-sdk` names.
    """
    kept = {f"/components/schemas/{name}" for name in walk_x_sdk_variants(document)}
    for pointer, schema in walk_schemas(document):
        if "properties" in schema and "discriminator" not in schema and pointer not in kept:
            for key in ("oneOf", "anyOf"):
                branches = schema.get(key)
                if branches and not all(is_object(one) and one.keys() == {"required"} for one in branches):
                    if _share(document, schema, key, pointer):
                        yield f"{pointer}/{key}"
                    break


def _share(document: dict[str, Any], schema: dict[str, Any], key: str, pointer: str) -> bool:
    shared = {word: schema[word] for word in _SHARED if word in schema}
    try:
        branches = [_with(document, shared, branch, pointer) for branch in schema[key] if branch is not False]
    except GeneratorError:
        return False
    for word in shared:
        del schema[word]
    schema[key] = branches
    return True


def _with(document: dict[str, Any], shared: dict[str, Any], branch: Any, pointer: str) -> Any:
    """A branch with the shared members; itself if it knows them all."""
    target: Any = {} if branch is True else branch
    while is_object(target) and "$ref" in target:
        target = resolve(document, target["$ref"][1:])
    if not is_object(target) or not target.keys().isdisjoint(("oneOf", "anyOf")):
        raise GeneratorError("a branch that is no object", pointer=pointer)
    if any(value.get("$ref") == f"#{pointer}" for _, value in walk_objects(target.get("allOf", []))):
        raise GeneratorError("a branch that leads back", pointer=pointer)
    if as_object(shared["properties"]).keys() <= as_object(target.get("properties")).keys():
        return branch
    return flat(document, {"allOf": [shared, branch]}, pointer)
