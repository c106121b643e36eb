"""The same seam as `transport.py`, for asyncio."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from io import BytesIO

import httpx

from .credentials import Credentials
from .faults import Closed
from .files import Upload
from .request import Request
from .transport import LIMITS, RequestBuilder, Sending, fault_of


class _AsyncBody(Sending, httpx.AsyncByteStream):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.started = True
        for piece in () if self.payload is None else self.payload.pieces:
            if isinstance(piece, bytes):
                yield piece
                self.sent += len(piece)
                continue
            async for chunk in _read(piece):
                yield chunk
                self.sent += len(chunk)


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


class AsyncAnswer:
    """The head of an answer, and its body to be read or streamed. Every use ends with `aclose`."""

    __slots__ = ("_response", "_sending", "headers", "status_code")

    def __init__(self, response: httpx.Response, sending: Sending) -> None:
        self._response = response
        self._sending = sending
        self.status_code = response.status_code
        self.headers: Mapping[str, str] = dict(response.headers.items())

    @property
    def is_success(self) -> bool:
        """Whether the status is one of the 2xx."""
        return 200 <= self.status_code < 300

    @property
    def bytes_sent(self) -> int:
        """The bytes of the request's body that were taken."""
        return self._sending.sent

    async def read(self) -> bytes:
        """Read the body; raises Fault if a success cannot be had whole. A refusal counts without it."""
        content = BytesIO()
        try:
            async for chunk in self._response.aiter_bytes():
                content.write(chunk)
            return content.getvalue()
        except httpx.HTTPError as error:
            if not self.is_success:
                return b""
            raise fault_of(error, self._sending) from error
        finally:
            await self._response.aclose()

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """Give the body as it comes; raises Fault if it breaks off."""
        try:
            async for chunk in self._response.aiter_bytes():
                yield chunk
        except httpx.HTTPError as error:
            raise fault_of(error, self._sending) from error

    async def aclose(self) -> None:
        """Give up what was not read, and the connection with it."""
        await self._response.aclose()


class AsyncTransport:
    """Sends through the caller's httpx.AsyncClient, or through one of its own that it closes."""

    def __init__(self, client: httpx.AsyncClient | None, user_agent: str) -> None:
        self._owned = client is None
        self._client = _new_client() if client is None else client
        self._build = RequestBuilder(self._client.headers, user_agent)
        self._loop: asyncio.AbstractEventLoop | None = None

    def _client_of_this_loop(self) -> httpx.AsyncClient:
        """Give a client whose connections belong to the running loop.

        Programs call `asyncio.run` more than once; connections of a loop that has ended only raise.
        """
        if self._owned:
            loop = asyncio.get_running_loop()
            if self._loop is not None and self._loop is not loop and not self._client.is_closed:
                self._client = _new_client()
            self._loop = loop
        return self._client

    async def send(self, request: Request, credentials: Credentials) -> AsyncAnswer:
        """Send once and read the head of the answer; raises Fault, or Closed."""
        client = self._client_of_this_loop()
        if client.is_closed:
            raise Closed
        body = _AsyncBody(request.payload)
        outgoing = self._build(request, credentials, body)
        try:
            response = await client.send(outgoing, stream=True, auth=None, follow_redirects=False)
        except httpx.HTTPError as error:
            raise fault_of(error, body) from error
        return AsyncAnswer(response, body)

    async def aclose(self) -> None:
        """Close the connections, unless the client was the caller's."""
        if self._owned:
            await self._client.aclose()


def _new_client() -> httpx.AsyncClient:
    return httpx.AsyncClient(limits=LIMITS, follow_redirects=False)
