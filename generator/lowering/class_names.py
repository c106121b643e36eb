"""No two components have the same class: the tool ends with "duplicate models" for `Any` and `any`.

Names of components that differ may make one name in Python: `Any` and `any`, `a b` and `a_b`.
"""

from collections.abc import Collection, Mapping
from typing import Any

from ..loading.json_data import ChangedPointers, escape, is_list, object_or_empty, walk_objects
from ..loading.origins import COMPONENT_ORIGINS
from ..loading.schemas import walk_x_sdk_variants
from ..names import identifier, model_class_name
from .references import COMPONENTS


def rename_clashing_components(document: dict[str, Any]) -> ChangedPointers:
    """Rename components whose class name is taken by another one: the tool refuses duplicates.

    Components that `x-sdk` names come first, so they keep their names.
    """
    schemas = object_or_empty(object_or_empty(document.get("components")).get("schemas"))
    x_sdk_names = [name for name in walk_x_sdk_variants(document) if name in schemas]
    taken_modules: set[str] = set()
    new_names: dict[str, str] = {}
    for name in dict.fromkeys([*x_sdk_names, *schemas]):
        if has_class(object_or_empty(schemas[name])):
            if module_of(name) in taken_modules:
                new_names[name] = take_free_name(name, taken_modules, schemas)
                yield f"/components/schemas/{escape(name)}"
            taken_modules.add(module_of(name))
    if new_names:
        document["components"]["schemas"] = {
            new_names.get(name, name): schema for name, schema in schemas.items()
        }
        origins = document.setdefault(COMPONENT_ORIGINS, {})
        for old_name, new_name in new_names.items():
            origins[new_name] = origins.pop(old_name, f"/components/schemas/{escape(old_name)}")
        _replace_references(document, {COMPONENTS + old: COMPONENTS + new for old, new in new_names.items()})


def has_class(schema: dict[str, Any]) -> bool:
    """Whether the tool makes a class of a component."""
    return "$ref" not in schema and ("enum" in schema or is_object_schema(schema))


def is_object_schema(schema: dict[str, Any]) -> bool:
    """Whether the tool makes a class of a schema that is not a reference, in any place."""
    if not schema.keys().isdisjoint(("anyOf", "oneOf", "enum")) or is_list(schema.get("type")):
        return False
    return schema.get("type") == "object" or ("type" not in schema and bool(schema.get("properties")))


def module_of(name: str) -> str:
    """Return the name of the module for a component's class; two classes with one module clash."""
    return identifier(model_class_name(name))


def take_free_name(name: str, taken_modules: set[str], taken_names: Collection[str]) -> str:
    """Return `name`, with a number if it or its module is taken, and add its module to `taken_modules`."""
    free_name, number = name, 2
    while module_of(free_name) in taken_modules or free_name in taken_names:
        free_name, number = f"{name}{number}", number + 1
    taken_modules.add(module_of(free_name))
    return free_name


def _replace_references(document: dict[str, Any], new_references: Mapping[str, str]) -> None:
    for _, holder in walk_objects(document):
        if isinstance(reference := holder.get("$ref"), str) and reference in new_references:
            holder["$ref"] = new_references[reference]
