"""Rules for request bodies: a client writes JSON, forms, texts and files, and no other form of an object."""

from collections.abc import Iterator
from typing import Any

from ..loading.document import Document
from ..loading.json_data import Json, escape, is_list, is_object, object_or_empty, resolve
from ..loading.openapi_objects import walk_openapi_objects
from ..media_types import admits_json, is_form, is_json
from .faults import Faults
from .schema_properties import find_properties

_STRUCTURES = {"object", "array"}
_STRUCTURE_KEYWORDS = ("properties", "required", "additionalProperties", "items", "prefixItems")
_HINT = (
    "write `type: string` with the whole body as its text, or `format: binary` for bytes, or offer "
    "application/json or multipart/form-data"
)


def check_bodies(document: Document) -> Faults:
    """Check that each request body has a media type in which its values can be written."""
    for pointer, content in walk_request_contents(document.data):
        unwritable = [name for name, value in content.items() if not is_writable(document.data, name, value)]
        if len(unwritable) == len(content):
            for name in unwritable:
                problem = f"no client can write an object or a list as `{name}`"
                yield document.error(f"{pointer}/{escape(name)}/schema", problem, _HINT)
        for name, value in content.items():
            if is_form(name):
                yield from _check_field_types(document, object_or_empty(value), f"{pointer}/{escape(name)}")


def walk_request_contents(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the `content` of each body that a client sends, with its pointer; webhooks are received."""
    for node in walk_openapi_objects(data):
        is_sent = node.pointer.startswith(("/paths/", "/components/")) and "/callbacks/" not in node.pointer
        content = node.value.get("content")
        if node.kind == "request-body" and node.reference is None and is_sent and is_object(content):
            yield f"{node.pointer}/content", content


def is_writable(data: dict[str, Any], media_type: str, content: Json) -> bool:
    """Whether a client can write the values of a body in this media type.

    An object or a list can only be JSON or a form. Other media types take one text or one file.
    """
    if is_json(media_type) or is_form(media_type) or admits_json(media_type):
        return True
    return not describes_structure(data, object_or_empty(content).get("schema"))


def describes_structure(data: dict[str, Any], schema: Json, followed: frozenset[str] = frozenset()) -> bool:
    """Whether every value of a schema is an object or a list."""
    if not is_object(schema):
        return False
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference not in followed:
        return describes_structure(data, resolve(data, reference[1:]), followed | {reference})
    types = schema.get("type")
    if types is not None:
        return _STRUCTURES.issuperset(types if is_list(types) else [types])
    for keyword in ("oneOf", "anyOf"):
        branches = schema.get(keyword)
        if is_list(branches) and branches:
            return all(describes_structure(data, branch, followed) for branch in branches)
    parts = schema.get("allOf")
    if is_list(parts) and any(describes_structure(data, part, followed) for part in parts):
        return True
    return not schema.keys().isdisjoint(_STRUCTURE_KEYWORDS)


def _check_field_types(document: Document, content: dict[str, Json], pointer: str) -> Faults:
    """Check that no field of a form is an object with a media type that is not JSON."""
    encodings = object_or_empty(content.get("encoding"))
    schemas = find_properties(document, content.get("schema")) if encodings else {}
    for name, encoding in encodings.items():
        media_type = object_or_empty(encoding).get("contentType")
        if not isinstance(media_type, str) or media_type.startswith("text/plain"):
            continue
        is_json_possible = any(is_json(choice) or admits_json(choice) for choice in media_type.split(","))
        if not is_json_possible and any(
            describes_structure(document.data, _item_of(document.data, schema))
            for schema in schemas.get(name, [])
        ):
            problem = f"no client can write the object `{name}` as `{media_type}`"
            hint = "write `contentType: application/json`, or let it be a string"
            yield document.error(f"{pointer}/encoding/{escape(name)}/contentType", problem, hint)


def _item_of(data: dict[str, Any], schema: Json) -> Json:
    """Return the schema of the items of a list, each of which is a field of its own; else the schema."""
    target = object_or_empty(schema)
    while isinstance(reference := target.get("$ref"), str):
        target = object_or_empty(resolve(data, reference[1:]))
    return target.get("items") if target.get("type") == "array" else target
