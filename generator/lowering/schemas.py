"""Where schemas stand in a document, and where data stands that only looks like one."""

from collections.abc import Iterator
from typing import Any

from ..spec import as_object, escape, is_list, is_object, walk

# Say something about a value, and constrain none (JSON Schema 2020-12, validation 9; core 8.3).
ANNOTATIONS = frozenset(
    {
        "title",
        "description",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
        "example",
        "examples",
        "externalDocs",
        "xml",
        "$comment",
        "summary",
        "x-evidence",
    }
)
_DATA = frozenset({"example", "examples", "default", "enum", "const", "x-sdk"})
_MAPS = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})
_LISTS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_SINGLES = frozenset(
    {
        "items",
        "additionalProperties",
        "not",
        "if",
        "then",
        "else",
        "contains",
        "propertyNames",
        "unevaluatedProperties",
    }
    | {"unevaluatedItems", "contentSchema"}
)


def schemas(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema object with its pointer, parents before children."""
    components = as_object(document.get("components"))
    for name, schema in list(as_object(components.get("schemas")).items()):
        yield from _inside(schema, f"/components/schemas/{escape(name)}")
    for pointer, holder in holders(document):
        yield from _inside(holder["schema"], f"{pointer}/schema")


def holders(value: Any, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Media types, parameters and headers: whatever holds a `schema` outside of schemas."""
    if is_list(value):
        for index, item in enumerate(value):
            yield from holders(item, f"{pointer}/{index}")
    if not is_object(value):
        return
    if isinstance(value.get("schema"), dict | bool):
        yield pointer, value
    for key, item in list(value.items()):
        if key not in _DATA and key not in ("schema", "schemas"):
            yield from holders(item, f"{pointer}/{escape(key)}")


def variants(document: dict[str, Any]) -> Iterator[str]:
    """The components that `x-sdk` names."""
    for _, value in walk(document.get("paths", {})):
        for method in as_object(value.get("x-sdk")).get("methods", ()):
            yield from method.get("variants", ())


def _inside(schema: Any, pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if not is_object(schema):
        return
    yield pointer, schema
    for key, value in list(schema.items()):
        at = f"{pointer}/{escape(key)}"
        if key in _MAPS and is_object(value):
            for name, item in list(value.items()):
                yield from _inside(item, f"{at}/{escape(name)}")
        elif key in _LISTS and is_list(value):
            for index, item in enumerate(value):
                yield from _inside(item, f"{at}/{index}")
        elif key in _SINGLES:
            yield from _inside(value, at)
