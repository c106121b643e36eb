"""Streams over a body that a test makes of chunks."""

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
    """A body made of chunks; a Failure among them breaks the connection."""

    def __init__(self, *chunks: bytes | Failure, is_delimited: bool = True) -> None:
        self.chunks = iter(chunks)
        self.closed = 0
        self.is_delimited = is_delimited

    async def next_chunk(self) -> bytes | Failure | None:
        return next(self.chunks, None)

    async def aclose(self) -> None:
        self.closed += 1

    async def finish(self) -> None:
        await self.aclose()


def event(**data: object) -> bytes:
    return f"data: {json.dumps(data)}\n\n".encode()


def audio(content: bytes) -> bytes:
    return event(type="audio_chunk", data=base64.b64encode(content).decode())


def reading() -> StreamReading[EventStream]:
    (stream_reading,) = SPEAK.readings
    assert isinstance(stream_reading, StreamReading)
    return stream_reading


def stream(source: Source, media_type: str = "text/event-stream", content_type: str = "") -> EventStream:
    meta = Meta(200, {"content-type": content_type}, "r", 1, 0.0, media_type)
    return EventStream(source, reading(), meta, "POST /v1/make", KEY)


async def collect(source: Source, media_type: str) -> list[bytes]:
    meta = Meta(200, {}, "r", 1, 0.0, media_type)
    async with AsyncEventStream(source, reading(), meta, "POST /v1/make", KEY) as chunks:
        return [chunk async for chunk in chunks]
