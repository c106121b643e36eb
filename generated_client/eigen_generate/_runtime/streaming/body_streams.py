"""Bodies that are still coming: taken piece by piece, and given up at the end of a `with` block.

What threads and event loops share is written once, as coroutines; see `run_blocking`.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Generic, Protocol, Self, TypeVar

from ..http.retries import Failure
from ..meta import Meta
from ..response import media_types
from ..response.results import KEPT_HINT, raise_unexpected
from ..run_blocking import run_blocking
from .file_sink import KEPT, Sink
from .thread_task import ThreadTask

P = TypeVar("P")
T = TypeVar("T")


class Source(Protocol):
    """A body as it comes."""

    @property
    def delimited(self) -> bool:
        """Whether a body that was cut would show it."""
        ...

    async def chunk(self) -> bytes | Failure | None:
        """Give what comes next: None at the end, and what broke if it broke."""
        ...

    async def aclose(self) -> None:
        """Give up what has not come."""
        ...

    async def finish(self) -> None:
        """Close after the content's end, where a little may still come."""
        ...


async def _nothing() -> None: ...


class BodyStream(Generic[P]):
    """What all streams of pieces have in common."""

    _waits = False

    def __init__(self, source: Source) -> None:
        self._over = False
        self._source = source

    def _check_left(self) -> None:
        """Refuse a second loop, which would look like an empty stream."""
        raise NotImplementedError

    async def _next(self) -> P | None:
        """Give the next piece, None at the end."""
        raise NotImplementedError

    def _take(self) -> Awaitable[bytes | Failure | None]:
        """Give what comes next, as the source does; no coroutine of its own, which costs time each time."""
        return _nothing() if self._over else self._source.chunk()

    async def _close(self) -> None:
        self._over = True
        await self._source.aclose()

    async def _finish(self) -> None:
        self._over = True
        await self._source.finish()

    async def _check_kind(self, meta: Meta, begun: bytes) -> None:
        """Refuse what is surely no such thing as its Content-Type says; the error keeps it, up to 64 MiB."""
        other = media_types.contradiction(begun[: media_types.MAGIC_LENGTH], meta.media_type)
        if other is None:
            return
        pieces, size = [begun], len(begun)
        while size < KEPT and isinstance(piece := await self._take(), bytes):
            pieces.append(piece)
            size += len(piece)
        await self._close()
        raise_unexpected(meta, f"what is called {meta.media_type} is {other}", b"".join(pieces), KEPT_HINT)

    async def _end_save(self, sink: Sink) -> None:
        """Leave neither the connection open nor a thread that writes."""
        try:
            await self._close()
        finally:
            await sink.settle()

    async def _in_thread(self, step: Callable[..., T], *arguments: object) -> T:
        """Take a step that blocks, in a thread if an event loop has to go on."""
        if not self._waits:
            return step(*arguments)
        return await ThreadTask(step, *arguments).result()


class Incoming(BodyStream[P]):
    """What streams for threads have in common."""

    def __iter__(self) -> Iterator[P]:
        self._check_left()
        return self

    def __next__(self) -> P:
        piece = run_blocking(self._next())
        if piece is None:
            raise StopIteration
        return piece

    def close(self) -> None:
        """Close the connection, unless all has come."""
        run_blocking(self._close())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncIncoming(BodyStream[P]):
    """What streams for asyncio have in common."""

    _waits = True

    def __aiter__(self) -> AsyncIterator[P]:
        self._check_left()
        return self

    async def __anext__(self) -> P:
        piece = await self._next()
        if piece is None:
            raise StopAsyncIteration
        return piece

    async def close(self) -> None:
        """Close the connection, unless all has come."""
        await self._close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._close()
