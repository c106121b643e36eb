"""A discriminator becomes a constant in each branch: the tool drops it, and the first that fits would win."""

from collections.abc import Iterator
from typing import Any

from ..errors import GeneratorError
from ..loading.json_data import as_object, resolve
from ..loading.schemas import walk_schemas

_COMPONENTS = "#/components/schemas/"


def pin_discriminators(document: dict[str, Any]) -> Iterator[str]:
    """Let each branch of a union with a `discriminator` take only the values that are mapped to it."""
    for pointer, schema in walk_schemas(document):
        given = as_object(schema.get("discriminator"))
        branches = [*schema.get("oneOf", ()), *schema.get("anyOf", ())]
        if given and branches:
            mapped = _mapping(given, branches, f"{pointer}/discriminator")
            for target, values in mapped.items():
                _pin(document, target, str(given["propertyName"]), values, f"{pointer}/discriminator")
            del schema["discriminator"]
            yield f"{pointer}/discriminator"


def _mapping(given: dict[str, Any], branches: list[dict[str, Any]], pointer: str) -> dict[str, list[str]]:
    """The values of each branch: those mapped to it, else its component's name (OpenAPI 3.1, 4.8.25)."""
    found: dict[str, list[str]] = {
        branch["$ref"]: [] for branch in branches if str(branch.get("$ref", "")).startswith(_COMPONENTS)
    }
    for value, target in as_object(given.get("mapping")).items():
        reference = target if target.startswith("#") else f"{_COMPONENTS}{target}"
        if reference not in found:
            raise GeneratorError(
                f"`{value}` is mapped to `{target}`, which is no branch",
                pointer=f"{pointer}/mapping",
                hint="name a $ref of the oneOf beside it",
            )
        found[reference].append(value)
    return {target: values or [target.removeprefix(_COMPONENTS)] for target, values in found.items()}


def _pin(document: dict[str, Any], target: str, name: str, values: list[str], pointer: str) -> None:
    branch = resolve(document, target[1:])
    inner = [as_object(one).get("$ref", "") for one in (*branch.get("oneOf", ()), *branch.get("anyOf", ()))]
    if "properties" not in branch and inner and all(one.startswith(_COMPONENTS) for one in inner):
        for one in inner:
            _pin(document, one, name, values, pointer)
        return
    members = as_object(branch.get("properties"))
    if branch.get("type", "object") not in ("object", ["object"]):
        return  # a list is told from an object without help
    if "properties" not in branch:
        raise GeneratorError(
            f"`{target}` has no property `{name}` to tell it by", pointer=pointer, hint="give it one"
        )
    member = as_object(members.get(name))
    if "const" in member or "enum" in member:
        return
    branch["properties"][name] = {**member, "enum": values}
    branch["properties"][name].pop("$ref", None)
