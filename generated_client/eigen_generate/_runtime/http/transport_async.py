"""The same seam as `transport.py`, for asyncio and trio."""

import contextlib
import os
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Generator
from itertools import islice, takewhile
from typing import Any, NamedTuple, cast

import anyio

from ..event_loop import current_loop, has_ended, run_in_thread, start_task
from ..request.request import Request
from ..request.uploads import Upload
from ..settings.options import ConnectionOptions
from ..settings.response_limits import ResponseLimits
from ..settings.secrets import Secret
from .answer import REST_LIMIT, Answer
from .callers_client import check_client, check_process
from .library import AsyncHttpClient, HttpResponse
from .retries import ClientClosed, Failure
from .transport import BaseTransport
from .upload import UploadProgress, body_class, failed_source


class _AsyncBody(UploadProgress):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.started = True
        try:
            for piece in () if self.payload is None else self.payload.pieces:
                if isinstance(piece, bytes):
                    self.sent += len(piece)
                    yield piece
                    self.report()
                    continue
                async for chunk in piece.stream() if piece.stream else read_in_thread(piece):
                    self.sent += len(chunk)
                    yield chunk
                    self.report()
        except (self.error_type, ssl.SSLError) as error:
            raise failed_source(error) from error


# Handing over to a thread costs as much as reading one chunk of 256 KiB. Four at a time take 0.78 of raw
# httpx's time for 200 MB, and one MiB of memory; one at a time takes 1.13 of it.
_CHUNKS_PER_THREAD_TURN = 4


async def read_in_thread(upload: Upload) -> AsyncIterator[bytes]:
    """Yield the chunks of a file, read in a thread if reading may keep the event loop waiting.

    What may arrive live, such as an iterator, is read chunk by chunk, so that nothing is held back.
    """
    chunks = upload.open()
    count = _CHUNKS_PER_THREAD_TURN if upload.blocking and upload.repeatable else 1
    is_ended = False
    try:
        while True:
            turn = islice(takewhile(lambda _: not is_ended, chunks), count)
            chunks_of_turn = await run_in_thread(list[bytes], turn) if upload.blocking else list(turn)
            is_last = len(chunks_of_turn) < count
            while chunks_of_turn:
                yield chunks_of_turn.pop(0)  # let go of each as soon as it is sent
            if is_last:
                return
    finally:
        is_ended = True  # a thread that is still reading stops after its chunk
        # Closing a generator closes its file. After a cancellation the thread may still be in it
        # (ValueError); then the file is closed when the generator is collected.
        if isinstance(chunks, Generator):
            with contextlib.suppress(ValueError):
                chunks.close()


class AsyncAnswer(Answer):
    """The same as Answer, on a connection that belongs to an event loop."""

    def __init__(
        self,
        response: HttpResponse,
        upload: UploadProgress,
        limits: ResponseLimits,
        redirects: tuple[str, ...],
        gate: anyio.Semaphore | None,
    ) -> None:
        super().__init__(response, upload, limits, redirects)
        self._gate = gate

    def _open(self) -> Any:
        response = self._response
        if response.is_stream_consumed:
            return response.aiter_bytes()
        return aiter(response.stream)

    async def _next_raw_chunk(self) -> bytes | None:
        seconds = self._upload.deadline.seconds_left()
        if seconds is None:
            return await anext(self._raw_chunks, None)
        with anyio.fail_after(seconds):  # the caller knows by the deadline why this ended
            return await anext(self._raw_chunks, None)

    async def _read_rest(self) -> None:
        with anyio.move_on_after(REST_LIMIT):
            await self._skip_rest()

    async def aclose(self) -> None:
        """See `Answer.aclose`; a task that reads fails at once."""
        if os.getpid() == self._process and self._turn.close() != "closed":
            await self._close_response()

    async def _close_response(self) -> None:
        """Close the connection, or give it back, and let the next request pass the gate."""
        gate, self._gate = self._gate, None
        self._end_unreliable()
        try:
            await self._response.aclose()
        finally:
            if gate is not None:
                gate.release()


class _Pool(NamedTuple):
    """Connections that belong to one event loop of one process, and what closes them when that loop ends.

    `gate` admits as many requests as there may be connections. Without it httpcore searches all waiting
    requests whenever one ends, which takes quadratic time in a burst.
    """

    client: AsyncHttpClient
    gate: anyio.Semaphore | None = None
    closer: AsyncGenerator[None, None] | None = None
    process: int = 0


