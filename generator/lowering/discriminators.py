"""Discriminators: the tool ignores them, and takes the first branch that fits.

A branch of a union gets the values of its discriminator as a constant, which type checkers can narrow by.
A schema that is also used elsewhere, or in a union with other values, must keep its own type. Then a table in
the client says which class a value stands for.
"""

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from ..errors import GeneratorError
from ..loading.json_data import ChangedPointers, object_or_empty, resolve
from ..loading.schemas import walk_schemas
from .references import COMPONENTS

# The key of a lowered document that holds the discriminators that no constant states. Each has the name of
# its property, and by value the references to the schemas that it may stand for.
DISCRIMINATORS = "x-lowered-discriminators"
# The key of a branch that is the base of all others; no value names it.
BASE = "x-lowered-base"


@frozen
class _Union:
    """A union with a discriminator: its pointer, the property's name, and the values of each schema."""

    pointer: str
    property_name: str
    values_by_target: dict[str, tuple[str, ...]]


def replace_bases_by_unions(document: dict[str, Any]) -> ChangedPointers:
    """Read a base with a discriminator as the union of what extends it: the tool reads the base alone."""
    # OpenAPI 3.1.0, 4.8.25.4 shows this form: the base has the discriminator, the others have it in `allOf`.
    schemas = object_or_empty(object_or_empty(document.get("components")).get("schemas"))
    for name, schema in list(schemas.items()):
        base = f"{COMPONENTS}{name}"
        discriminator = object_or_empty(object_or_empty(schema).get("discriminator"))
        if not discriminator or "oneOf" in schema or "anyOf" in schema:
            continue
        names = [other for other in schemas if other != name and _extends(schemas, other, base)]
        heirs = [f"{COMPONENTS}{heir}" for heir in names]
        del schema["discriminator"]
        yield f"/components/schemas/{name}/discriminator"
        if heirs:
            _replace_references(document, base, heirs, discriminator)


def _extends(schemas: dict[str, Any], name: str, base: str) -> bool:
    """Whether a component has `base` in its `allOf`, directly or through others."""
    references = [
        object_or_empty(part).get("$ref", "") for part in object_or_empty(schemas.get(name)).get("allOf", ())
    ]
    return base in references or any(
        _extends(schemas, reference.removeprefix(COMPONENTS), base)
        for reference in references
        if reference.startswith(COMPONENTS)
    )


def _replace_references(
    document: dict[str, Any], base: str, heirs: list[str], discriminator: dict[str, Any]
) -> None:
    """Replace the references to `base` by a union. Those in an `allOf` mean the base itself, and stay."""
    inherited = {
        f"{pointer}/allOf/{index}"
        for pointer, schema in walk_schemas(document)
        for index in range(len(schema.get("allOf", ())))
    }
    branches: list[dict[str, Any]] = [*({"$ref": heir} for heir in heirs), {"$ref": base, BASE: True}]
    for pointer, schema in list(walk_schemas(document)):
        if schema.get("$ref") == base and BASE not in schema and pointer not in inherited:
            del schema["$ref"]
            schema["oneOf"] = [dict(branch) for branch in branches]
            schema["discriminator"] = dict(discriminator)


def pin_discriminators(document: dict[str, Any]) -> ChangedPointers:
    """Let each branch of a union admit only its values of the discriminator: the tool ignores it."""
    unions = [union for union in _list_unions(document) if union.values_by_target]
    used_alone = _find_targets_used_alone(document, {union.pointer for union in unions})
    for union in unions:
        if not _pin_all(document, union, unions, used_alone):
            mapping: dict[str, list[dict[str, str]]] = {}
            for target, values in union.values_by_target.items():
                for value in values:
                    mapping.setdefault(value, []).append({"$ref": target})
            table = {"property": union.property_name, "mapping": mapping}
            if table not in document.setdefault(DISCRIMINATORS, []):
                document[DISCRIMINATORS].append(table)
        del resolve(document, union.pointer)["discriminator"]
        yield f"{union.pointer}/discriminator"


def _list_unions(document: dict[str, Any]) -> Iterator[_Union]:
    for pointer, schema in walk_schemas(document):
        discriminator = object_or_empty(schema.get("discriminator"))
        branches = [*schema.get("oneOf", ()), *schema.get("anyOf", ())]
        if not (discriminator and branches):
            continue
        place, name = f"{pointer}/discriminator", str(discriminator["propertyName"])
        values_by_target: dict[str, tuple[str, ...]] = {}
        for target, values in _read_mapping(document, discriminator, branches, place).items():
            for leaf in _list_leaves(document, target, name):
                values_by_target[leaf] = tuple(dict.fromkeys([*values_by_target.get(leaf, ()), *values]))
        yield _Union(pointer, name, values_by_target)


