"""Streams of server-sent events whose data the contract types, to iterate over as they come."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Generic, TypeVar

from ..errors import ArgumentError
from ..http.retries import Failure, too_large
from ..meta import Meta
from ..response.results import raise_interrupted
from ..run_blocking import run_blocking
from ..unset import UNSET, Unset
from .body_streams import ChunkSource
from .sse import EventParser, ServerSentEvent

T = TypeVar("T")

# The data of the last event of many streams. It is no JSON and no event of the contract.
_DONE = "[DONE]"


class BaseTypedEventStream(Generic[T]):
    """The steps that TypedEventStream and AsyncTypedEventStream share; `decode` types an event."""

    def __init__(
        self, source: ChunkSource, meta: Meta, title: str, decode: Callable[[ServerSentEvent], T]
    ) -> None:
        self.meta: Meta = meta
        self._source = source
        self._title = title
        self._decode = decode
        self._parser = EventParser()
        self._events: deque[ServerSentEvent] = deque()  # not handed out yet
        self._bytes_received = 0
        self._is_closed = False
        self._is_complete = False

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {'closed' if self._is_closed else 'open'}>"

    async def _next_event(self) -> T | Unset:
        """Return the next event, UNSET at the end; raises if the stream broke, or an event does not fit."""
        while not self._events:
            if self._is_complete:
                return UNSET
            if self._is_closed:
                raise ArgumentError("stream: was closed before its end, and is not kept")
            await self._receive()
        event = self._events.popleft()
        if event.data == _DONE:
            self._events.clear()
            self._is_complete = self._is_closed = True
            await self._source.finish()
            return UNSET
        try:
            return self._decode(event)
        except BaseException:
            await self._close()
            raise

    async def _receive(self) -> None:
        """Wait for what comes next; raises StreamInterruptedError if the connection broke."""
        received = await self._source.next_chunk()
        if isinstance(received, bytes):
            self._bytes_received += len(received)
            self._events += self._parser.feed(received)
            return
        await self._close()
        if received is not None and received.decision == "final":
            raise too_large(received, self._title, self.meta) from received.__cause__
        if received is not None or self._parser.has_incomplete_event:
            self._raise_interrupted(received)
        self._is_complete = True

    def _raise_interrupted(self, failure: Failure | None) -> None:
        reason = "its last event is not whole" if failure is None else failure.reason
        raise_interrupted(
            self.meta,
            f"{self._title}: the stream broke off after {self._bytes_received} bytes: {reason}",
            self._bytes_received,
            "The request was carried out, at least in part",
            None if failure is None else failure.__cause__,
        )

    async def _close(self) -> None:
        self._is_closed = True
        await self._source.aclose()


class TypedEventStream(BaseTypedEventStream[T]):
    """Yields the events of an answer as they come, each as the contract types it.

    Use it in a `with` block, or iterate to its end, which closes the connection. Iterating raises
    StreamInterruptedError if the connection breaks, and UnexpectedResponseError for an event that does not
    fit. `meta` has the status and the headers.
    """

    def __iter__(self) -> Iterator[T]:
        return self

    def __next__(self) -> T:
        event = run_blocking(self._next_event())
        if isinstance(event, Unset):
            raise StopIteration
        return event

    def close(self) -> None:
        """Close the connection, unless all has come."""
        run_blocking(self._close())

    def __enter__(self) -> TypedEventStream[T]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncTypedEventStream(BaseTypedEventStream[T]):
    """The same as TypedEventStream, for `async for` and `async with`."""

    def __aiter__(self) -> AsyncIterator[T]:
        return self

    async def __anext__(self) -> T:
        event = await self._next_event()
        if isinstance(event, Unset):
            raise StopAsyncIteration
        return event

    async def close(self) -> None:
        """Close the connection, unless all has come."""
        await self._close()

    async def __aenter__(self) -> AsyncTypedEventStream[T]:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._close()