class AsyncTransport(BaseTransport):
    """Sends through the caller's client, or one of its own for each event loop."""

    def __init__(self, http_client: object, user_agent: str, connection: ConnectionOptions) -> None:
        check_client(http_client, "AsyncClient")
        super().__init__(http_client, user_agent)
        callers_client = cast("AsyncHttpClient | None", http_client)
        self._body_class = body_class(_AsyncBody, self._library.module.AsyncByteStream)
        # HTTP/2 carries many requests on one connection, so their number says nothing about connections.
        self._max_requests = None if connection.http2 else connection.limits.max_connections
        if callers_client is None:
            from .connecting import Connector  # noqa: PLC0415 - it imports httpx

            self._connector = Connector(connection)
        self._callers_pool = None if callers_client is None else _Pool(callers_client)
        self._pools: dict[Any, _Pool] = {}
        # Pools of the process that this one was forked from. They are kept, because what closes a pool would
        # take its sockets out of the selector that both processes share.
        self._inherited_pools: list[_Pool] = []
        self._is_closed = False

    async def _pool_of_this_loop(self) -> _Pool:
        """Return connections that belong to the running loop.

        Programs call `asyncio.run` or `trio.run` more than once, and run loops in several threads; a
        connection of another loop raises when it is used.
        """
        if self._callers_pool is not None:
            check_process(self._callers_pool.client)
            return self._callers_pool
        loop = current_loop()
        pool = self._pools.get(loop)
        if pool is not None and pool.process != os.getpid():
            self._inherited_pools.append(pool)
            pool = None
        if pool is None:
            for other_loop in list(self._pools):  # a copy, because loops of other threads come and go
                if has_ended(other_loop):
                    self._pools.pop(other_loop, None)
            pool = self._pools[loop] = self._new_pool()
            if pool.closer is not None:
                await anext(pool.closer)
        return pool

    def _new_pool(self) -> _Pool:
        client = self._connector.async_client()
        gate = None if self._max_requests is None else anyio.Semaphore(self._max_requests)
        return _Pool(client, gate, _close_with_loop(client), os.getpid())

    async def send(self, request: Request, secret: Secret) -> AsyncAnswer:
        """Send once and read the head of the answer; raises Failure, or ClientClosed."""
        if self._is_closed:
            raise ClientClosed
        pool = await self._pool_of_this_loop()
        if pool.client.is_closed:
            raise ClientClosed
        body = self._body_class(request, self._library)
        with anyio.move_on_after(body.deadline.seconds_left()):
            return await self._send_through(pool, request, secret, body)
        raise body.overdue()

    async def _send_through(
        self, pool: _Pool, request: Request, secret: Secret, body: _AsyncBody
    ) -> AsyncAnswer:
        if pool.gate is not None:
            await _enter(pool.gate, request, body)
        try:
            response = await self._send(pool.client, request, secret, body)
            redirects = request.operation.redirects
            return AsyncAnswer(response, body, request.response_limits, redirects, pool.gate)
        except BaseException:
            if pool.gate is not None:
                pool.gate.release()
            raise

    async def aclose(self) -> None:
        """Close the connections, unless the client was the caller's; those of other loops in their own."""
        if self._callers_pool is not None:
            return
        self._is_closed = True
        running_loop = current_loop()
        for loop, pool in list(self._pools.items()):
            if pool.process != os.getpid():
                continue
            if loop is running_loop and pool.closer is not None:
                await pool.closer.aclose()
            else:
                start_task(loop, pool.client.aclose)


async def _enter(gate: anyio.Semaphore, request: Request, body: _AsyncBody) -> None:
    """Wait for a free connection, as long as the pool's timeout allows."""
    with contextlib.suppress(anyio.WouldBlock):
        gate.acquire_nowait()
        return
    try:
        with anyio.fail_after(request.timeout.pool):
            await gate.acquire()
    except TimeoutError:
        limit = body.deadline.describe("pool")
        raise Failure("no connection", f"no free connection in time ({limit})") from None


async def _close_with_loop(client: AsyncHttpClient) -> AsyncGenerator[None, None]:
    """Close a client when its event loop ends: the last thing a loop does is to close its generators.

    After that, connections that were left open cannot be closed properly any more.
    """
    try:
        yield
    finally:
        await client.aclose()