def _read_mapping(
    document: dict[str, Any], discriminator: dict[str, Any], branches: list[dict[str, Any]], pointer: str
) -> dict[str, list[str]]:
    """Return the values of each branch, by its `$ref`.

    For a branch that the mapping does not name, the value is the name of its component (OpenAPI 3.1.0,
    4.8.25). The mapping may also name a branch of a union among the branches. Raises GeneratorError if it
    names anything else.
    """
    values_by_target: dict[str, list[str]] = {
        branch["$ref"]: []
        for branch in branches
        if str(branch.get("$ref", "")).startswith(COMPONENTS) and BASE not in branch
    }
    inner_targets = {
        leaf
        for target in values_by_target
        for leaf in _list_leaves(document, target, str(discriminator["propertyName"]))
    }
    for value, mapped_target in object_or_empty(discriminator.get("mapping")).items():
        target = mapped_target if mapped_target.startswith("#") else f"{COMPONENTS}{mapped_target}"
        if target in inner_targets:
            values_by_target.setdefault(target, [])
        if target not in values_by_target:
            if any(branch.get("$ref") == target for branch in branches):
                continue  # the base, which every other value stands for
            raise GeneratorError(
                f"`{value}` is mapped to `{mapped_target}`, which is not a branch",
                pointer=f"{pointer}/mapping",
                hint="name a $ref of the oneOf beside it",
            )
        values_by_target[target].append(value)
    return {
        target: values or [target.removeprefix(COMPONENTS)] for target, values in values_by_target.items()
    }


def _list_leaves(document: dict[str, Any], target: str, name: str) -> Iterator[str]:
    """Yield the components of objects that a branch stands for; a branch may be a union of them.

    What cannot have the property `name` as a constant is left out: the branch that fits best is taken then.
    """
    branch = resolve(document, target[1:])
    inner_branches = [*branch.get("oneOf", ()), *branch.get("anyOf", ())]
    inner_targets = [object_or_empty(inner_branch).get("$ref", "") for inner_branch in inner_branches]
    are_components = all(inner_target.startswith(COMPONENTS) for inner_target in inner_targets)
    if "properties" not in branch and inner_targets:
        # An inner union on the same property says more exactly what its branches are.
        if are_components and object_or_empty(branch.get("discriminator")).get("propertyName") != name:
            for inner_target in inner_targets:
                yield from _list_leaves(document, inner_target, name)
        return
    # A list or a string differs from an object without a constant, and what has neither a type nor
    # properties may be either.
    if branch.get("type", "object" if "properties" in branch else None) in ("object", ["object"]):
        yield target


def _find_targets_used_alone(document: dict[str, Any], unions: set[str]) -> set[str]:
    """Return the components that are used outside of unions with a discriminator, and of unions in these."""
    inner_unions = {
        branch["$ref"][1:]
        for pointer in unions
        for keyword in ("oneOf", "anyOf")
        for branch in resolve(document, pointer).get(keyword, ())
        if "$ref" in branch
    }
    branches = {
        f"{pointer}/{keyword}/{index}"
        for pointer in unions | inner_unions
        for keyword in ("oneOf", "anyOf")
        for index in range(len(resolve(document, pointer).get(keyword, ())))
    }
    return {
        schema["$ref"]
        for pointer, schema in walk_schemas(document)
        if "$ref" in schema and pointer not in branches
    }


def _pin_all(document: dict[str, Any], union: _Union, unions: list[_Union], used_alone: set[str]) -> bool:
    """Let each schema of a union admit only its values; return whether constants state all of them."""
    is_stated = True
    for target, values in union.values_by_target.items():
        schema = resolve(document, target[1:])
        property_schema = object_or_empty(object_or_empty(schema.get("properties")).get(union.property_name))
        constants = [property_schema["const"]] if "const" in property_schema else []
        own_values = property_schema.get("enum", constants)
        admitted_values = [value for value in values if value in own_values] if own_values else list(values)
        differs = any(
            other.values_by_target.get(target, values) != values
            for other in unions
            if other.property_name == union.property_name
        )
        # A constant of its own already tells a schema apart, also from what a mapping wrongly calls it.
        if not admitted_values or len(admitted_values) == len(own_values):
            continue
        if target in used_alone or differs:
            is_stated = False
        else:
            pinned_schema = {**property_schema, "enum": admitted_values}
            pinned_schema.pop("$ref", None)
            schema.setdefault("properties", {})[union.property_name] = pinned_schema
    return is_stated
