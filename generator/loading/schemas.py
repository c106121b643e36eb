"""Where schemas stand in a document, and where data stands that only looks like a schema."""

from collections.abc import Iterator
from typing import Any

from .json_data import (
    CONTAINERS,
    escape,
    is_list,
    is_object,
    list_containers,
    object_or_empty,
    walk_objects,
)

# Keywords that describe a value and do not restrict it (JSON Schema 2020-12, validation 9; core 8.3).
ANNOTATIONS = frozenset(
    {
        *("title", "description", "default", "deprecated", "readOnly", "writeOnly", "example", "examples"),
        *("externalDocs", "xml", "$comment", "summary", "x-evidence", "x-evidence-default"),
    }
)
# The key under which a lowered schema keeps rules that it could state only once, each as a schema.
EXTRA_RULES = "x-lowered-rules"
# Fields outside of schemas whose values are data, so a `schema` inside of them is not a schema. `default` is
# not one of them: it is a response there.
_DATA = frozenset({"example", "examples", "x-sdk"})
# Keywords that hold schemas by name, in a list, or one schema (JSON Schema 2020-12, core 10 and 11).
SCHEMA_MAPS = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})
SCHEMA_LISTS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
SINGLE_SCHEMAS = frozenset(
    {
        *("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"),
        *("unevaluatedProperties", "unevaluatedItems", "contentSchema"),
    }
)


def walk_schemas(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every schema object with its pointer, parents before children."""
    components = object_or_empty(document.get("components"))
    for name, schema in list(object_or_empty(components.get("schemas")).items()):
        yield from _walk_schema(schema, f"/components/schemas/{escape(name)}")
    for pointer, holder in walk_schema_holders(document):
        yield from _walk_schema(holder["schema"], f"{pointer}/schema")


def walk_schema_holders(value: Any, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield media types, parameters and headers: every object outside of schemas that has a `schema`.

    `pointer` is the pointer of `value`.
    """
    waiting: list[tuple[str, Any]] = [(pointer, value)]
    while waiting:
        pointer, value = waiting.pop()
        if not is_object(value):
            waiting += reversed(list_containers(value, pointer))
            continue
        if isinstance(value.get("schema"), dict | bool):
            yield pointer, value
        waiting += [
            (f"{pointer}/{escape(key)}", item)
            for key, item in reversed(value.items())
            if isinstance(item, CONTAINERS) and key not in _DATA and key not in ("schema", "schemas")
        ]


def walk_x_sdk_variants(document: dict[str, Any]) -> Iterator[str]:
    """Yield the names of the component schemas that methods of `x-sdk` name as their variants."""
    for _, value in walk_objects(document.get("paths", {})):
        for method in object_or_empty(value.get("x-sdk")).get("methods", ()):
            yield from method.get("variants", ())


def _walk_schema(schema: Any, pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a schema and the schemas inside of it; a boolean schema is not an object and is left out."""
    # A stack, because a generator in a generator passes each schema on through every level around it. The
    # inner schemas are listed after the `yield`: the caller may have changed them.
    waiting: list[tuple[str, Any]] = [(pointer, schema)]
    while waiting:
        pointer, schema = waiting.pop()
        if is_object(schema):
            yield pointer, schema
            waiting += reversed(list(_list_inner_schemas(schema, pointer)))


def _list_inner_schemas(schema: dict[str, Any], pointer: str) -> Iterator[tuple[str, Any]]:
    """Yield the schemas that the keywords of a schema hold, each with its pointer."""
    for key, value in schema.items():
        if key in SCHEMA_MAPS and is_object(value):
            for name, item in value.items():
                yield f"{pointer}/{key}/{escape(name)}", item
        elif key in SCHEMA_LISTS and is_list(value):
            for index, item in enumerate(value):
                yield f"{pointer}/{key}/{index}", item
        elif key in SINGLE_SCHEMAS:
            yield f"{pointer}/{key}", value
