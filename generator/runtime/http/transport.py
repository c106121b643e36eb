"""The seam to httpx for threads: a request goes in, an Answer or a Failure comes out."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from types import TracebackType
from typing import Any, TypeVar

import httpx

from ..errors import ArgumentError, ConfigurationError
from ..request.keys import with_secret
from ..request.request import Request
from ..settings.options import MANAGED_HEADERS, ConnectionOptions
from ..settings.response_limits import ResponseLimits
from ..settings.secrets import REDACTED, Secret
from .body_decoder import BodyDecoder
from .retries import ClientClosed, Failure, FailureKind

HttpxClient = TypeVar("HttpxClient", httpx.Client, httpx.AsyncClient)

# What each exception of httpx means; the first row that fits counts.
_FAILURES: tuple[tuple[type[httpx.HTTPError], FailureKind, str], ...] = (
    (httpx.ConnectTimeout, "no connection", "no connection in time"),
    (httpx.PoolTimeout, "no connection", "no free connection in time"),
    (httpx.ConnectError, "no connection", "no connection"),
    (httpx.ProxyError, "no connection", "the proxy made no connection"),
    (httpx.UnsupportedProtocol, "no connection", "no connection"),
    (httpx.WriteTimeout, "no answer", "the server stopped taking the request"),
    (httpx.ReadTimeout, "no answer", "no answer in time"),
    (httpx.DecodingError, "not decodable", "the answer's content encoding is broken"),
    (httpx.HTTPError, "broken off", "the connection broke"),
)
# What httpx stands on, and what that stands on in turn.
_WIRE_PACKAGES = frozenset(
    {"httpcore", "h11", "h2", "hpack", "ssl", "socket", "asyncio", "anyio", "contextlib"}
)
# In bytes. No more is kept of an answer that is not a success: it is a message, whatever its size.
REFUSAL_SIZE = 1024 * 1024
# DNS limits a label of a host name to 63 characters (RFC 1035, 2.3.4), TCP a port to 16 bits.
_LONGEST_LABEL = 63
_LARGEST_PORT = 65535


def check_client(client: object, client_type: type[HttpxClient]) -> HttpxClient | None:
    """Return the caller's client; raises ConfigurationError if it is not of httpx's `client_type`."""
    if client is None or isinstance(client, client_type):
        return client
    name = f"an httpx.{client_type.__name__}"
    raise ConfigurationError(
        f"http_client: a value of type {type(client).__name__} is not {name}",
        hint=f"Give {name}, or leave it out",
    )


class UploadProgress:
    """How far the body of one attempt has got; `started` as soon as its first byte is asked for.

    `sent` counts a chunk when it is handed over: a connection that breaks does not say how much of it was
    sent, and a server that may have had the request must not look like one that had nothing.
    """

    def __init__(self, request: Request) -> None:
        self.payload = request.payload
        self._on_upload = request.on_upload
        self.started = False
        self.sent = 0

    def report(self) -> None:
        """Tell the caller's hook that all chunks so far are sent."""
        if self._on_upload is not None and self.payload is not None:
            self._on_upload(self.sent, self.payload.size)


