"""Fields of OpenAPI's objects that are empty, unknown or missing."""

from typing import Any

from ..loading.json_data import ChangedPointers, escape, object_or_empty
from ..loading.openapi_objects import walk_openapi_objects
from ..validation.keywords import OBJECTS

# By kind of object, the fields whose value is data; null is a value there.
_DATA_BY_KIND = {
    "example": frozenset({"value"}),
    "link": frozenset({"requestBody", "parameters"}),
    "schema": frozenset({"default", "const", "example", "enum", "examples"}),
}
# Where the dialect of OpenAPI 3.1 and the one that it extends are named (OpenAPI 3.1.0, 4.8.24.5).
_DEFAULT_DIALECTS = (
    "https://spec.openapis.org/oas/3.1/dialect/base",
    "https://json-schema.org/draft/2020-12/schema",
)


def remove_null_fields(data: dict[str, Any]) -> ChangedPointers:
    """A field without a value is read as an absent one."""
    for node in walk_openapi_objects(data):
        data_fields = _DATA_BY_KIND.get(node.kind, frozenset({"example"}))
        for field in [field for field, value in node.value.items() if value is None]:
            if field not in data_fields and not field.startswith("x-"):
                del node.value[field]
                yield f"{node.pointer}/{escape(field)}"


def remove_unknown_fields(data: dict[str, Any]) -> ChangedPointers:
    """A field that OpenAPI does not know says nothing to a client."""
    for node in walk_openapi_objects(data):
        is_reference = node.reference is not None and node.kind != "path-item"
        keywords = OBJECTS.get("reference" if is_reference else node.kind)
        if keywords is None or node.kind in ("schema", "responses"):
            continue
        for field in sorted(node.value.keys() - keywords.all):
            if not field.startswith("x-"):
                del node.value[field]
                yield f"{node.pointer}/{escape(field)}"


def remove_wrong_media_types(data: dict[str, Any]) -> ChangedPointers:
    """A key of `content` without a slash is no media type, and nothing is sent or comes as it."""
    for node in walk_openapi_objects(data):
        if node.kind not in ("request-body", "response", "parameter", "header"):
            continue
        content = object_or_empty(node.value.get("content"))
        for name in [name for name in content if "/" not in name]:
            del content[name]
            yield f"{node.pointer}/content/{escape(name)}"


def remove_default_dialect(data: dict[str, Any]) -> ChangedPointers:
    """The dialect that OpenAPI 3.1 has by default needs no name."""
    if str(data.get("jsonSchemaDialect", "")).rstrip("#") in _DEFAULT_DIALECTS:
        del data["jsonSchemaDialect"]
        yield "/jsonSchemaDialect"


def add_missing_descriptions(data: dict[str, Any]) -> ChangedPointers:
    """A response without a description is read as one with an empty description."""
    for node in walk_openapi_objects(data):
        if node.kind == "response" and node.reference is None and "description" not in node.value:
            node.value["description"] = ""
            yield node.pointer
