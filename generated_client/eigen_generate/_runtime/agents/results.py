"""Results and errors as the content that agents are given."""

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

from mcp_types import AudioContent, CallToolResult, ContentBlock, ImageContent, ResourceLink, TextContent

from ..errors import (
    ArgumentError,
    ConfigurationError,
    JobTimeoutError,
    NotSentError,
    OutcomeUnknownError,
    SDKError,
)
from ..meta import Meta
from ..response.media_types import kind_of
from ..response.results import Job, Media, Result, Text
from .folders import Folders

# In bytes. What is larger is only a file: hosts put content into the context of a model.
_LARGEST_CONTENT = 8 * 1024 * 1024


def describe_result(result: Result, name: str, folders: Folders) -> CallToolResult:
    """Return a result as content; media are saved as well. Raises SDKError if they cannot be."""
    if isinstance(result, Media):
        path = folders.save(result.save, name)
        facts = {"path": str(path), "media_type": result.media_type, "size": len(result.content)}
        return _make(_media_content(result, path), facts, result.meta)
    if isinstance(result, Text):
        return _make([TextContent(text=result.text)], {"text": result.text}, result.meta)
    facts = {"job": result.id} if isinstance(result, Job) else {}
    data = dict(result.data)
    return _make(
        [TextContent(text=json.dumps(data, ensure_ascii=False))], {**facts, "data": data}, result.meta
    )


def _media_content(media: Media, path: Path) -> list[ContentBlock]:
    link = ResourceLink(
        uri=path.as_uri(), name=path.name, mime_type=media.media_type, size=len(media.content)
    )
    content: list[ContentBlock] = [TextContent(text=f"saved as {path}"), link]
    if len(media.content) > _LARGEST_CONTENT:
        return content
    data = b64encode(media.content).decode()
    if kind_of(media.media_type) == "image":
        content.insert(0, ImageContent(data=data, mime_type=media.media_type))
    elif kind_of(media.media_type) == "audio":
        content.insert(0, AudioContent(data=data, mime_type=media.media_type))
    return content


def _make(content: list[ContentBlock], facts: dict[str, Any], meta: Meta) -> CallToolResult:
    known = {"request_id": meta.request_id, "attempts": meta.attempts}
    return CallToolResult(content=content, structured_content={**facts, **known})


def describe_failure(error: SDKError, goes_on: str = "") -> CallToolResult:
    """Return an error as content that says what became of the request. `goes_on` names a job that goes on."""
    outcome = _outcome_of(error, goes_on)
    text = f"{error} {goes_on}".strip()
    if outcome == "unknown":
        text += " Do not repeat the call by yourself: ask the user first."
    facts = {
        "error": type(error).__name__,
        "outcome": outcome,
        "request_id": error.request_id,
        "attempts": error.attempts,
    }
    return CallToolResult(content=[TextContent(text=text)], structured_content=facts, is_error=True)


def _outcome_of(error: SDKError, goes_on: str) -> str:
    """Return `nothing sent`, `failed`, `goes on`, or `unknown`: it may have been carried out."""
    if isinstance(error, ArgumentError | ConfigurationError | NotSentError):
        return "nothing sent"
    if goes_on or isinstance(error, JobTimeoutError):
        return "goes on"
    return "unknown" if isinstance(error, OutcomeUnknownError) else "failed"
