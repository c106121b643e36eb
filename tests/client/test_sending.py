"""Arguments and files: what is refused before anything is sent, and what can be sent again."""

import asyncio
import io
import tempfile
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigen_generate import errors, models
from tests.client.answering import PNG, Wire, says

EDIT: dict[str, Any] = {"model": "m", "prompt": "p"}


class Unreadable(io.RawIOBase):
    """A file that is open for writing only."""

    def read(self, _size: int = -1) -> bytes:
        raise io.UnsupportedOperation("read")


@pytest.mark.parametrize(
    ("method", "arguments", "words"),
    [
        (
            "images.edit",
            EDIT,
            "image_file: images.edit needs exactly one of image_file, image, images, image_path",
        ),
        (
            "images.edit",
            {**EDIT, "image_file": PNG, "image_path": "p"},
            "image_path: image_file is given too",
        ),
        ("images.edit", {**EDIT, "image": PNG, "images": [PNG]}, "images: image is given too"),
        ("videos.generate", EDIT, "image: videos.generate needs at least one of image"),
        ("videos.generate", {**EDIT, "image": PNG, "image_url": "u"}, "image_url: image is given too"),
        ("images.generate", {"model": "m", "prompt": None}, "prompt: images.generate needs it"),
        ("audio.transcribe", {"model": "m", "file": None}, "file: audio.transcribe needs it"),
        ("images.generate", {**EDIT, "seed": float("nan")}, "seed: NaN and infinity are not numbers in JSON"),
        (
            "images.edit",
            {**EDIT, "image_file": Unreadable()},
            "image_file: the file is not opened for reading",
        ),
        ("images.edit", {**EDIT, "image_file": "/nowhere/a.png"}, "image_file: no such file"),
        ("images.edit", {**EDIT, "image_file": "/"}, "image_file: '/' is a directory"),
        ("images.edit", {**EDIT, "image_file": b""}, "image_file: the file is empty"),
        ("images.edit", {**EDIT, "image_file": io.StringIO("x")}, "image_file: the file is opened as text"),
        ("images.edit", {**EDIT, "extra": {"prompt": "q"}}, "extra: 'prompt' is given twice"),
    ],
)
def test_a_wrong_argument_is_named_before_anything_is_sent(
    method: str, arguments: dict[str, Any], words: str
) -> None:
    wire = says(PNG, "image/png")
    resource, _, name = method.partition(".")
    with pytest.raises(errors.ArgumentError, match="^" + words.replace("?", ".")):
        getattr(getattr(wire.client(), resource), name)(**arguments)
    assert wire.requests == []


def test_an_unknown_property_in_extra_may_complete_a_request() -> None:
    wire = says(PNG, "image/png")
    wire.client().images.edit(**EDIT, extra={"image_id": "i"})
    assert b"image_id" in wire.requests[0].content


def pieces() -> Iterator[bytes]:
    yield PNG
    yield b""
    yield b"the rest"


async def coming() -> AsyncIterator[bytes]:
    for piece in pieces():
        await asyncio.sleep(0)
        yield piece


class Pipe(io.RawIOBase):
    """A binary stream that cannot seek."""

    def __init__(self) -> None:
        self._left = io.BytesIO(PNG + b"the rest")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._left.readinto(buffer)


def busy_once() -> Wire:
    left = [429]

    def answer(_: httpx.Request) -> httpx.Response:
        if left:
            return httpx.Response(left.pop(), headers={"retry-after-ms": "1"})
        return httpx.Response(200, content=PNG, headers={"content-type": "image/png"})

    return Wire(answer)


def sent(wire: Wire) -> list[bool]:
    """Tell of each request whether it held the whole file."""
    whole = PNG + b"the rest"
    return [
        whole in request.content and b"Content-Type: image/png" in request.content
        for request in wire.requests
    ]


@pytest.mark.parametrize(
    "make", [pieces, Pipe, lambda: ("a.png", pieces()), lambda: io.BufferedReader(Pipe())]
)
def test_a_stream_that_can_be_read_once_is_sent_again_only_if_spooled(make: Any) -> None:
    wire = busy_once()
    with pytest.raises(errors.RateLimitError):
        wire.client().images.edit(**EDIT, image_file=make())
    assert sent(wire) == [True]
    wire = busy_once()
    wire.client(spool=True).images.edit(**EDIT, image_file=make())
    assert sent(wire) == [True, True]


@pytest.mark.parametrize("make", [coming, lambda: ("a.png", coming(), "image/png"), pieces])
def test_asynchronous_iterators_are_sent_under_asyncio_and_spooled_if_asked(make: Any) -> None:
    async def main(wire: Wire, **options: Any) -> None:
        await wire.async_client(**options).images.edit(**EDIT, image_file=make())

    plain = says(PNG, "image/png")
    asyncio.run(main(plain))
    assert sent(plain) == [True]
    spooled = busy_once()
    asyncio.run(main(spooled, spool=True))
    assert sent(spooled) == [True, True]
    once = busy_once()
    with pytest.raises(errors.RateLimitError):
        asyncio.run(main(once))
    assert sent(once) == [True]


