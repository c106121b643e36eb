"""The seam to httpx or httpx2 for threads: a request goes in, an Answer or a Failure comes out."""

import os
import ssl
import sys
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from inspect import isawaitable
from typing import Any, cast

from ..errors import ArgumentError
from ..request.keys import with_secret
from ..request.request import Request
from ..settings.options import MANAGED_HEADERS, ConnectionOptions
from ..settings.secrets import REDACTED, Secret
from .answer import Answer
from .callers_client import check_client, check_process
from .failures import failure_of, handshake_failure, read_error
from .library import AsyncHttpClient, HttpClient, HttpLibrary, HttpResponse, library_of
from .retries import ClientClosed, Failure
from .upload import UploadProgress, body_class, failed_source


class _SyncBody(UploadProgress):
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
        except (self.error_type, ssl.SSLError) as error:
            raise failed_source(error) from error


class BaseTransport:
    """What threads and event loops share. `http_client` is the caller's, or None.

    No redirect is followed, whatever it points to: the key never goes where the caller did not send it.
    """

    def __init__(self, http_client: object, user_agent: str) -> None:
        self._library = library_of(http_client)
        self._build = RequestBuilder(self._library, http_client, user_agent)

    async def _send(
        self, client: HttpClient | AsyncHttpClient, request: Request, secret: Secret, body: Any
    ) -> HttpResponse:
        """Send once and read the head of the answer; raises Failure."""
        outgoing = self._build(request, secret, body)
        handled = sys.exception()  # what the caller is handling, and not of this attempt
        try:
            response = client.send(outgoing, stream=True, auth=None, follow_redirects=False)
            return cast("HttpResponse", await response if isawaitable(response) else response)
        except self._library.module.HTTPStatusError as error:  # raised by a hook of the caller's client
            return cast("HttpResponse", error.response)
        except self._library.error_type as error:
            failure = failure_of(error, body)
            raise handshake_failure(error, body, handled) or failure from error
        except ssl.SSLError as error:
            wire_error = read_error(error, self._library)
            failure = failure_of(wire_error, body)
            raise handshake_failure(wire_error, body, handled) or failure from wire_error
        except Failure:  # the body took longer than the total timeout
            raise
        except ArgumentError as error:  # a file that fails while it is sent
            raise Failure("broken off", error.message, body.sent) from error
        except Exception as error:  # raised by an iterator of the caller's, who may expect it
            if body.sent:
                error.add_note(f"{request.title}: {body.sent} bytes sent; it may have been carried out")
            raise


class Transport(BaseTransport):
    """Sends through the caller's client, or through clients of its own that it closes."""

    def __init__(self, http_client: object, user_agent: str, connection: ConnectionOptions) -> None:
        check_client(http_client, "Client")
        super().__init__(http_client, user_agent)
        self._callers_client = cast("HttpClient | None", http_client)
        self._body_class = body_class(_SyncBody, self._library.module.SyncByteStream)
        # By process id, because a forked process must not use its parent's connections: each would read the
        # answers of the other. The parent's client stays here unused, so that no finalizer touches it. A dict
        # needs no lock, which a thread of the parent could hold at the fork. `os.register_at_fork` would miss
        # servers that fork in C, such as uWSGI.
        self._clients: dict[int, HttpClient] = {}
        self._is_closed = False
        if self._callers_client is None:
            from .connecting import Connector  # noqa: PLC0415 - it imports httpx

            self._connector = Connector(connection)
            self._clients[os.getpid()] = self._connector.client()

    async def send(self, request: Request, secret: Secret) -> Answer:
        """Send once and read the head of the answer; raises Failure, or ClientClosed."""
        client = self._client()
        body = self._body_class(request, self._library)
        response = await self._send(client, request, secret, body)
        return Answer(response, body, request.response_limits, request.operation.redirects)

    def _client(self) -> HttpClient:
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


@cache
def _secret_query_url(library: HttpLibrary) -> Any:
    """Return the class, derived from the library's, of URLs whose query holds the key."""

    class SecretQueryURL(library.module.URL):  # type: ignore[misc, name-defined]
        """A URL whose query holds the key, which only the bytes on the wire show.

        The library logs every URL at INFO and tracing records it, by way of `str` or of a copy: both show the
        redacted URL. Transports read `raw_path`, or `query`.
        """

        full: Any

        @property
        def raw_path(self) -> bytes:
            """The path with the query, as it is sent."""
            return cast("bytes", self.full.raw_path)

        @property
        def query(self) -> bytes:
            """The query, as it is sent."""
            return cast("bytes", self.full.query)

    return SecretQueryURL


class RequestBuilder:
    """Builds requests itself: `Client.build_request` would add a client's cookies and parameters."""

    def __init__(self, library: HttpLibrary, http_client: Any, user_agent: str) -> None:
        self._library = library
        client_headers = library.module.Headers() if http_client is None else http_client.headers
        callers_agent = client_headers.get("user-agent", "")
        if not callers_agent or callers_agent.startswith(f"python-{library.name}/"):
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
        self._parse_url: Callable[[str], Any] = lru_cache(maxsize=64)(library.module.URL)

    def __call__(
        self,
        request: Request,
        secret: Secret,
        body: Any,
    ) -> Any:
        """Return the library's request; raises ArgumentError if parameters make no URL."""
        target = self._target(request)
        url, headers = with_secret(request, secret)
        if url != request.url:  # the key is in the query
            redacted, _ = with_secret(request, Secret(REDACTED))
            parse = self._library.module.URL
            target = _secret_query_url(self._library)(parse(redacted))
            target.full = parse(url)
        host = ("Host", target.netloc.decode("ascii"))
        outgoing = self._library.module.Request(
            request.operation.method,
            target,
            headers=[host, *self._common_headers, *headers, *request.framing],
            stream=body,
            extensions={"timeout": body.deadline.step_timeouts()},
        )
        outgoing.url = target  # the library has made a plain copy of it
        return outgoing

    def _target(self, request: Request) -> Any:
        try:
            return self._parse_url(request.url)
        except (self._library.module.InvalidURL, UnicodeError) as error:
            reason = str(error)
        raise ArgumentError(f"{request.title}: its parameters make no URL: {reason}")
