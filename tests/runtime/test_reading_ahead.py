"""Files under asyncio: read by a thread while what was read before is sent."""

import asyncio
import gc
import io
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from generator.runtime.errors import ArgumentError
from generator.runtime.files import CHUNK, read_upload
from generator.runtime.transport_async import chunks_of


class Counting(io.BytesIO):
    """A file, no BytesIO to whoever asks; tells when its third chunk is read, and may fail there."""

    def __init__(self, *, broken: bool = False) -> None:
        super().__init__(bytes(8 * CHUNK))
        self.third = threading.Event()
        self._broken = broken

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() < 2 * CHUNK:
            return super().read(size)
        self.third.set()
        if self._broken:
            raise OSError("the disk is gone")
        return super().read(size)


async def first_of(file: Counting) -> Any:
    upload = read_upload("file", file)._replace(blocking=True)
    chunks = chunks_of(upload)
    assert await anext(chunks) == bytes(CHUNK)
    assert await asyncio.to_thread(file.third.wait, 10)
    return chunks


def test_what_comes_next_is_read_while_the_first_is_sent() -> None:
    async def run() -> int:
        return CHUNK + sum([len(chunk) async for chunk in await first_of(Counting())])

    assert asyncio.run(run()) == 8 * CHUNK


def test_a_failure_comes_in_its_turn() -> None:
    async def run() -> None:
        chunks = await first_of(Counting(broken=True))
        assert await anext(chunks) == bytes(CHUNK)
        with pytest.raises(ArgumentError, match="the disk is gone"):
            await anext(chunks)

    asyncio.run(run())


def test_a_failure_that_nobody_waits_for_is_not_told() -> None:
    told: list[object] = []

    async def run() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _loop, context: told.append(context))
        loop.set_default_executor(ThreadPoolExecutor(1))
        chunks = await first_of(Counting(broken=True))
        await loop.run_in_executor(None, lambda: None)  # after the failure, and so is what it tells
        await asyncio.sleep(0)
        await chunks.aclose()
        del chunks
        gc.collect()

    asyncio.run(run())
    assert told == []
