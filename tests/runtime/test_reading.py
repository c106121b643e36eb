"""Files under asyncio: what may keep the event loop waiting is read by a thread."""

import asyncio
import io
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from generator.runtime.errors import ArgumentError
from generator.runtime.files import CHUNK, read_upload
from generator.runtime.transport_async import chunks_of

_SIZE = 9 * CHUNK


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
        if self._broken and self._content.tell() >= 8 * CHUNK:
            raise OSError("the disk is gone")
        return self._content.readinto(buffer)


def test_a_thread_reads_several_chunks_in_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[object] = []
    to_thread = asyncio.to_thread

    async def counted(*arguments: Any) -> object:
        turns.append(arguments)
        return await to_thread(*arguments)

    monkeypatch.setattr(asyncio, "to_thread", counted)
    file = Slow()
    upload = read_upload("file", file)
    file.readers.clear()  # the first bytes tell what it is

    async def run() -> list[int]:
        return [len(chunk) async for chunk in chunks_of(upload)]

    assert asyncio.run(run()) == [CHUNK] * 9
    assert len(turns) == 3
    assert threading.get_ident() not in file.readers


def test_what_comes_live_is_not_held_back() -> None:
    taken = threading.Event()

    def live() -> Iterator[bytes]:
        yield b"first" * 20
        assert taken.wait(10), "the first was held back"
        yield b"second"

    async def run() -> list[bytes]:
        given: list[bytes] = []
        async for chunk in chunks_of(read_upload("file", live())):
            given.append(chunk)
            taken.set()
        return given

    assert asyncio.run(run()) == [b"first" * 20, b"second"]


def test_what_fails_midway_is_named() -> None:
    async def run() -> int:
        chunks = chunks_of(read_upload("file", Slow(broken=True)))
        count = len([await anext(chunks) for _ in range(8)])
        with pytest.raises(ArgumentError, match=r"^file: the file cannot be read: the disk is gone"):
            await anext(chunks)
        return count

    assert asyncio.run(run()) == 8
