"""The seam to httpx: a request goes in, an answer or a Fault comes out. Nothing else knows httpx."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any, TypeVar, cast

import httpx

from .config import Secret, present
from .errors import ArgumentError, ConfigurationError
from .guard import Guard, Intake
from .options import OWN_HEADERS, Connecting
from .request import Request
from .retries import Closed, Fault, Happening

T = TypeVar("T", httpx.Client, httpx.AsyncClient)

# What each exception of httpx says; the first that fits counts.
_HAPPENINGS: tuple[tuple[type[httpx.HTTPError], Happening, str], ...] = (
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
# Of a refusal no more than this is kept: it is a message, whatever its size.
REFUSAL_SIZE = 1024 * 1024


def checked_client(given: object, kind: type[T]) -> T | None:
    """Give the caller's client; raises ConfigurationError for one that is not of httpx's `kind`."""
    if given is None or isinstance(given, kind):
        return given
    name = f"an httpx.{kind.__name__}"
    raise ConfigurationError(
        f"http_client: a value of type {type(given).__name__} is not {name}",
        hint=f"Give {name}, or leave it out",
    )


class Sending:
    """How far the body of one attempt has got; `started` as soon as its first byte is asked for.

    `sent` counts a chunk when it is handed over: a connection that breaks does not tell how much of it went,
    and a server that may have had the request must not look like one that had nothing.
    """

    def __init__(self, request: Request) -> None:
        self.payload = request.payload
        self._on_upload = request.on_upload
        self.started = False
        self.sent = 0

    def report(self) -> None:
        """Tell who watches that all chunks so far have gone."""
        if self._on_upload is not None and self.payload is not None:
            self._on_upload(self.sent, self.payload.size)


class _SyncBody(Sending, httpx.SyncByteStream):
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

    A coroutine where threads could do without, so that `transport_async` has little to say.
    """

    _waits = False
    _next: Any = next

    def __init__(self, response: httpx.Response, sending: Sending, guard: Guard) -> None:
        self._response = response
        self._sending = sending
        self._guard = guard
        self._intake: Intake | None = None
        self._pieces: Iterator[bytes] = iter(())
        self._source: Any = None
        self.status_code = response.status_code
        self.headers: Mapping[str, str] = dict(response.headers.items())
        if response.is_stream_consumed and "content-encoding" in self.headers:
            # A hook of the caller's client has read it, and httpx undone the encoding.
            encoded = ("content-encoding", "content-length")
            self.headers = {name: value for name, value in self.headers.items() if name not in encoded}

    @property
    def is_success(self) -> bool:
        """Whether the status is one of the 2xx."""
        return 200 <= self.status_code < 300

    @property
    def delimited(self) -> bool:
        """Whether the body's end differs from that of a connection which broke (RFC 9112, 6.3)."""
        framed = self.headers.keys() & {"content-length", "transfer-encoding"}
        return bool(framed) or self._response.http_version == "HTTP/2"

    @property
    def bytes_sent(self) -> int:
        """The bytes of the request's body that were taken."""
        return self._sending.sent

    async def read(self) -> bytes:
        """Read the body; raises Fault if a success cannot be had whole. Of a refusal what came counts."""
        # Unlike a list that is joined in the end, this never holds the body twice.
        content = BytesIO()
        try:
            while (chunk := await self.chunk()) is not None:
                if isinstance(chunk, Fault):
                    if self.is_success:
                        raise chunk
                    break
                content.write(chunk)
        finally:
            await self.aclose()
        return content.getvalue()

    async def chunk(self) -> bytes | Fault | None:
        """Give what comes next: None at the end, and the fault if the body breaks off, or is too much."""
        try:
            intake = self._intake or self._begin()
            while (content := next(self._pieces, None)) is None:
                coming = self._next(self._source, None)
                data: bytes | None = await coming if self._waits else coming
                if data is None:
                    intake.end()
                    return None
                if intake.plain:
                    return data
                self._pieces = intake.take(data)
            return content
        except httpx.HTTPError as error:
            fault = fault_of(error, self._sending)
            fault.__cause__ = error
            return fault
        except Fault as fault:
            fault.bytes_sent = self._sending.sent
            return fault
        except BaseException:  # a cancellation, in most cases
            self._next = _given_up
            await self.aclose()
            raise

    def _begin(self) -> Intake:
        if self.is_success:
            intake = Intake(self.headers, self._guard)
        else:
            # Its start is what counts, however long it says to be.
            headers = {name: value for name, value in self.headers.items() if name != "content-length"}
            intake = Intake(headers, Guard(REFUSAL_SIZE))
        self._intake = intake
        self._source = self._open()
        return intake

    def _open(self) -> Any:
        # Not `iter_raw`, which costs time with each piece.
        response = self._response
        return iter(
            response.iter_bytes() if response.is_stream_consumed else cast("Iterable[bytes]", response.stream)
        )

    async def aclose(self) -> None:
        """Give up what was not read, and the connection with it."""
        self._response.close()


