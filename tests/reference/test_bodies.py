"""Bodies that are late, or too many at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack

import pytest
from starlette.requests import Request
from starlette.types import Message

from eigen_reference.bodies import MOST_TOGETHER, BodyLimits, BodyReader
from eigen_reference.problems import RequestError


def request(chunks: AsyncIterator[bytes], **headers: str) -> Request:
    async def receive() -> Message:
        chunk = await anext(chunks, None)
        return {"type": "http.request", "body": chunk or b"", "more_body": chunk is not None}

    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "POST", "headers": pairs}, receive)


async def parts(*sizes: int) -> AsyncIterator[bytes]:
    for size in sizes:
        yield bytes(size)


async def stalling(first: int) -> AsyncIterator[bytes]:
    yield bytes(first)
    await asyncio.Event().wait()


async def dripping() -> AsyncIterator[bytes]:
    while True:
        await asyncio.sleep(0.01)
        yield b" "


async def read(reader: BodyReader, sent: Request) -> bytes:
    with reader.room() as room:
        return await reader.read(sent, room)


def refused(reader: BodyReader, sent: Request) -> RequestError:
    with pytest.raises(RequestError) as caught:
        asyncio.run(read(reader, sent))
    return caught.value


def test_a_body_arrives_whole() -> None:
    assert asyncio.run(read(BodyReader(BodyLimits(10)), request(parts(4, 6)))) == bytes(10)


@pytest.mark.parametrize("sizes", [(11,), (10, 1), (4, 4, 4)])
def test_a_body_beyond_the_limit_is_a_413(sizes: tuple[int, ...]) -> None:
    assert refused(BodyReader(BodyLimits(10)), request(parts(*sizes))).status == 413


def test_a_body_that_announces_too_much_is_not_read() -> None:
    assert refused(BodyReader(BodyLimits(10)), request(stalling(0), content_length="11")).status == 413


@pytest.mark.parametrize("chunks", [stalling(0), stalling(5), dripping()])
def test_a_body_that_is_late_is_a_408_and_the_end(chunks: AsyncIterator[bytes]) -> None:
    reader = BodyReader(BodyLimits(10_000, seconds=0.3, idle_seconds=0.1))
    late = refused(reader, request(chunks))
    assert (late.status, late.headers["connection"]) == (408, "close")


def test_bodies_share_their_room_and_give_it_back() -> None:
    reader = BodyReader(BodyLimits(10))
    with ExitStack() as stack:
        for _ in range(MOST_TOGETHER):
            stack.enter_context(reader.room()).take(10)
        full = refused(reader, request(parts(10)))
        assert (full.status, full.headers["retry-after"]) == (429, "1")
    assert asyncio.run(read(reader, request(parts(10)))) == bytes(10)
