"""Content of bodies and responses: without a schema, raw bytes, and server-sent events.

Binary content by the rules of 3.1 (`contentMediaType`) is a `str` to the tool; only the `format: binary` of
3.0 makes it bytes.
"""

from collections.abc import Iterator
from typing import Any

from ..loading.json_data import (
    ChangedPointers,
    escape,
    follow_reference,
    is_list,
    is_object,
    object_or_empty,
    walk_objects,
)
from ..loading.schemas import walk_schemas
from ..media_types import JSON, admits_json, is_events, is_json
from ..validation.body_rules import describes_structure, is_writable, walk_request_contents

_TEXT_PREFIXES = ("text/", "application/json", "application/xml")


def remove_unwritable_contents(document: dict[str, Any]) -> ChangedPointers:
    """Leave out the media types in which no client can write an object, if the body has another one."""
    for pointer, content in walk_request_contents(document):
        unwritable = [name for name, value in content.items() if not is_writable(document, name, value)]
        for name in unwritable if len(unwritable) < len(content) else ():
            del content[name]
            yield f"{pointer}/{escape(name)}"


def name_json_in_ranges(document: dict[str, Any]) -> ChangedPointers:
    """Name JSON as the media type of an object or a list that may have any: the tool reads it as bytes."""
    for pointer, content in walk_content_maps(document):
        for name, value in list(content.items()):
            schema = object_or_empty(value).get("schema")
            if admits_json(name) and describes_structure(document, schema) and JSON not in content:
                content[JSON] = content.pop(name)
                yield f"{pointer}/{escape(name)}"


def mark_binary_content(document: dict[str, Any]) -> ChangedPointers:
    """Add `format: binary` to strings of raw bytes: the tool takes `contentMediaType` for text."""
    for pointer, schema in walk_schemas(document):
        media_type = schema.get("contentMediaType", "")
        if media_type and "contentEncoding" not in schema and not media_type.startswith(_TEXT_PREFIXES):
            schema["type"] = "string"
            schema["format"] = "binary"
            yield pointer


def add_missing_content_schemas(document: dict[str, Any]) -> ChangedPointers:
    """Describe content without a schema as any JSON, or as bytes: the tool drops the operation otherwise."""
    for pointer, content in walk_content_maps(document):
        for media_type, media_type_object in content.items():
            if "schema" not in media_type_object:
                is_json_content = is_json(media_type)
                media_type_object["schema"] = (
                    {} if is_json_content else {"type": "string", "format": "binary"}
                )
                yield f"{pointer}/{escape(media_type)}"


def wrap_event_schemas(document: dict[str, Any]) -> ChangedPointers:
    """Describe server-sent events as a list of their data, or as text: the tool drops them, or adds a class.

    OpenAPI 3.1 does not say whether a schema of `text/event-stream` describes the whole text or each event.
    One that admits a text describes the whole text, even if it says of what an event consists as well.
    """
    for pointer, content in walk_content_maps(document):
        for media_type, media_type_object in content.items():
            schema = media_type_object.get("schema", {})
            if not is_events(media_type):
                continue
            if not _is_text(document, schema):
                media_type_object["schema"] = {"type": "array", "items": schema}
                yield f"{pointer}/{escape(media_type)}/schema"
            elif _describes_event(document, schema):
                media_type_object["schema"] = {"type": "string"}
                yield f"{pointer}/{escape(media_type)}/schema"


def _is_text(document: dict[str, Any], schema: dict[str, Any]) -> bool:
    target = follow_reference(document, schema)
    return not target or "string" in _list_types(target) or "contentMediaType" in target


def _describes_event(document: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Whether a schema says of what an event consists: the tool makes a class of it."""
    return "properties" in follow_reference(document, schema)


def _list_types(schema: dict[str, Any]) -> list[Any]:
    types = schema.get("type", [])
    return types if is_list(types) else [types]


def walk_content_maps(document: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every `content` of a request body, response, parameter or header, with its pointer."""
    described = {key: object_or_empty(document).get(key, {}) for key in ("paths", "components")}
    for pointer, holder in walk_objects(described):
        content = holder.get("content")
        # A property may be named `content`, too; media types have a slash.
        if is_object(content) and all("/" in key and is_object(value) for key, value in content.items()):
            yield f"{pointer}/content", content
