"""Schemas that contain themselves and have no class: a list of lists, or a union with a list of itself.

The tool resolves the references of such a schema before it knows the schema, and drops it. A class in the
cycle breaks it, because a class has a name that can stand for it.
"""

from collections.abc import Iterator
from typing import Any

from ..loading.json_data import ChangedPointers, object_or_empty
from ..loading.schemas import walk_schemas
from .class_names import has_class
from .references import COMPONENTS


def cut_recursive_aliases(document: dict[str, Any]) -> ChangedPointers:
    """Type the inner values of a list or union that contains itself as any JSON: the tool drops it."""
    schemas = object_or_empty(object_or_empty(document.get("components")).get("schemas"))
    aliases = {name: schema for name, schema in schemas.items() if not has_class(object_or_empty(schema))}
    finished: set[str] = set()
    for name in aliases:
        yield from _cut_cycles(name, aliases, {}, finished)


def _cut_cycles(
    name: str, aliases: dict[str, Any], enclosing: dict[str, None], finished: set[str]
) -> ChangedPointers:
    """Cut each reference inside of an alias that leads back to it, or to one of those that enclose it."""
    if name in finished:
        return
    inside = {**enclosing, name: None}
    for pointer, schema in _walk_references(name, aliases[name]):
        target = schema["$ref"].removeprefix(COMPONENTS)
        if target in inside:
            del schema["$ref"]
            yield pointer
        elif target in aliases:
            yield from _cut_cycles(target, aliases, inside, finished)
    finished.add(name)


def _walk_references(name: str, alias: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for pointer, schema in walk_schemas({"components": {"schemas": {name: alias}}}):
        if "$ref" in schema:
            yield pointer, schema
