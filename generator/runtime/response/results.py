"""What calls return. Generated code subclasses these and adds a property for each one of the contract.

Each has `data`, all properties that the server sent, and `meta`: status, headers, request id and timing.
"""

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from ..errors import StreamInterruptedError
from ..event_loop import run_in_thread
from ..meta import Meta
from . import media_types
from .describing import describe_fields, meta_as_json, shorten_name, shorten_text
from .saving import Progress, StrPath, save
from .unexpected import UnexpectedResponseError

# Headers in which servers and gateways send the id that their support asks for. There is no standard; the
# last three are those of AWS, of tracing tools and of Cloudflare.
_REQUEST_ID_HEADERS = ("x-request-id", "request-id", "x-amzn-requestid", "x-correlation-id", "cf-ray")

KEPT_HINT = "The request was carried out; `body` and `save(path)` of this error keep the response"


def error_context(meta: Meta) -> dict[str, Any]:
    """Return the keyword arguments that every error about a response takes besides its message."""
    return {"attempts": meta.attempts, "elapsed": meta.elapsed, "request_id": meta.request_id}


def raise_unexpected(meta: Meta, message: str, body: bytes = b"", hint: str | None = None) -> NoReturn:
    """Raise UnexpectedResponseError for a successful response that does not hold what it should."""
    raise UnexpectedResponseError(
        message,
        hint=hint,
        status_code=meta.status_code,
        body=body,
        headers=meta.headers,
        **error_context(meta),
    )


def raise_interrupted(
    meta: Meta, message: str, bytes_received: int, hint: str, cause: BaseException | None = None
) -> NoReturn:
    """Raise StreamInterruptedError for a response that broke off."""
    raise StreamInterruptedError(
        message, hint=hint, bytes_received=bytes_received, **error_context(meta)
    ) from cause


class RawResponse:
    """A complete response: what is known about it, and its bytes."""

    def __init__(self, meta: Meta, content: bytes) -> None:
        self.meta: Meta = meta
        self.content: bytes = content
        self.status_code: int = meta.status_code
        self.headers: Mapping[str, str] = meta.headers
        self.media_type: str = meta.media_type

    def __repr__(self) -> str:
        return f"<RawResponse {self.status_code} {self.media_type} {len(self.content)} bytes>"

    @property
    def content_type(self) -> str:
        """The Content-Type as it came, with parameters; empty if there is none."""
        return self.headers.get("content-type", "")

    @property
    def text(self) -> str:
        """The content as text in its charset, else UTF-8; bytes that cannot be decoded become U+FFFD."""
        try:
            return self.content.decode(media_types.charset(self.content_type), "replace")
        except (ValueError, LookupError):  # the charset is unknown, or a codec that is not for text
            return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """Return the content, parsed as JSON; raises ValueError if it is not JSON."""
        try:
            return json.loads(self.content)
        except RecursionError:
            raise ValueError("JSON that is nested too deeply") from None


def make_meta(
    status_code: int,
    headers: Mapping[str, str],
    attempts: int = 1,
    elapsed: float = 0.0,
    first_byte: float = 0.0,
    documented: tuple[str, ...] = (),
) -> Meta:
    """Return the Meta of a response; `elapsed` and `first_byte` are in seconds."""
    return Meta(
        status_code=status_code,
        headers=headers,
        request_id=request_id(headers),
        attempts=attempts,
        elapsed=elapsed,
        media_type=media_types.essence(headers.get("content-type", "")),
        first_byte=first_byte,
        documented=documented,
    )


def request_id(headers: Mapping[str, str]) -> str | None:
    """Return the id that the server gave the request; None if no header holds one."""
    for name in _REQUEST_ID_HEADERS:
        if name in headers:
            return headers[name]
    return None


# In bytes. A notebook file holds what it shows as base64; with larger media editors can no longer open it.
_MAX_SHOWN = 32 * 1024 * 1024
# Only characters that mean nothing in HTML: the media type comes from the server.
_SAFE_MEDIA_TYPE = r"[a-z]+/[a-z0-9.+-]+"


# The drift of a response that holds the API key.
KEY_IN_RESPONSE = "the response holds the API key"


class Result:
    """The base of all results: `data`, all properties that the server sent, and `meta`."""

    data: Mapping[str, object]
    """All properties of the JSON that the server sent, those included that the contract does not know."""

    def __init__(self, *, data: Mapping[str, object], meta: Meta) -> None:
        self.data = data
        self._meta = meta

    def __repr__(self) -> str:
        return f"<{f'{type(self).__name__} {self._describe()}'.rstrip()}>"

    @property
    def meta(self) -> Meta:
        """Status, headers, request id and timing of the response."""
        return self._meta

    @property
    def _shows_values(self) -> bool:
        """Whether a repr, which may be shown or logged anywhere, has text of the server."""
        return KEY_IN_RESPONSE not in self._meta.drift

    def to_dict(self) -> dict[str, Any]:
        """Return the result as JSON: `data`, `meta`, and what the kind of result has besides.

        The bytes of a file are left out. Of the headers those are kept that the contract documents.
        """
        return {"data": dict(self.data), "meta": meta_as_json(self.meta)}

    def _describe(self) -> str:
        return describe_fields(self.data, shows_values=self._shows_values)


