"""The same seam as `transport.py`, for asyncio."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from io import BytesIO
from typing import NamedTuple

import httpx

from .credentials import Credentials
from .faults import Closed, Fault
from .files import Upload
from .options import Connecting
from .request import Request
from .transport import BaseAnswer, RequestBuilder, Sending, arguments, fault_of


class _AsyncBody(Sending, httpx.AsyncByteStream):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.started = True
        for piece in () if self.payload is None else self.payload.pieces:
            if isinstance(piece, bytes):
                yield self.count(piece)
                self.report()
                continue
            async for chunk in piece.stream or _read(piece):
                yield self.count(chunk)
                self.report()


async def _read(upload: Upload) -> AsyncIterator[bytes]:
    """Read a file chunk by chunk, in a thread if it may keep the event loop waiting."""
    chunks = upload.open()
    try:
        while True:
            chunk = await asyncio.to_thread(next, chunks, None) if upload.blocking else next(chunks, None)
            if chunk is None:
                return
            yield chunk
    finally:
        _close(chunks)


def _close(chunks: Iterator[bytes]) -> None:
    close = getattr(chunks, "close", None)
    if close is not None:
        try:
            close()
        except ValueError:
            # Cancelled while the thread is still in `next`: it closes the file when it is done.
            return


class AsyncAnswer(BaseAnswer):
    """The head of an answer, and its body to be read or streamed. Every use ends with `aclose`."""

    __slots__ = ()

    async def read(self) -> bytes:
        """Read the body; raises Fault if a success cannot be had whole. Of a refusal what came counts."""
        content = BytesIO()
        try:
            async with contextlib.aclosing(self.chunks()) as chunks:
                async for chunk in chunks:
                    content.write(chunk)
        except Fault:
            if self.is_success:
                raise
        finally:
            await self._response.aclose()
        return content.getvalue()

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """Give the body as it comes; raises Fault if it breaks off, or is too much."""
        response = self._response
        try:
            intake = self._intake()
            if intake.foreign or response.is_stream_consumed:
                async for chunk in response.aiter_bytes():
                    intake.taken = max(intake.taken, response.num_bytes_downloaded)
                    yield intake.count(chunk)
                return
            async for data in response.aiter_raw():
                for chunk in intake.take(data):
                    yield chunk
            intake.end()
        except httpx.HTTPError as error:
            raise fault_of(error, self._sending) from error
        except Fault as fault:
            fault.bytes_sent = self._sending.sent
            raise

    async def aclose(self) -> None:
        """Give up what was not read, and the connection with it."""
        await self._response.aclose()


class _Pool(NamedTuple):
    """A client whose connections belong to one event loop, and what closes it when that loop ends."""

    client: httpx.AsyncClient
    keeper: AsyncGenerator[None, None]


class AsyncTransport:
    """Sends through the caller's httpx.AsyncClient, or through one of its own for each event loop."""

    def __init__(
        self,
        client: httpx.AsyncClient | None,
        user_agent: str,
        connecting: Connecting = Connecting(),  # noqa: B008
    ) -> None:
        self._arguments = arguments(connecting) if client is None else {}
        self._client = client
        self._pools: dict[asyncio.AbstractEventLoop, _Pool] = {}
        self._closed = False
        headers = httpx.Headers(self._arguments.get("headers")) if client is None else client.headers
        self._build = RequestBuilder(headers, user_agent)

    async def _client_of_this_loop(self) -> httpx.AsyncClient:
        """Give a client whose connections belong to the running loop.

        Programs call `asyncio.run` more than once, and run loops in several threads; connections of another
        loop only raise.
        """
        if self._client is not None:
            return self._client
        loop = asyncio.get_running_loop()
        pool = self._pools.get(loop)
        if pool is None:
            for other in [other for other in self._pools if other.is_closed()]:
                self._pools.pop(other, None)
            client = httpx.AsyncClient(**self._arguments)
            pool = self._pools[loop] = _Pool(client, _keep(client))
            await anext(pool.keeper)
        return pool.client

    async def send(self, request: Request, credentials: Credentials) -> AsyncAnswer:
        """Send once and read the head of the answer; raises Fault, or Closed."""
        if self._closed:
            raise Closed
        client = await self._client_of_this_loop()
        if client.is_closed:
            raise Closed
        body = _AsyncBody(request)
        outgoing = self._build(request, credentials, body)
        try:
            response = await client.send(outgoing, stream=True, auth=None, follow_redirects=False)
        except httpx.HTTPError as error:
            raise fault_of(error, body) from error
        return AsyncAnswer(response, body, request.guard)

    async def aclose(self) -> None:
        """Close the connections, unless the client was the caller's; those of other loops in their own."""
        if self._client is not None:
            return
        self._closed = True
        here = asyncio.get_running_loop()
        for loop, pool in list(self._pools.items()):
            if loop is here:
                await pool.keeper.aclose()
            elif loop.is_running():
                asyncio.run_coroutine_threadsafe(pool.client.aclose(), loop)


async def _keep(client: httpx.AsyncClient) -> AsyncGenerator[None, None]:
    """Hold a client open until its event loop ends.

    A loop closes the asynchronous generators that it has begun before it ends itself (`asyncio.run` sees to
    it), which is the one moment when connections that nobody closed can still be closed properly.
    """
    try:
        yield
    finally:
        await client.aclose()