def _given_up(*_: object) -> None:
    raise Fault("broken off", "it was given up")


class _Direct:
    """An httpx transport without the client around it, whose cookie jar alone costs a quarter of a call."""

    def __init__(self, connecting: Connecting) -> None:
        self.is_closed = False
        self._transport = httpx.HTTPTransport(**arguments(connecting))

    def send(self, request: httpx.Request, **_: object) -> httpx.Response:
        """Send once and read the head of the answer."""
        response = self._transport.handle_request(request)
        response.request = request
        return response

    def close(self) -> None:
        """Close the connections."""
        self.is_closed = True
        self._transport.close()


class BaseTransport:
    """What is the same for threads and for asyncio; `client` is the caller's.

    No redirect is followed, whatever it points to: the key never goes where the caller did not send it.
    """

    def __init__(self, client: httpx.Client | httpx.AsyncClient | None, user_agent: str) -> None:
        settle_allocator()
        self._build = RequestBuilder(client, user_agent)

    async def _send(self, own: Any, request: Request, secret: Secret, body: Any) -> httpx.Response:
        """Send once and read the head of the answer; raises Fault, or Closed."""
        if own.is_closed:
            raise Closed
        outgoing = self._build(request, secret, body)
        try:
            sent = own.send(outgoing, stream=True, auth=None, follow_redirects=False)
            response: httpx.Response = sent if isinstance(sent, httpx.Response) else await sent
        except httpx.HTTPStatusError as error:  # a hook of the caller's client has judged it
            return error.response
        except httpx.HTTPError as error:
            raise fault_of(error, body) from error
        except ArgumentError as error:  # of a file that fails while it is sent
            raise Fault("broken off", error.message, body.sent) from error
        except Exception as error:  # the caller's own, of an iterator: it may be waited for
            if body.sent:
                told = f"{request.title}: {body.sent} bytes sent; it may have been carried out and billed"
                error.add_note(told)
            raise
        return response


class Transport(BaseTransport):
    """Sends through the caller's httpx.Client, or through connections of its own that it closes."""

    def __init__(self, given: object, user_agent: str, connecting: Connecting) -> None:
        client = checked_client(given, httpx.Client)
        super().__init__(client, user_agent)
        self._owned = client is None
        self._own: _Direct | httpx.Client = client or _Direct(connecting)

    async def send(self, request: Request, secret: Secret) -> Answer:
        """Send once and read the head of the answer; raises Fault, or Closed."""
        body = _SyncBody(request)
        return Answer(await self._send(self._own, request, secret, body), body, request.guard)

    async def aclose(self) -> None:
        """Close the connections, unless the client was the caller's."""
        if self._owned:
            self._own.close()


def settle_allocator() -> None:
    """Have glibc keep the memory of one large read for the next.

    It does once something larger was freed (mallopt(3), M_MMAP_THRESHOLD); before that it costs a fault for
    each page, and 200 MB from an iterator take twice as long.
    """
    bytes(1024 * 1024)


def check_url(url: str) -> None:
    """Raise ConfigurationError for a base URL that no connection can be made to."""
    try:
        known = _can_be_dialled(httpx.URL(url))
    except httpx.InvalidURL:
        known = False
    if not known:
        raise ConfigurationError(
            f"base_url: {url[:100]!r} is no address to connect to",
            hint="Give a URL such as https://api.example.com",
        )


def _can_be_dialled(url: httpx.URL) -> bool:
    """Tell whether the port is one, and the host's labels are as long as they may be (RFC 1035, 2.3.4)."""
    return (url.port or 0) < 65536 and all(
        0 < len(label) < 64 for label in url.raw_host.removesuffix(b".").split(b".")
    )


