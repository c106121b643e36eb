"""Streams over a body that a test makes of pieces."""

import base64
import json

from generator.runtime.contract import StreamReading
from generator.runtime.http.retries import Failure
from generator.runtime.meta import Meta
from generator.runtime.settings.secrets import Secret
from generator.runtime.streaming.event_streams import AsyncEventStream, EventStream
from tests.runtime.calls import SPEAK

KEY = Secret("test-key-of-some-length")


class Source:
    """A body made of pieces; a Failure among them is what breaks it."""

    def __init__(self, *pieces: bytes | Failure, delimited: bool = True) -> None:
        self.pieces = iter(pieces)
        self.closed = 0
        self.delimited = delimited

    async def chunk(self) -> bytes | Failure | None:
        return next(self.pieces, None)

    async def aclose(self) -> None:
        self.closed += 1

    async def finish(self) -> None:
        await self.aclose()


def event(**data: object) -> bytes:
    return f"data: {json.dumps(data)}\n\n".encode()


def audio(content: bytes) -> bytes:
    return event(type="audio_chunk", data=base64.b64encode(content).decode())


def reading() -> StreamReading[EventStream]:
    (found,) = SPEAK.readings
    assert isinstance(found, StreamReading)
    return found


def stream(source: Source, media_type: str = "text/event-stream", content_type: str = "") -> EventStream:
    meta = Meta(200, {"content-type": content_type}, "r", 1, 0.0, media_type)
    return EventStream(source, reading(), meta, "POST /v1/make", KEY)


async def collect(source: Source, media_type: str) -> list[bytes]:
    meta = Meta(200, {}, "r", 1, 0.0, media_type)
    async with AsyncEventStream(source, reading(), meta, "POST /v1/make", KEY) as chunks:
        return [chunk async for chunk in chunks]