class _SyncBody(UploadProgress, httpx.SyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        self.started = True
        try:
            for piece in () if self.payload is None else self.payload.pieces:
                for chunk in (piece,) if isinstance(piece, bytes) else piece.open():
                    self.sent += len(chunk)
                    yield chunk
                    self.report()
        except httpx.HTTPError as error:
            raise failed_source(error) from error


class Answer:
    """The head of an answer, and its body to be read or streamed. Every use ends with `aclose`.

    Its methods are coroutines, which `run_blocking` explains; `AsyncAnswer` differs in what it awaits.
    """

    def __init__(self, response: httpx.Response, upload: UploadProgress, limits: ResponseLimits) -> None:
        self._response = response
        self._upload = upload
        self._limits = limits
        self._decoder: BodyDecoder | None = None
        self._decoded_chunks: Iterator[bytes] = iter(())
        self._raw_chunks: Iterator[bytes] | None = None
        self._is_given_up = False
        # A hook of the caller's client has raised for the status; its body is lost, the status is not.
        self._is_closed_unread = response.is_closed and not response.is_stream_consumed
        self.status_code = response.status_code
        self.headers: Mapping[str, str] = _decode_headers(response.headers)
        if response.is_stream_consumed and "content-encoding" in self.headers:
            # A hook of the caller's client has read the body, and httpx has undone its encoding.
            stale = ("content-encoding", "content-length")
            self.headers = {name: value for name, value in self.headers.items() if name not in stale}

    @property
    def is_success(self) -> bool:
        """Whether the status is one of the 2xx."""
        return 200 <= self.status_code < 300

    @property
    def is_delimited(self) -> bool:
        """Whether the body's end differs from that of a connection which broke (RFC 9112, 6.3)."""
        framing = self.headers.keys() & {"content-length", "transfer-encoding"}
        return bool(framing) or self._response.http_version == "HTTP/2"

    @property
    def bytes_sent(self) -> int:
        """The bytes of the request's body that were handed to the connection."""
        return self._upload.sent

    async def read(self) -> bytes:
        """Return the whole body; raises Failure if that of a success is not whole.

        Of any other status the part that came counts: it is a message.
        """
        # A list that is joined in the end would hold the body twice.
        content = BytesIO()
        try:
            while (chunk := await self.next_chunk()) is not None:
                if isinstance(chunk, Failure):
                    if self.is_success:
                        raise chunk
                    break
                content.write(chunk)
        finally:
            await self.aclose()
        return content.getvalue()

    async def next_chunk(self) -> bytes | Failure | None:
        """Return what comes next: None at the end, and the failure if the body breaks off or is too large."""
        try:
            if self._is_given_up:
                raise Failure("broken off", "it was given up")
            if self._is_closed_unread:
                return None
            decoder = self._decoder or self._make_decoder()
            while (content := next(self._decoded_chunks, None)) is None:
                raw_chunk = await self._next_raw_chunk()
                if raw_chunk is None:
                    decoder.finish()
                    return None
                if decoder.is_transparent:
                    return raw_chunk
                self._decoded_chunks = decoder.decode(raw_chunk)
            return content
        except httpx.HTTPError as error:
            failure = failure_of(error, self._upload)
            failure.__cause__ = error
            return failure
        except Failure as failure:
            failure.bytes_sent = self._upload.sent
            return failure
        except BaseException:  # a cancellation, in most cases
            self._is_given_up = True
            await self.aclose()
            raise

    def _make_decoder(self) -> BodyDecoder:
        """Return the decoder of the body; raises Failure if the body announces too large a size."""
        if self.is_success:
            decoder = BodyDecoder(self.headers, self._limits)
        else:
            # Only the start of a message counts, however long its Content-Length says it is.
            headers = {name: value for name, value in self.headers.items() if name != "content-length"}
            decoder = BodyDecoder(headers, ResponseLimits(REFUSAL_SIZE))
        self._decoder = decoder
        return decoder

    async def _next_raw_chunk(self) -> bytes | None:
        """Return the next bytes as they were transferred, None at the end."""
        if self._raw_chunks is None:
            response = self._response
            self._raw_chunks = response.iter_bytes() if response.is_stream_consumed else response.iter_raw()
        return next(self._raw_chunks, None)

    async def aclose(self) -> None:
        """Give up what was not read, and the connection with it."""
        self._response.close()


def _decode_headers(headers: httpx.Headers) -> dict[str, str]:
    """Return headers by lower-case name; several of one name are joined (RFC 9110, 5.3).

    The same as `dict(headers.items())`, which looks for the encoding of all headers anew for each of them and
    takes a twentieth of a call in memory.
    """
    encoding, decoded = headers.encoding, dict[str, str]()
    for raw_name, raw_value in headers.raw:
        name, value = raw_name.decode(encoding).lower(), raw_value.decode(encoding)
        decoded[name] = f"{decoded[name]}, {value}" if name in decoded else value
    return decoded


class BaseTransport:
    """What threads and asyncio share. `client` is the caller's, if there is one.

    No redirect is followed, whatever it points to: the key never goes where the caller did not send it.
    """

    def __init__(self, client: httpx.Client | httpx.AsyncClient | None, user_agent: str) -> None:
        self._build = RequestBuilder(client, user_agent)

    async def _send(
        self, client: httpx.Client | httpx.AsyncClient, request: Request, secret: Secret, body: Any
    ) -> httpx.Response:
        """Send once and read the head of the answer; raises Failure, or ClientClosed."""
        if client.is_closed:
            raise ClientClosed
        outgoing = self._build(request, secret, body)
        try:
            response = client.send(outgoing, stream=True, auth=None, follow_redirects=False)
            return response if isinstance(response, httpx.Response) else await response
        except httpx.HTTPStatusError as error:  # raised by a hook of the caller's client
            return error.response
        except httpx.HTTPError as error:
            raise failure_of(error, body) from error
        except ArgumentError as error:  # a file that fails while it is sent
            raise Failure("broken off", error.message, body.sent) from error
        except Exception as error:  # raised by an iterator of the caller's, who may expect it
            if body.sent:
                error.add_note(f"{request.title}: {body.sent} bytes sent; it may have been carried out")
            raise


class Transport(BaseTransport):
    """Sends through the caller's httpx.Client, or through a client of its own that it closes."""

    def __init__(self, http_client: object, user_agent: str, connection: ConnectionOptions) -> None:
        callers_client = check_client(http_client, httpx.Client)
        super().__init__(callers_client, user_agent)
        self._is_own = callers_client is None
        self._client = callers_client or httpx.Client(**client_arguments(connection))

    async def send(self, request: Request, secret: Secret) -> Answer:
        """Send once and read the head of the answer; raises Failure, or ClientClosed."""
        body = _SyncBody(request)
        response = await self._send(self._client, request, secret, body)
        return Answer(response, body, request.response_limits)

    async def aclose(self) -> None:
        """Close the connections, unless the client was the caller's."""
        if self._is_own:
            self._client.close()


def check_url(url: str) -> None:
    """Raise ConfigurationError for a base URL that cannot be connected to."""
    try:
        is_valid = _can_be_connected_to(httpx.URL(url))
    except httpx.InvalidURL:
        is_valid = False
    if not is_valid:
        raise ConfigurationError(
            f"base_url: {url[:100]!r} is not an address to connect to",
            hint="Give a URL such as https://api.example.com",
        )


def _can_be_connected_to(url: httpx.URL) -> bool:
    labels = url.raw_host.removesuffix(b".").split(b".")
    return (url.port or 0) <= _LARGEST_PORT and all(0 < len(label) <= _LONGEST_LABEL for label in labels)


def client_arguments(connection: ConnectionOptions) -> dict[str, Any]:
    """Return the arguments of an httpx client that connects so; raises ConfigurationError."""
    if connection.http2 and find_spec("h2") is None:
        raise ConfigurationError("http2: h2 is not installed", hint="pip install 'httpx[http2]'")
    return {
        "limits": httpx.Limits(**connection.limits._asdict()),
        "proxy": _proxy(connection.proxy),
        "http2": connection.http2,
        # Made once, because it takes some 20 ms, and the connections of every event loop can share it.
        "verify": httpx.create_ssl_context(),
        # The proxy is chosen by `settings.proxies`; `create_ssl_context` reads SSL_CERT_FILE and
        # SSL_CERT_DIR.
        "trust_env": False,
    }


def _proxy(url: str | None) -> httpx.Proxy | None:
    if url is None:
        return None
    try:
        proxy: httpx.Proxy | None = httpx.Proxy(url)
    except (TypeError, ValueError, httpx.InvalidURL):
        proxy = None
    if proxy is None or not _can_be_connected_to(proxy.url):
        # The URL may hold a password, so it is not shown.
        raise ConfigurationError(
            "proxy: is not the URL of an http, https or socks5 proxy",
            hint="Look at proxy=..., or at HTTPS_PROXY and ALL_PROXY in the environment",
        )
    if proxy.url.scheme.startswith("socks") and find_spec("socksio") is None:
        raise ConfigurationError("proxy: socksio is not installed", hint="pip install 'httpx[socks]'")
    return proxy


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
        body: httpx.SyncByteStream | httpx.AsyncByteStream,
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
            extensions={"timeout": request.timeout._asdict()},
        )
        outgoing.url = target  # httpx has made a plain copy of it
        return outgoing

    def _target(self, request: Request) -> httpx.URL:
        try:
            return self._parse_url(request.url)
        except (httpx.InvalidURL, UnicodeError) as error:
            reason = str(error)
        raise ArgumentError(f"{request.title}: its parameters make no URL: {reason}")


