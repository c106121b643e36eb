"""Binary content in the words of 3.1 (`contentMediaType`) is typed str by the tool; 3.0's `format` is not."""

from collections.abc import Iterator
from typing import Any

from ..loading.json_data import as_object, escape, is_object, resolve, walk_objects
from ..loading.schemas import walk_schemas
from ..media_types import is_events, is_json

_TEXT = ("text/", "application/json", "application/xml")


def mark_binary(document: dict[str, Any]) -> Iterator[str]:
    """Give `format: binary` to strings whose content is raw bytes."""
    for pointer, schema in walk_schemas(document):
        media_type = schema.get("contentMediaType", "")
        if media_type and "contentEncoding" not in schema and not media_type.startswith(_TEXT):
            schema["type"] = "string"
            schema["format"] = "binary"
            yield pointer


def open_content(document: dict[str, Any]) -> Iterator[str]:
    """Content without a schema is anything if it is JSON, else bytes; the tool leaves the operation out."""
    for pointer, holder in content_maps(document):
        for media_type, given in holder.items():
            if "schema" not in given:
                given["schema"] = {} if is_json(media_type) else {"type": "string", "format": "binary"}
                yield f"{pointer}/{escape(media_type)}"


def list_events(document: dict[str, Any]) -> Iterator[str]:
    """Server-sent events whose data have a schema are a list of such data; the tool leaves them out."""
    for pointer, holder in content_maps(document):
        for media_type, given in holder.items():
            schema = given.get("schema", {})
            if is_events(media_type) and not _is_text(document, schema):
                given["schema"] = {"type": "array", "items": schema}
                yield f"{pointer}/{escape(media_type)}/schema"


def _is_text(document: dict[str, Any], schema: dict[str, Any]) -> bool:
    while "$ref" in schema:
        schema = as_object(resolve(document, schema["$ref"][1:]))
    return not schema or schema.get("type") == "string" or "contentMediaType" in schema


def content_maps(value: Any, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every `content` of a request body, response, parameter or header."""
    for at, holder in walk_objects(
        {key: as_object(value).get(key, {}) for key in ("paths", "components")}, pointer
    ):
        content = holder.get("content")
        if is_object(content) and all("/" in media and is_object(given) for media, given in content.items()):
            yield f"{at}/content", content
