"""Files under asyncio: what may keep the event loop waiting is read by a thread."""

import asyncio
import io
import threading
from collections.abc import Callable, Iterator
from typing import Any

import anyio.to_thread
import pytest

from generator.runtime.errors import ArgumentError
from generator.runtime.http.transport_async import read_in_thread
from generator.runtime.request.chunks import CHUNK_SIZE
from generator.runtime.request.spooling import Spools, peek_streams, replace_streams
from generator.runtime.request.uploads import Upload, read_upload

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


class AwaitedFile:
    """A file of Starlette's kind: it seeks, and does not tell its position."""

    filename = "a.wav"

    def __init__(self, content: bytes, size: int | None = None) -> None:
        self.size = size
        self._content = io.BytesIO(content)

    async def read(self, size: int = -1) -> bytes:
        return self._content.read(size)

    async def seek(self, offset: int) -> None:
        self._content.seek(offset)


class TellingFile(AwaitedFile):
    async def tell(self) -> int:
        return self._content.tell()

    async def seek(self, offset: int, whence: int = 0) -> None:
        self._content.seek(offset, whence)


class LiveFile:
    """A file that cannot seek, such as a connection."""

    def __init__(self, *chunks: Any) -> None:
        self._chunks = list(chunks)

    async def read(self, size: int = -1) -> Any:
        assert size
        return self._chunks.pop(0) if self._chunks else b""


def read_twice(file: object, spools: Spools | None = None) -> tuple[Upload, list[bytes]]:
    """Return the upload of an asynchronous file, and what each of two attempts reads."""

    async def run() -> tuple[Upload, list[bytes]]:
        fields = await peek_streams({"file": file}, spools)
        upload = read_upload("file", fields["file"])
        if upload.stream is None:
            return upload, [b"".join(upload.open()) for _ in "12"]
        return upload, [b"".join([chunk async for chunk in upload.stream()]) for _ in "12"]

    return asyncio.run(run())


@pytest.mark.parametrize("size", [None, _SIZE])
def test_reads_an_asynchronous_file_again_for_each_attempt(size: int | None) -> None:
    upload, contents = read_twice(AwaitedFile(bytes(_SIZE), size))
    assert (upload.filename, upload.media_type, upload.repeatable) == ("a.wav", "audio/wav", True)
    assert upload.blocking, "it would be taken for one that is in memory"
    assert (upload.size, contents) == (size, [bytes(_SIZE)] * 2)


def test_reads_an_asynchronous_file_from_its_position() -> None:
    file = TellingFile(b"abc" + bytes(_SIZE))
    asyncio.run(file.seek(3))
    upload, contents = read_twice(file)
    assert (upload.size, contents) == (_SIZE, [bytes(_SIZE)] * 2)


def test_reads_an_asynchronous_file_once_if_it_cannot_seek() -> None:
    upload, contents = read_twice(LiveFile(b"abc", b"def"))
    assert (upload.size, upload.repeatable, contents[0]) == (None, False, b"abcdef")


def test_spools_an_asynchronous_file_that_cannot_seek() -> None:
    spools = Spools()
    upload, contents = read_twice(LiveFile(b"abc", b"def"), spools)
    assert (upload.size, upload.repeatable, contents) == (6, True, [b"abcdef"] * 2)
    spools.close()


class ClosedFile(AwaitedFile):
    closed = True


def _read_to_its_end() -> TellingFile:
    file = TellingFile(b"abc")
    asyncio.run(file.read())
    return file


class OfAnotherLoop(AwaitedFile):
    async def read(self, size: int = -1) -> bytes:
        raise RuntimeError(f"got Future attached to a different loop {size}")


@pytest.mark.parametrize(
    ("make_file", "message"),
    [
        (lambda: ClosedFile(b"abc"), "the file is closed"),
        (_read_to_its_end, "the file is empty. It is read from position 3"),
        (lambda: AwaitedFile(b""), "the file is empty"),
        (lambda: LiveFile("text"), "the file is opened as text"),
        (lambda: OfAnotherLoop(b"abc"), "the file cannot be read: got Future attached to a different loop"),
        (lambda: AwaitedFile(b"abc", 5), "the file lost 2 bytes"),
    ],
)
def test_names_the_argument_of_an_unusable_asynchronous_file(
    make_file: Callable[[], object], message: str
) -> None:
    with pytest.raises(ArgumentError, match=f"^file: {message}"):
        read_twice(make_file())


def test_a_client_for_threads_refuses_an_asynchronous_file() -> None:
    with pytest.raises(ArgumentError, match=r"needs the asynchronous client. Give `await file.read\(\)`"):
        read_upload("file", AwaitedFile(b"abc"))


def test_prepares_an_asynchronous_file_unread() -> None:
    fields = replace_streams({"file": LiveFile(b"abc"), "named": ("b.wav", AwaitedFile(b"abc"))})
    assert [read_upload(name, value).filename for name, value in fields.items()] == ["upload", "b.wav"]
