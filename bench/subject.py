"""What is measured: raw httpx, our client, and other vendors' SDKs doing the same work."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

Call = Callable[[], object]
AsyncCall = Callable[[], Awaitable[object]]


class Source(NamedTuple):
    """A file to send, or the place to save at. `held` is its content if the caller is to hold it."""

    path: Path
    held: bytes = b""

    def pieces(self) -> Iterator[bytes]:
        """Give the file piece by piece, as a generator of the caller's would."""
        with self.path.open("rb") as file:
            while piece := file.read(256 * 1024):
                yield piece

    async def apieces(self) -> AsyncIterator[bytes]:
        """Give the same as an asynchronous generator of the caller's would."""
        for piece in self.pieces():
            yield piece


Transfer = Callable[[Source], object]
AsyncTransfer = Callable[[Source], Awaitable[object]]


def _no_calls(_: Source) -> Mapping[str, Call]:
    return {}


def _no_loopback_calls(_photo: Source, _url: str) -> Mapping[str, Call]:
    return {}


def _no_async_calls(_: Source) -> Mapping[str, AsyncCall]:
    return {}


def _no_transfers(_: str) -> Mapping[str, Transfer]:
    return {}


def _no_async_transfers(_: str) -> Mapping[str, AsyncTransfer]:
    return {}


class Subject(NamedTuple):
    """One subject, which its module imports only when one of these is called. What it cannot do is left out.

    `imports` are statements by row; `first_call` is a program whose argument is a base URL. `calls` take a
    small picture and need no network; `loopback_calls` take a base URL as well, and `transfers` that alone:
    they go over loopback.
    """

    name: str
    distribution: str
    package: str
    imports: Mapping[str, str]
    first_call: str = ""
    calls: Callable[[Source], Mapping[str, Call]] = _no_calls
    loopback_calls: Callable[[Source, str], Mapping[str, Call]] = _no_loopback_calls
    async_calls: Callable[[Source], Mapping[str, AsyncCall]] = _no_async_calls
    transfers: Callable[[str], Mapping[str, Transfer]] = _no_transfers
    async_transfers: Callable[[str], Mapping[str, AsyncTransfer]] = _no_async_transfers


MODULES = {
    "httpx": "raw_httpx",
    "eigen-generate": "eigen_generate_client",
    "openai": "openai_sdk",
    "replicate": "replicate_sdk",
    "elevenlabs": "elevenlabs_sdk",
    "fal-client": "fal_sdk",
}


def load(name: str) -> Subject:
    """Load a subject by its name."""
    subject: Subject = import_module(f"bench.subjects.{MODULES[name]}").SUBJECT
    return subject


def load_all() -> list[Subject]:
    """Load every subject, the baseline first."""
    return [load(name) for name in MODULES]
