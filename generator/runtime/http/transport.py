"""The seam to httpx for threads: a request goes in, an Answer or a Failure comes out."""

import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, TypeVar

import httpx

from ..errors import ArgumentError, ConfigurationError
from ..request.keys import with_secret
from ..request.request import Request
from ..settings.options import MANAGED_HEADERS, ConnectionOptions
from ..settings.secrets import REDACTED, Secret
from .answer import Answer
from .connecting import Connector, check_process
from .failures import failure_of
from .retries import ClientClosed, Failure
from .upload import UploadProgress, failed_source

HttpxClient = TypeVar("HttpxClient", httpx.Client, httpx.AsyncClient)


def check_client(client: object, client_type: type[HttpxClient]) -> HttpxClient | None:
    """Return the caller's client; raises ConfigurationError if it is not of httpx's `client_type`."""
    if client is None or isinstance(client, client_type):
        return client
    name = f"an httpx.{client_type.__name__}"
    raise ConfigurationError(
        f"http_client: a value of type {type(client).__name__} is not {name}",
        hint=f"Give {name}, or leave it out",
    )


class _SyncBody(UploadProgress, httpx.SyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        self.started = True
        try:
            for piece in () if self.payload is None else self.payload.pieces:
                for chunk in (piece,) if isinstance(piece, bytes) else piece.open():
                    self.sent += len(chunk)
                    yield chunk
                    self.report()
                    if self.deadline.is_over:
                        raise self.overdue()
        except httpx.HTTPError as error:
            raise failed_source(error) from error


class BaseTransport:
    """What threads and event loops share. `client` is the caller's, if there is one.

    No redirect is followed, whatever it points to: the key never goes where the caller did not send it.
    """

    def __init__(self, client: httpx.Client | httpx.AsyncClient | None, user_agent: str) -> None:
        self._build = RequestBuilder(client, user_agent)

    async def _send(
        self, client: httpx.Client | httpx.AsyncClient, request: Request, secret: Secret, body: Any
    ) -> httpx.Response:
        """Send once and read the head of the answer; raises Failure."""
        outgoing = self._build(request, secret, body)
        try:
            response = client.send(outgoing, stream=True, auth=None, follow_redirects=False)
            return response if isinstance(response, httpx.Response) else await response
        except httpx.HTTPStatusError as error:  # raised by a hook of the caller's client
            return error.response
        except httpx.HTTPError as error:
            raise failure_of(error, body) from error
        except Failure:  # the body took longer than the total timeout
            raise
        except ArgumentError as error:  # a file that fails while it is sent
            raise Failure("broken off", error.message, body.sent) from error
        except Exception as error:  # raised by an iterator of the caller's, who may expect it
            if body.sent:
                error.add_note(f"{request.title}: {body.sent} bytes sent; it may have been carried out")
            raise


class Transport(BaseTransport):
    """Sends through the caller's httpx.Client, or through clients of its own that it closes."""

    def __init__(self, http_client: object, user_agent: str, connection: ConnectionOptions) -> None:
        self._callers_client = check_client(http_client, httpx.Client)
        super().__init__(self._callers_client, user_agent)
        # By process id, because a forked process must not use its parent's connections: each would read the
        # answers of the other. The parent's client stays here unused, so that no finalizer touches it. A dict
        # needs no lock, which a thread of the parent could hold at the fork. `os.register_at_fork` would miss
        # servers that fork in C, such as uWSGI.
        self._clients: dict[int, httpx.Client] = {}
        self._is_closed = False
        if self._callers_client is None:
            self._connector = Connector(connection)
            self._clients[os.getpid()] = self._connector.client()

    async def send(self, request: Request, secret: Secret) -> Answer:
        """Send once and read the head of the answer; raises Failure, or ClientClosed."""
        client = self._client()
        body = _SyncBody(request)
        response = await self._send(client, request, secret, body)
        return Answer(response, body, request.response_limits)

    def _client(self) -> httpx.Client:
        """Return what has the connections of this process; raises ClientClosed or ConfigurationError."""
        client = self._callers_client
        if client is not None:
            check_process(client)
        elif not self._is_closed:
            process = os.getpid()
            client = self._clients.get(process)
            if client is None:
                client = self._clients.setdefault(process, self._connector.client())
        if client is None or client.is_closed:
            raise ClientClosed
        return client

    async def aclose(self) -> None:
        """Close the connections of this process, unless the client was the caller's."""
        self._is_closed = True
        client = self._clients.get(os.getpid())
        if client is not None:
            client.close()


class SecretQueryURL(httpx.URL):
    """A URL whose query holds the key, which only the bytes on the wire show.

    httpx logs every URL at INFO and tracing records it, by way of `str` or of a copy: both show the redacted
    URL. Transports read `raw_path`, or `query`.
    """

    def __init__(self, redacted: httpx.URL, full: httpx.URL) -> None:
        super().__init__(redacted)
        self._full = full

    @property
    def raw_path(self) -> bytes:
        """The path with the query, as it is sent."""
        return self._full.raw_path

    @property
    def query(self) -> bytes:
        """The query, as it is sent."""
        return self._full.query


class RequestBuilder:
    """Builds httpx requests itself: `Client.build_request` would add a client's cookies and parameters."""

    def __init__(self, client: httpx.Client | httpx.AsyncClient | None, user_agent: str) -> None:
        client_headers = httpx.Headers() if client is None else client.headers
        callers_agent = client_headers.get("user-agent", "")
        if not callers_agent or callers_agent.startswith("python-httpx/"):
            callers_agent = user_agent
        # Other headers of a caller's client, such as those for a gateway, are kept.
        callers_headers = [header for header in client_headers.items() if header[0] not in MANAGED_HEADERS]
        wants_plain = client_headers.get("accept-encoding") == "identity"
        accept_encoding = "identity" if wants_plain else "gzip, deflate"  # what `BodyDecoder` undoes
        self._common_headers = [
            *callers_headers,
            ("Accept-Encoding", accept_encoding),
            ("User-Agent", callers_agent),
        ]
        # Parsing a URL takes a tenth of a call in memory, and most calls of a client have the same one.
        self._parse_url: Callable[[str], httpx.URL] = lru_cache(maxsize=64)(httpx.URL)

    def __call__(
        self,
        request: Request,
        secret: Secret,
        body: Any,
    ) -> httpx.Request:
        """Return the httpx request; raises ArgumentError if parameters make no URL."""
        target = self._target(request)
        url, headers = with_secret(request, secret)
        if url != request.url:  # the key is in the query
            redacted, _ = with_secret(request, Secret(REDACTED))
            target = SecretQueryURL(httpx.URL(redacted), httpx.URL(url))
        host = ("Host", target.netloc.decode("ascii"))
        outgoing = httpx.Request(
            request.operation.method,
            target,
            headers=[host, *self._common_headers, *headers, *request.framing],
            stream=body,
            extensions={"timeout": body.deadline.step_timeouts()},
        )
        outgoing.url = target  # httpx has made a plain copy of it
        return outgoing

    def _target(self, request: Request) -> httpx.URL:
        try:
            return self._parse_url(request.url)
        except (httpx.InvalidURL, UnicodeError) as error:
            reason = str(error)
        raise ArgumentError(f"{request.title}: its parameters make no URL: {reason}")
