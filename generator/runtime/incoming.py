"""Bodies that are still coming: taken piece by piece, and given up at the end of a `with` block.

What threads and event loops do alike is written once, as coroutines; `at_once` carries them out for threads.
"""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar

from . import media_types
from .results import KEPT_HINT, Meta, unexpected
from .retries import Fault

if TYPE_CHECKING:
    from .sinks import Sink

P = TypeVar("P")
T = TypeVar("T")


# What an error keeps of an answer that was to be streamed, in bytes.
KEPT = 64 * 1024 * 1024


def at_once(steps: Coroutine[Any, Any, T]) -> T:
    """Carry out `steps` that never wait, because all that they call for blocks instead."""
    try:
        steps.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    raise RuntimeError("a step that should block waited")


class Aside(Generic[T]):
    """A step in a thread, of which `end` gives the result: also who is cancelled waits until it is done.

    What it works on must not be closed under it. One that has not begun is not waited for, and never taken.
    """

    def __init__(self, step: Callable[..., T], *arguments: object) -> None:
        import asyncio  # costs time that importing the package should not

        self._unbegun = [step]  # whoever takes it out decides
        context, loop = copy_context(), asyncio.get_running_loop()
        self._work = loop.run_in_executor(None, lambda: context.run(self._take, arguments))

    def _take(self, arguments: tuple[object, ...]) -> T:
        try:
            return self._unbegun.pop()(*arguments)
        except StopIteration as error:  # of a caller's function; no future takes it
            raise RuntimeError("a StopIteration") from error

    async def end(self) -> T:
        """Wait for it; raises what it raises."""
        import asyncio

        stopped: BaseException | None = None
        while not self._work.done():
            try:
                await asyncio.wait((self._work,))
            except asyncio.CancelledError as cancelled:
                stopped = cancelled
                with contextlib.suppress(IndexError):
                    self._unbegun.pop()
                    self._work.cancel()
        if stopped is None:
            return self._work.result()
        self._work.cancel()  # it is done, and nobody is to complain of its failure
        raise stopped


class Source(Protocol):
    """A body as it comes."""

    @property
    def delimited(self) -> bool:
        """Whether a body that was cut would show it."""
        ...

    async def chunk(self) -> bytes | Fault | None:
        """Give what comes next: None at the end, and what broke if it broke."""
        ...

    async def aclose(self) -> None:
        """Give up what has not come."""
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

    def _take(self) -> Awaitable[bytes | Fault | None]:
        """Give what comes next, as the source does; no coroutine of its own, which costs time each time."""
        return _nothing() if self._over else self._source.chunk()

    async def _close(self) -> None:
        self._over = True
        await self._source.aclose()

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
        unexpected(meta, f"what is called {meta.media_type} is {other}", b"".join(pieces), KEPT_HINT)

    async def _end_save(self, sink: "Sink") -> None:
        """Leave neither the connection open nor a thread that writes."""
        try:
            await self._close()
        finally:
            await sink.settle()

    async def _aside(self, step: Callable[..., T], *arguments: object) -> T:
        """Take a step that blocks, in a thread if an event loop has to go on."""
        if not self._waits:
            return step(*arguments)
        return await Aside(step, *arguments).end()


class Incoming(BodyStream[P]):
    """What streams for threads have in common."""

    def __iter__(self) -> Iterator[P]:
        self._check_left()
        return self

    def __next__(self) -> P:
        piece = at_once(self._next())
        if piece is None:
            raise StopIteration
        return piece

    def close(self) -> None:
        """Close the connection, unless all has come."""
        at_once(self._close())

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
