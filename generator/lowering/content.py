"""Binary content in the words of 3.1 (`contentMediaType`) is typed str by the tool; 3.0's `format` is not."""

from collections.abc import Iterator
from typing import Any

from ..spec import escape, is_object
from .schemas import schemas

_TEXT = ("text/", "application/json", "application/xml")


def mark_binary(document: dict[str, Any]) -> Iterator[str]:
    """Give `format: binary` to strings whose content is raw bytes."""
    for pointer, schema in schemas(document):
        media_type = schema.get("contentMediaType", "")
        if media_type and "contentEncoding" not in schema and not media_type.startswith(_TEXT):
            schema["type"] = "string"
            schema["format"] = "binary"
            yield pointer


def put_json_first(document: dict[str, Any]) -> Iterator[str]:
    """Let the tool, which types an answer by its first media type, see JSON first."""
    responses = [("/components/responses", document.get("components", {}).get("responses", {}))]
    for path, item in document.get("paths", {}).items():
        responses += [
            (f"/paths/{escape(path)}/{method}/responses", operation.get("responses", {}))
            for method, operation in item.items()
            if is_object(operation)
        ]
    for pointer, found in responses:
        for status, response in found.items():
            content = response.get("content", {})
            ordered = sorted(content, key=lambda media: not media.endswith("json"))
            if ordered != list(content):
                response["content"] = {media: content[media] for media in ordered}
                yield f"{pointer}/{status}/content"