def arguments(connecting: Connecting) -> dict[str, Any]:
    """Say to httpx how to connect; raises ConfigurationError for what it cannot do."""
    if connecting.http2 and _lacks("h2"):
        raise ConfigurationError("http2: h2 is not installed", hint="pip install 'httpx[http2]'")
    try:
        proxy = None if connecting.proxy is None else httpx.Proxy(connecting.proxy)
        known = proxy is None or _can_be_dialled(proxy.url)
    except (TypeError, ValueError, httpx.InvalidURL):
        known, proxy = False, None
    if not known:
        # The URL may hold a password, so it is not shown.
        raise ConfigurationError(
            "proxy: is not the URL of an http, https or socks5 proxy",
            hint="Look at proxy=..., or at HTTPS_PROXY and its kin in the environment",
        )
    if proxy is not None and proxy.url.scheme.startswith("socks") and _lacks("socksio"):
        raise ConfigurationError("proxy: socksio is not installed", hint="pip install 'httpx[socks]'")
    limits = httpx.Limits(**connecting.limits._asdict())
    # Made here, once: it takes some 20 ms, and connections of every event loop can share it.
    verify = httpx.create_ssl_context()
    return {"limits": limits, "proxy": proxy, "http2": connecting.http2, "verify": verify}


def _lacks(module: str) -> bool:
    from importlib.util import find_spec  # which most clients never ask

    return find_spec(module) is None


class RequestBuilder:
    """Builds httpx requests directly: `Client.build_request` costs more than all the rest of a call."""

    def __init__(self, client: httpx.Client | httpx.AsyncClient | None, user_agent: str) -> None:
        client_headers = httpx.Headers() if client is None else client.headers
        agent = client_headers.get("user-agent", "")
        if not agent or agent.startswith("python-httpx/"):
            agent = user_agent
        # Others of a caller's client, such as a proxy's, are kept.
        kept = [pair for pair in client_headers.items() if pair[0] not in OWN_HEADERS]
        plain = client_headers.get("accept-encoding") == "identity"
        kept.append(("Accept-Encoding", "identity" if plain else "gzip, deflate"))  # what `guard` undoes
        # Bytes, because httpx would encode each again for every request.
        kept.append(("User-Agent", agent))
        self._common = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in kept]
        self._url: Callable[[str], httpx.URL] = lru_cache(maxsize=64)(httpx.URL)

    def __call__(
        self,
        request: Request,
        secret: Secret,
        body: httpx.SyncByteStream | httpx.AsyncByteStream,
    ) -> httpx.Request:
        """Build one request; the body's length and type come from its payload."""
        target = self._target(request)
        url, given = present(request, secret)
        if url != request.url:  # the key is in the query
            target = self._url(url)
        headers: Any = [(b"Host", target.netloc), *self._common, *given, *request.framing]
        extensions = {"timeout": request.timeout._asdict()}
        return httpx.Request(
            request.operation.method, target, headers=headers, stream=body, extensions=extensions
        )

    def _target(self, request: Request) -> httpx.URL:
        try:
            return self._url(request.url)
        except (httpx.InvalidURL, UnicodeError) as error:
            reason = str(error)
        raise ArgumentError(f"{request.title}: its parameters make no URL: {reason}")


def failed_source(error: httpx.HTTPError) -> ArgumentError:
    """Tell what a caller's iterator raised, one that downloads say, from what the connection raises."""
    return ArgumentError(f"a file's own source failed: {error!r}")


def fault_of(error: httpx.HTTPError, sending: Sending) -> Fault:
    """Say what happened, from what httpx reports.

    If the body's first byte was never asked for, the connection broke with the head at the latest (httpcore
    writes the head on its own, and the body after it), so the server cannot have had the request. Without a
    body there is no telling.
    """
    _, happening, words = next(row for row in _HAPPENINGS if isinstance(error, row[0]))
    cause: BaseException | None = error
    while cause is not None:
        cause.__traceback__ = None  # frames not ours, whose locals are headers with keys and passwords
        cause = cause.__cause__ or cause.__context__
    unbegun = sending.payload is not None and sending.payload.size != 0 and not sending.started
    if unbegun and happening != "no connection":
        happening = "closed before the body"
    return Fault(happening, f"{words} ({str(error) or type(error).__name__})", sending.sent)