def test_streams_in_extra_are_sent_and_spooled_like_any_other() -> None:
    async def main(wire: Wire, **options: Any) -> None:
        await wire.async_client(**options).images.edit(**EDIT, extra={"image_file": coming()})

    plain, spooled, blocking = says(PNG, "image/png"), busy_once(), busy_once()
    asyncio.run(main(plain))
    asyncio.run(main(spooled, spool=True))
    blocking.client(spool=True).images.edit(**EDIT, extra={"image_file": pieces()})
    assert (sent(plain), sent(spooled), sent(blocking)) == ([True], [True, True], [True, True])


class Greeting(models.Speech):
    """A model of a caller's own, in a module that knows no name of the models'."""


def test_a_model_may_be_subclassed() -> None:
    greeting = Greeting(model="m", text="hello")
    assert greeting.to_dict() == {"model": "m", "text": "hello"}
    assert Greeting.from_dict(greeting.to_dict()) == greeting


class Small(io.RawIOBase):
    """A small file that can be read again, and whose every read waits for `ready`."""

    def __init__(self, ready: threading.Event) -> None:
        super().__init__()
        self._content = io.BytesIO(PNG)
        self._ready = ready

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._content.seek(offset, whence)

    def readinto(self, buffer: Any) -> int:
        assert self._ready.wait(5), "the event loop stood still"
        return self._content.readinto(buffer)


class Once(Small):
    """The same, to be read once."""

    def seekable(self) -> bool:
        return False

    def seek(self, offset: int, whence: int = 0) -> int:
        raise io.UnsupportedOperation(offset, whence)


def slow(ready: threading.Event) -> Iterator[bytes]:
    assert ready.wait(5), "the event loop stood still"
    yield PNG


def named(ready: threading.Event) -> tuple[str, Iterator[bytes]]:
    return "a.png", slow(ready)


@pytest.mark.parametrize("spool", [False, True])
@pytest.mark.parametrize("make", [slow, Small, Once, named])
@pytest.mark.parametrize("place", ["image_file", "images", "extra"])
def test_blocking_files_are_read_outside_the_event_loop(make: Any, place: str, spool: bool) -> None:
    ready, wire = threading.Event(), says(PNG, "image/png")
    given: Any = {"image_file": make(ready), "images": [make(ready)], "extra": {"image_file": make(ready)}}

    async def main() -> None:
        asyncio.get_running_loop().call_soon(ready.set)
        await wire.async_client(spool=spool).images.edit(**EDIT, **{place: given[place]})

    asyncio.run(main())
    assert PNG in wire.requests[0].content


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_full_disk_while_spooling_names_the_argument(
    asynchronous: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_options: object) -> object:
        return open("/dev/full", "r+b", buffering=0)  # noqa: PTH123 - closed by the client

    async def large() -> AsyncIterator[bytes]:
        yield bytes(3_000_000)

    wire = says(PNG, "image/png")
    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    clients = (wire.client(spool=True), wire.async_client(spool=True))
    with pytest.raises(errors.ArgumentError, match=r"^image_file: cannot be spooled: No space left"):
        _ = (
            asyncio.run(clients[1].images.edit(**EDIT, image_file=large()))
            if asynchronous
            else clients[0].images.edit(**EDIT, image_file=iter([bytes(3_000_000)]))
        )
    assert wire.requests == []


def test_several_files_of_a_tuple_are_all_sent(tmp_path: Path) -> None:
    paths = tmp_path / "a.png", tmp_path / "b.png"
    for path in paths:
        path.write_bytes(PNG)
    wire = says(PNG, "image/png")
    wire.client().images.edit(**EDIT, images=tuple(map(str, paths)))
    assert wire.requests[0].content.count(PNG) == 2


def test_several_files_may_come_asynchronously() -> None:
    wire = says(PNG, "image/png")
    asyncio.run(wire.async_client().images.edit(**EDIT, images=[coming(), PNG]))
    assert wire.requests[0].content.count(PNG) == 2


def test_the_synchronous_client_refuses_asynchronous_iterators() -> None:
    with pytest.raises(errors.ArgumentError, match=r"^image_file: an asynchronous iterator needs"):
        says(PNG, "image/png").client().images.edit(**EDIT, image_file=coming())


def test_an_asynchronous_iterator_of_nothing_is_empty() -> None:
    async def nothing() -> AsyncIterator[bytes]:
        for piece in (b"", b""):
            yield piece

    with pytest.raises(errors.ArgumentError, match=r"^image_file: the file is empty"):
        asyncio.run(says(PNG, "image/png").async_client().images.edit(**EDIT, image_file=nothing()))


def open_files() -> set[str]:
    """Name the files that this process holds open, where the system tells."""
    folder = Path("/proc/self/fd")
    return {path.name for path in folder.iterdir() if path.exists()} if folder.exists() else set()


def test_spooling_leaves_no_file_open() -> None:
    def large() -> Iterator[bytes]:
        yield PNG
        for _ in range(3):
            yield bytes(1024 * 1024)

    before = open_files()
    says(PNG, "image/png").client(spool=True).images.edit(**EDIT, image_file=large())
    with pytest.raises(errors.ArgumentError):
        says(PNG, "image/png").client(spool=True).images.edit(**EDIT, image_file=large(), image_path="p")
    assert open_files() <= before
