"""A discriminator becomes a constant in each branch.

The tool ignores discriminators, and takes the first branch that fits.
"""

from typing import Any

from ..errors import GeneratorError
from ..loading.json_data import ChangedPointers, object_or_empty, resolve
from ..loading.schemas import walk_schemas
from .references import COMPONENTS


def pin_discriminators(document: dict[str, Any]) -> ChangedPointers:
    """Let each branch of a union admit only its values of the discriminator: the tool ignores it."""
    for pointer, schema in walk_schemas(document):
        discriminator = object_or_empty(schema.get("discriminator"))
        branches = [*schema.get("oneOf", ()), *schema.get("anyOf", ())]
        if discriminator and branches:
            place = f"{pointer}/discriminator"
            for target, values in _read_mapping(discriminator, branches, place).items():
                _pin(document, target, str(discriminator["propertyName"]), values, place)
            del schema["discriminator"]
            yield place


def _read_mapping(
    discriminator: dict[str, Any], branches: list[dict[str, Any]], pointer: str
) -> dict[str, list[str]]:
    """Return the values of each branch, by its `$ref`.

    For a branch that the mapping does not name, the value is the name of its component (OpenAPI 3.1.0,
    4.8.25). Raises GeneratorError if the mapping names something that is not a branch.
    """
    values_by_target: dict[str, list[str]] = {
        branch["$ref"]: [] for branch in branches if str(branch.get("$ref", "")).startswith(COMPONENTS)
    }
    for value, mapped_target in object_or_empty(discriminator.get("mapping")).items():
        target = mapped_target if mapped_target.startswith("#") else f"{COMPONENTS}{mapped_target}"
        if target not in values_by_target:
            raise GeneratorError(
                f"`{value}` is mapped to `{mapped_target}`, which is not a branch",
                pointer=f"{pointer}/mapping",
                hint="name a $ref of the oneOf beside it",
            )
        values_by_target[target].append(value)
    return {
        target: values or [target.removeprefix(COMPONENTS)] for target, values in values_by_target.items()
    }


def _pin(document: dict[str, Any], target: str, name: str, values: list[str], pointer: str) -> None:
    """Let the component `target` admit only `values` for its property `name`.

    If it is a union of components, this applies to each of them. Raises GeneratorError, at `pointer`, for an
    object without the property.
    """
    branch = resolve(document, target[1:])
    inner_branches = [*branch.get("oneOf", ()), *branch.get("anyOf", ())]
    inner_targets = [object_or_empty(inner_branch).get("$ref", "") for inner_branch in inner_branches]
    are_components = all(inner_target.startswith(COMPONENTS) for inner_target in inner_targets)
    if "properties" not in branch and inner_targets and are_components:
        for inner_target in inner_targets:
            _pin(document, inner_target, name, values, pointer)
        return
    if branch.get("type", "object") not in ("object", ["object"]):
        return  # a list or a string differs from an object without a constant
    if "properties" not in branch:
        raise GeneratorError(
            f"`{target}` has no property `{name}`, by which a client could recognize it",
            pointer=pointer,
            hint=f"describe `{name}` in it",
        )
    property_schema = object_or_empty(object_or_empty(branch.get("properties")).get(name))
    if "const" in property_schema or "enum" in property_schema:
        return
    branch["properties"][name] = {**property_schema, "enum": values}
    branch["properties"][name].pop("$ref", None)