def failed_source(error: httpx.HTTPError) -> ArgumentError:
    """Return the error for a caller's iterator that failed, as one does that downloads through httpx.

    Without it, its failure would look like one of the connection.
    """
    return ArgumentError(f"a file's own source failed: {error!r}")


def failure_of(error: httpx.HTTPError, upload: UploadProgress) -> Failure:
    """Return what happened, from the exception that httpx raised.

    If the body's first byte was never asked for, the connection broke with the head at the latest (httpcore
    writes the head on its own, and the body after it), so the server cannot have had the request. Without a
    body this cannot be known.
    """
    _, kind, reason = next(row for row in _FAILURES if isinstance(error, row[0]))
    _drop_wire_frames(error)
    has_body = upload.payload is not None and upload.payload.size != 0
    if has_body and not upload.started and kind != "no connection":
        kind = "closed before the body"
    return Failure(kind, f"{reason} ({str(error) or type(error).__name__})", upload.sent)


def _drop_wire_frames(error: httpx.HTTPError) -> None:
    """Cut the tracebacks of an error and its causes where httpx hands over to httpcore.

    From there on frames have the raw headers in their locals, which error trackers collect: the key among
    them, or the password of a proxy.
    """
    cause: BaseException | None = error
    while cause is not None:
        cause.__traceback__ = _without_wire_frames(cause.__traceback__)
        cause = cause.__cause__ or cause.__context__


def _without_wire_frames(traceback: TracebackType | None) -> TracebackType | None:
    if traceback is None:
        return None
    package = str(traceback.tb_frame.f_globals.get("__name__")).partition(".")[0]
    if package in _WIRE_PACKAGES:
        return None
    traceback.tb_next = _without_wire_frames(traceback.tb_next)
    return traceback
