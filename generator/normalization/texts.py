"""Texts for people that are missing, or that are no text: no request and no answer shows them."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from ..loading.json_data import ChangedPointers, Json, is_list, is_object
from ..loading.openapi_objects import OpenApiObject, walk_openapi_objects
from ..validation.keywords import OBJECTS, SCHEMA

# Annotations that hold something else than a text, by their names in OpenAPI's objects and in schemas.
_OBJECTS = frozenset({"contact", "license", "externalDocs", "xml"})
_OTHERS = frozenset(
    {
        *("example", "examples", "value", "enum", "links", "callbacks", "webhooks", "tags", "flows"),
        *("parameters", "requestBody", "body", "server", "required", "deprecated", "style", "explode"),
        *("$vocabulary", "implicit", "password", "clientCredentials", "authorizationCode"),
    }
)
# Texts that tables of keywords call carried, because docstrings and names are made of them.
_CARRIED_TEXTS = frozenset({"title", "description", "summary"})
# By kind of object, the texts that OpenAPI requires, and what stands for each. Only names of the client and
# its documentation are made of them.
_MISSING_TEXTS = {
    "info": {"title": "API", "version": "0"},
    "license": {"name": ""},
    "tag": {"name": ""},
    "external-documentation": {"url": ""},
}


def remove_wrong_texts(data: dict[str, Any]) -> ChangedPointers:
    """An annotation that is not of its kind, such as a text that is an object, says nothing to a client."""
    for node in walk_openapi_objects(data):
        for field in list(_list_wrong_annotations(node)):
            del node.value[field]
            yield f"{node.pointer}/{field}"
        if node.kind == "root":
            yield from _remove_wrong_tags(node.value)


def read_numbers_as_texts(data: dict[str, Any]) -> ChangedPointers:
    """A text that YAML reads as a number, such as `version: 1.0`, is read as a text."""
    for node in walk_openapi_objects(data):
        for field in _text_fields(node.kind):
            value = node.value.get(field)
            if isinstance(value, int | float):
                node.value[field] = str(value).lower() if isinstance(value, bool) else str(value)
                yield f"{node.pointer}/{field}"


def add_missing_texts(data: dict[str, Any]) -> ChangedPointers:
    """A title, a version or a name that is missing changes nothing that is sent."""
    if not is_object(data.get("info")):
        data["info"] = {}
        yield "/info"
    for node in walk_openapi_objects(data):
        for field, text in _MISSING_TEXTS.get(node.kind, {}).items():
            if field not in node.value:
                node.value[field] = text
                yield node.pointer


def _list_wrong_annotations(node: OpenApiObject) -> Iterator[str]:
    """Yield the fields of an object that hold an object or a list in place of a text, or the reverse."""
    for field in _text_fields(node.kind):
        if field in node.value and not isinstance(node.value[field], str):
            yield field
    for field in _object_fields(node.kind):
        if field in node.value and not is_object(node.value[field]):
            yield field
    if node.kind == "license" and {"identifier", "url"} <= node.value.keys():
        yield "identifier"  # OpenAPI 3.1.0, 4.8.4.1: only one of both


@cache
def _text_fields(kind: str) -> tuple[str, ...]:
    """Return the fields of a kind of object that hold texts for people."""
    required_texts = _MISSING_TEXTS.get(kind, {}).keys()
    return tuple(sorted((_annotations_of(kind) - _OBJECTS - _OTHERS) | required_texts))


@cache
def _object_fields(kind: str) -> tuple[str, ...]:
    """Return the annotations of a kind of object that hold objects."""
    return tuple(sorted(_OBJECTS & _annotations_of(kind)))


def _annotations_of(kind: str) -> frozenset[str]:
    """Return the fields of a kind of object that no request shows; none of a map, whose keys are names."""
    keywords = SCHEMA if kind == "schema" else OBJECTS.get(kind)
    if keywords is None or kind in ("responses", "components"):
        return frozenset()
    return keywords.annotations | (keywords.carried & _CARRIED_TEXTS)


def _remove_wrong_tags(root: dict[str, Json]) -> ChangedPointers:
    tags = root.get("tags")
    if "tags" in root and not is_list(tags):
        del root["tags"]
        yield "/tags"
    elif is_list(tags):
        root["tags"] = [tag for tag in tags if is_object(tag)]
        yield from (f"/tags/{index}" for index, tag in enumerate(tags) if not is_object(tag))
