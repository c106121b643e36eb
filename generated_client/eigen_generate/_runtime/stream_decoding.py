import json
from collections import deque
from collections.abc import Iterator
from typing import Any, NoReturn, cast

from . import media_types
from .errors import StreamFailedError
from .plan import Members, StreamReading
from .pointers import first
from .readings import decode_base64
from .results import Meta, interrupted, unexpected
from .retries import Fault, too_large
from .sinks import AudioFormat, wav
from .sse import Parser, ServerSentEvent

_KEPT_EVENTS = 100
_CHANNELS = range(1, 33)
_RATES = range(1, 768001)
_BARE = frozenset({"audio/pcm", "audio/l16", media_types.OCTETS})


class Chunk(bytes):
    """A piece of the stream's payload; it is `bytes`, so it can be written and joined as it is."""

    __slots__ = ()

    @property
    def content(self) -> bytes:
        """The bytes, as in every other result."""
        return bytes(self)


class StreamDecoder:
    def __init__(self, reading: StreamReading[Any], meta: Meta, title: str) -> None:
        self.format: AudioFormat = AudioFormat()
        self.events: deque[Members] = deque(maxlen=_KEPT_EVENTS)
        self.ended: bool = False
        self.bytes_received: int = 0
        self._head = b""
        self._reading = reading
        self._meta = meta
        self._title = title
        self._parser = Parser()
        self.raw: bool = media_types.matches(meta.media_type, reading.media_types)

    def feed(self, data: bytes) -> Iterator[Chunk]:
        for event in self._parser.feed(data):
            if self.ended:
                break
            chunk = self._take(event)
            if chunk is not None:
                yield chunk

    def finish(self) -> None:
        if not self.ended and not self.raw and self._parser.unfinished:
            self.interrupted("it ended in the middle of an event")
        if not self.bytes_received:
            unexpected(self._meta, f"{self._title}: the stream ended without any content")

    def broken(self, fault: Fault) -> None:
        if self.ended:
            return
        if fault.verdict == "final":
            raise too_large(fault, self._title, self._meta)
        self.interrupted(fault.reason)

    def as_file(self, content: bytes) -> bytes:
        return wav(content, self.format) if self.media_type() is None else content

    def media_type(self) -> str | None:
        if not self.raw:
            return None
        declared = self._meta.media_type
        return media_types.sniff(self._head) or (None if declared in _BARE else declared)

    def _take(self, event: ServerSentEvent) -> Chunk | None:
        try:
            data = cast("object", json.loads(event.data))
        except (ValueError, RecursionError):
            data = event.data
        kind, reading = self._kind(event, data), self._reading
        if kind in reading.error.types:
            self._failed(data)
        if kind in reading.chunk.types:
            return self._chunk(data)
        if reading.format is not None and kind in reading.format.types:
            self._set_format(data)
        elif kind in reading.end.types:
            self.ended = True
        self.events.append(_as_mapping(kind, data))
        return None

    def _kind(self, event: ServerSentEvent, data: object) -> str:
        reading = self._reading
        kinds = [kind for kind in (first(data, (at,)) for at in reading.type) if isinstance(kind, str)]
        known = {*reading.chunk.types, *reading.end.types, *reading.error.types}
        known |= set(() if reading.format is None else reading.format.types)
        return next(
            (kind for kind in [*kinds, event.type] if kind in known), kinds[0] if kinds else event.type
        )

    def _chunk(self, data: object) -> Chunk | None:
        for pointer in self._reading.chunk.pointers:
            text = first(data, (pointer,))
            if isinstance(text, str):
                break
        else:
            self.interrupted("an event that should carry data carries none")
        try:
            content, _ = decode_base64(text)
        except ValueError:
            self.interrupted("an event carries broken base64")
        return self.keep(content) if content else None

    def keep(self, content: bytes) -> Chunk:
        chunk = Chunk(content)
        if len(self._head) < media_types.MAGIC_LENGTH:
            self._head += chunk[: media_types.MAGIC_LENGTH]
        self.bytes_received += len(chunk)
        return chunk

    def _set_format(self, data: object) -> None:
        rate, channels = first(data, self._reading.sample_rate), first(data, self._reading.channels)
        if type(rate) is int and rate in _RATES:
            self.format = self.format._replace(sample_rate=rate)
        if type(channels) is int and channels in _CHANNELS:
            self.format = self.format._replace(channels=channels)

    def _failed(self, data: object) -> NoReturn:
        message = first(data, self._reading.error.pointers)
        raise StreamFailedError(
            f"{self._title}: the server stopped the stream: "
            + (message if isinstance(message, str) else "it gave no reason"),
            bytes_received=self.bytes_received,
            data=data,
            request_id=self._meta.request_id,
        )

    def interrupted(self, reason: str) -> NoReturn:
        interrupted(
            self._meta,
            f"{self._title}: the stream broke off after {self.bytes_received} bytes: {reason}",
            self.bytes_received,
            "What came before is complete; the request may have been billed",
        )


def _as_mapping(kind: str, data: object) -> Members:
    if isinstance(data, dict):
        return cast("Members", data)
    return {"type": kind, "data": data}