class Media(Result):
    """Bytes with a media type. `data` is the JSON that held them, without them; empty if there was none."""

    content: bytes
    """The bytes of the file."""

    media_type: str
    """The media type of the bytes, such as `image/png`."""

    def __init__(self, *, content: bytes, media_type: str, data: Mapping[str, object], meta: Meta) -> None:
        super().__init__(data=data, meta=meta)
        self.content = content
        self.media_type = media_type

    def to_dict(self) -> dict[str, Any]:
        """Return `media_type`, `size` in bytes, `data` and `meta` as JSON; the bytes are left out."""
        return {"media_type": self.media_type, "size": len(self.content), **super().to_dict()}

    def _describe(self) -> str:
        return f"{self.media_type} {len(self.content)} bytes"

    def __len__(self) -> int:
        return len(self.content)

    def save(self, path: StrPath, on_progress: Progress | None = None) -> Path:
        """Write the bytes to `path`, all of them or none, and return the path that was written.

        A path without a suffix gets the one of the media type. `on_progress` is called with the number of
        bytes written and their total. Raises ArgumentError for a path that does not name a file, and
        SaveError if the file cannot be written.
        """
        return save(path, self.content, self.media_type, on_progress)

    async def asave(self, path: StrPath, on_progress: Progress | None = None) -> Path:
        """Do the same as `save` in a thread, which also calls `on_progress`; the event loop goes on."""
        return await run_in_thread(self.save, path, on_progress)

    # Notebooks call these to show a result:
    # https://ipython.readthedocs.io/en/stable/config/integrating.html#rich-display

    def _repr_png_(self) -> bytes | None:
        return self._content_to_show("image/png")

    def _repr_jpeg_(self) -> bytes | None:
        return self._content_to_show("image/jpeg")

    def _content_to_show(self, media_type: str) -> bytes | None:
        return self.content if self.media_type == media_type and len(self) <= _MAX_SHOWN else None

    def _repr_html_(self) -> str | None:
        """Show other images, audio and video in a notebook."""
        kind = media_types.kind_of(self.media_type)
        if self.media_type in ("image/png", "image/jpeg"):  # shown by the two methods above
            return None
        if not re.fullmatch(_SAFE_MEDIA_TYPE, self.media_type):
            return None
        if kind not in ("image", "audio", "video") or len(self) > _MAX_SHOWN:
            return None
        source = f"data:{self.media_type};base64,{b64encode(self.content).decode()}"
        return f'<img src="{source}">' if kind == "image" else f'<{kind} controls src="{source}"></{kind}>'


class Text(Result):
    """A text, which `str` returns. `data` is the JSON that held it; empty if there was none."""

    text: str
    """The text."""

    def __init__(self, *, text: str, data: Mapping[str, object], meta: Meta) -> None:
        super().__init__(data=data, meta=meta)
        self.text = text

    def __str__(self) -> str:
        return self.text

    def to_dict(self) -> dict[str, Any]:
        """Return `text`, `data` and `meta` as JSON."""
        return {"text": self.text, **super().to_dict()}

    def _describe(self) -> str:
        beginning = f"{shorten_text(self.text)} " if self._shows_values else ""
        return f"{beginning}{len(self.text)} characters"


class Record(Result):
    """A JSON object."""


class Job(Result):
    """Work that goes on at the server. `context` holds the request fields that ask for its state again."""

    id: str
    """The id of the job."""

    context: Mapping[str, object]
    """The fields of the request that are needed again to ask for the state of the job."""

    def __init__(
        self,
        *,
        id: str,  # noqa: A002 - the name of the attribute
        context: Mapping[str, object],
        data: Mapping[str, object],
        meta: Meta,
    ) -> None:
        super().__init__(data=data, meta=meta)
        self.id = id
        self.context = context

    def to_dict(self) -> dict[str, Any]:
        """Return `id`, `context`, `data` and `meta` as JSON."""
        return {"id": self.id, "context": dict(self.context), **super().to_dict()}

    def _describe(self) -> str:
        fields = describe_fields(self.data, shows_values=self._shows_values, hidden=self.id)
        return f"{shorten_name(self.id) if self._shows_values else ''} {fields}".strip()
