"""What calls give back. Generated code subclasses these and adds names for what the contract promises.

Each keeps `data`, every member that the server sent, and `meta`: status, headers, request id, timing.
"""

import os
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

from .responses import Meta
from .saving import Progress, save

_SHOWN = 32 * 1024 * 1024
_PLAIN = re.compile(r"[a-z]+/[a-z0-9.+-]+")


class Media:
    """Bytes with a media type. `data` is the JSON around them, if there was any, without them."""

    __slots__ = ("content", "data", "media_type", "meta")

    def __init__(self, *, content: bytes, media_type: str, data: Mapping[str, object], meta: Meta) -> None:
        self.content: bytes = content
        self.media_type: str = media_type
        self.data: Mapping[str, object] = data
        self.meta: Meta = meta

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.media_type} {len(self.content)} bytes>"

    def __len__(self) -> int:
        return len(self.content)

    def save(self, path: str | os.PathLike[str], on_progress: Progress | None = None) -> Path:
        """Write the bytes to `path`, wholly or not at all, and give the path.

        A path without a suffix gets the one of the media type. `on_progress` is called with the bytes
        written and their total. Raises ArgumentError if it cannot be written.
        """
        return save(path, self.content, self.media_type, on_progress)

    async def asave(self, path: str | os.PathLike[str], on_progress: Progress | None = None) -> Path:
        """The same in a thread, so that an event loop goes on; `on_progress` is called in that thread."""
        import asyncio

        return await asyncio.to_thread(self.save, path, on_progress)

    def _repr_png_(self) -> bytes | None:
        return self._shown("image/png")

    def _repr_jpeg_(self) -> bytes | None:
        return self._shown("image/jpeg")

    def _shown(self, media_type: str) -> bytes | None:
        return self.content if self.media_type == media_type and len(self) <= _SHOWN else None

    def _repr_html_(self) -> str | None:
        kind = self.media_type.partition("/")[0]
        if self.media_type in ("image/png", "image/jpeg") or not _PLAIN.fullmatch(self.media_type):
            return None
        if kind not in ("image", "audio", "video") or len(self) > _SHOWN:
            return None
        source = f"data:{self.media_type};base64,{b64encode(self.content).decode()}"
        return f'<img src="{source}">' if kind == "image" else f'<{kind} controls src="{source}"></{kind}>'


class Text:
    """A text; `str` gives it. `data` is the JSON that held it, if there was any."""

    __slots__ = ("data", "meta", "text")

    def __init__(self, *, text: str, data: Mapping[str, object], meta: Meta) -> None:
        self.text: str = text
        self.data: Mapping[str, object] = data
        self.meta: Meta = meta

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {len(self.text)} characters>"


class Record:
    """A JSON object."""

    __slots__ = ("data", "meta")

    def __init__(self, *, data: Mapping[str, object], meta: Meta) -> None:
        self.data: Mapping[str, object] = data
        self.meta: Meta = meta

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {', '.join(self.data)}>"


class Job:
    """Work that goes on at the server; `context` holds what is needed to ask for it again."""

    __slots__ = ("context", "data", "id", "meta")

    def __init__(
        self,
        *,
        id: str,
        data: Mapping[str, object],
        context: Mapping[str, object],
        meta: Meta,
    ) -> None:
        self.id: str = id
        self.data: Mapping[str, object] = data
        self.context: Mapping[str, object] = context
        self.meta: Meta = meta

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"
