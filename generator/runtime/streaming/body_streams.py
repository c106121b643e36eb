"""What all streams of an answer share: chunks come one by one, and a `with` block closes the connection.

The steps that threads and event loops share are written once, as coroutines; see `run_blocking`.
"""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Protocol, Self, TypeVar

from ..http.retries import Failure
from ..meta import Meta
from ..response import media_types
from ..response.results import KEPT_HINT, raise_unexpected
from ..run_blocking import run_blocking
from .file_sink import MAX_KEPT_SIZE, FileSink
from .thread_task import ThreadTask

T = TypeVar("T")


class ChunkSource(Protocol):
    """The body of an answer as it arrives; `http.transport.Answer` is one."""

    @property
    def is_delimited(self) -> bool:
        """Whether the body's end differs from that of a connection which broke."""
        ...

    async def next_chunk(self) -> bytes | Failure | None:
        """Return the next chunk, None at the end, or the failure if the connection broke."""
        ...

    async def aclose(self) -> None:
        """Close the connection, unless the whole body has come."""
        ...

    async def finish(self) -> None:
        """Close after the content's end, where a little may still come."""
        ...


class BodyStream(ABC):
    """The steps that all streams share."""

    _is_async = False

    def __init__(self, source: ChunkSource) -> None:
        self._source = source
        self._is_closed = False

    @abstractmethod
    def _check_iterable(self) -> None:
        """Raise ArgumentError for a second loop, which would look like an empty stream."""

    @abstractmethod
    async def _next_chunk(self) -> bytes | None:
        """Return the next chunk of content, None at the end."""

    async def _receive(self) -> bytes | Failure | None:
        """Return what comes next on the connection: None at its end, and the failure if it broke."""
        return None if self._is_closed else await self._source.next_chunk()

    async def _close(self) -> None:
        self._is_closed = True
        await self._source.aclose()

    async def _finish(self) -> None:
        """Close after the content's end, and keep the connection if the rest of the body comes at once."""
        self._is_closed = True
        await self._source.finish()

    async def _check_content_type(self, meta: Meta, first_bytes: bytes) -> None:
        """Raise UnexpectedResponseError if the first bytes contradict the Content-Type.

        The rest is read for the error, which keeps up to 64 MiB of the answer.
        """
        actual_type = media_types.contradicting_type(first_bytes[: media_types.MAGIC_LENGTH], meta.media_type)
        if actual_type is None:
            return
        chunks, size = [first_bytes], len(first_bytes)
        while size < MAX_KEPT_SIZE and isinstance(chunk := await self._receive(), bytes):
            chunks.append(chunk)
            size += len(chunk)
        await self._close()
        raise_unexpected(
            meta, f"what is called {meta.media_type} is {actual_type}", b"".join(chunks), KEPT_HINT
        )

    async def _close_with(self, sink: FileSink) -> None:
        """Close the connection and wait for the thread that writes, whichever of the two fails."""
        try:
            await self._close()
        finally:
            await sink.wait_for_write()

    async def _call_blocking(self, function: Callable[..., T], *arguments: object) -> T:
        """Return what a blocking function returns; it runs in a thread if an event loop has to go on."""
        if not self._is_async:
            return function(*arguments)
        return await ThreadTask(function, *arguments).result()


class SyncBodyStream(BodyStream):
    """Iteration and closing for threads."""

    def __iter__(self) -> Iterator[bytes]:
        self._check_iterable()
        return self

    def __next__(self) -> bytes:
        chunk = run_blocking(self._next_chunk())
        if chunk is None:
            raise StopIteration
        return chunk

    def close(self) -> None:
        """Close the connection, unless all has come."""
        run_blocking(self._close())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncBodyStream(BodyStream):
    """Iteration and closing for event loops."""

    _is_async = True

    def __aiter__(self) -> AsyncIterator[bytes]:
        self._check_iterable()
        return self

    async def __anext__(self) -> bytes:
        chunk = await self._next_chunk()
        if chunk is None:
            raise StopAsyncIteration
        return chunk

    async def close(self) -> None:
        """Close the connection, unless all has come."""
        await self._close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._close()
