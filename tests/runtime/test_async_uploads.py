"""Files under asyncio: what may keep the event loop waiting is read by a thread."""

import asyncio
import io
import threading
from collections.abc import Iterator
from typing import Any

import anyio.to_thread
import pytest

from generator.runtime.errors import ArgumentError
from generator.runtime.http.transport_async import read_in_thread
from generator.runtime.request.chunks import CHUNK_SIZE
from generator.runtime.request.uploads import read_upload

_SIZE = 9 * CHUNK_SIZE


class Slow(io.RawIOBase):
    """A file of nine chunks that notes which threads read it, and may break before the last."""

    def __init__(self, *, broken: bool = False) -> None:
        super().__init__()
        self._content = io.BytesIO(bytes(_SIZE))
        self._broken = broken
        self.readers: set[int] = set()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._content.seek(offset, whence)

    def readinto(self, buffer: Any) -> int:
        self.readers.add(threading.get_ident())
        if self._broken and self._content.tell() >= 8 * CHUNK_SIZE:
            raise OSError("the disk is gone")
        return self._content.readinto(buffer)


def test_a_thread_reads_four_chunks_in_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[object] = []
    run_sync = anyio.to_thread.run_sync

    async def counted(*arguments: Any, **options: Any) -> object:
        turns.append(arguments)
        return await run_sync(*arguments, **options)

    monkeypatch.setattr(anyio.to_thread, "run_sync", counted)
    file = Slow()
    upload = read_upload("file", file)
    file.readers.clear()  # the first bytes tell what it is

    async def run() -> list[int]:
        return [len(chunk) async for chunk in read_in_thread(upload)]

    assert asyncio.run(run()) == [CHUNK_SIZE] * 9
    assert len(turns) == 3
    assert threading.get_ident() not in file.readers


def test_sends_each_chunk_of_a_live_iterator_at_once() -> None:
    taken = threading.Event()

    def live() -> Iterator[bytes]:
        yield b"first" * 20
        assert taken.wait(10), "the first was held back"
        yield b"second"

    async def run() -> list[bytes]:
        sent: list[bytes] = []
        async for chunk in read_in_thread(read_upload("file", live())):
            sent.append(chunk)
            taken.set()
        return sent

    assert asyncio.run(run()) == [b"first" * 20, b"second"]


def test_names_the_argument_of_a_file_that_fails_midway() -> None:
    async def run() -> int:
        chunks = read_in_thread(read_upload("file", Slow(broken=True)))
        count = len([await anext(chunks) for _ in range(8)])
        with pytest.raises(ArgumentError, match=r"^file: the file cannot be read: the disk is gone"):
            await anext(chunks)
        return count

    assert asyncio.run(run()) == 8


def test_a_cancelled_upload_reads_no_further_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    entered, go, ended = threading.Event(), threading.Event(), threading.Event()
    reads: list[int] = []

    class Held(Slow):
        def readinto(self, buffer: Any) -> int:
            if self._content.tell():
                reads.append(self._content.tell())
                entered.set()
                assert go.wait(10)
            return super().readinto(buffer)

    run_sync = anyio.to_thread.run_sync

    async def noting_the_end(function: Any, *arguments: object, **options: Any) -> object:
        def run_in_thread() -> object:
            try:
                return function(*arguments)
            finally:
                ended.set()

        return await run_sync(run_in_thread, **options)

    async def run() -> None:
        monkeypatch.setattr(anyio.to_thread, "run_sync", noting_the_end)
        chunks = read_in_thread(read_upload("file", Held()))
        taking = asyncio.ensure_future(anext(chunks))
        while not entered.is_set():
            await asyncio.sleep(0)
        taking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await taking
        go.set()
        assert ended.wait(10)

    asyncio.run(run())
    assert reads == [CHUNK_SIZE]
