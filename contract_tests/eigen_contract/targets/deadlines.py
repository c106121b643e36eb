"""An HTTP transport in which a whole exchange has one deadline.

The read timeout of an HTTP library counts from one received byte to the next, so a server that sends a byte
of a header now and then keeps a request open for days. Here each read waits for what is left of the time.
"""

import ssl
import threading
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx
from attrs import define, field

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
KEEP_ALIVE = 2.0
"""Seconds after which an idle connection is not used again: many servers close theirs after five."""


class Deadline(threading.local):
    """When the exchange of this thread must be over, by `time.monotonic`."""

    at: float = float("inf")
    answered: bool = False
    """Whether a byte of the answer has come."""

    def begin(self, seconds: float) -> None:
        """Start an exchange that must be over in so many seconds."""
        self.at, self.answered = time.monotonic() + seconds, False

    def remaining(self, timeout: float | None) -> float:
        """Return the seconds that one operation on a socket may take.

        Raises:
            httpcore.ReadTimeout: the time of the exchange is up.
        """
        seconds = self.at - time.monotonic()
        if seconds <= 0:
            raise self.missed()
        return seconds if timeout is None else min(seconds, timeout)

    def missed(self) -> httpcore.ReadTimeout:
        return httpcore.ReadTimeout("its answer does not end in time" if self.answered else "timed out")


@define
class DeadlineStream(httpcore.NetworkStream):
    """A connection whose operations end by a deadline."""

    inner: httpcore.NetworkStream
    deadline: Deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            data = self.inner.read(max_bytes, self.deadline.remaining(timeout))
        except httpcore.ReadTimeout as error:
            raise self.deadline.missed() from error
        self.deadline.answered = True
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.deadline.remaining(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        seconds = self.deadline.remaining(timeout)
        secured = self.inner.start_tls(ssl_context, server_hostname, seconds)
        return DeadlineStream(secured, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


@define
class DeadlineBackend(httpcore.NetworkBackend):
    """Opens connections whose operations end by a deadline."""

    deadline: Deadline
    _inner: httpcore.SyncBackend = field(factory=httpcore.SyncBackend)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        seconds = self.deadline.remaining(timeout)
        stream = self._inner.connect_tcp(host, port, seconds, local_address, socket_options)
        return DeadlineStream(stream, self.deadline)


class ResponseBody(httpx.SyncByteStream):
    """The body of an answer as it comes."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        with transport_errors():
            yield from self._chunks

    def close(self) -> None:
        close = getattr(self._chunks, "close", None)
        if close is not None:
            with transport_errors():
                close()


class DeadlineTransport(httpx.BaseTransport):
    """Sends over sockets. Each exchange must be over `seconds` after its request began.

    Args:
        connections: the most connections at a time.
    """

    def __init__(self, seconds: float, connections: int = 1) -> None:
        self._seconds = seconds
        self._deadline = Deadline()
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=connections,
            keepalive_expiry=KEEP_ALIVE,
            network_backend=DeadlineBackend(self._deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; its body is read by whoever asks, in the same time."""
        self._deadline.begin(self._seconds)
        sent = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.read(),
            extensions=request.extensions,
        )
        with transport_errors():
            answered = self._pool.handle_request(sent)
        body = answered.stream if isinstance(answered.stream, Iterable) else ()
        return httpx.Response(answered.status, headers=answered.headers, stream=ResponseBody(body))

    def close(self) -> None:
        self._pool.close()


@contextmanager
def transport_errors() -> Generator[None]:
    """Raise what httpcore raises as the error of httpx that callers of a transport expect."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.ReadTimeout(str(error) or "timed out") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise httpx.TransportError(str(error) or type(error).__name__) from error
