"""The seam to httpx: a request goes in, an answer or a Fault comes out. Nothing else knows httpx."""

from collections.abc import Callable, Generator, Iterator, Mapping
from functools import lru_cache
from io import BytesIO

import httpx

from .credentials import Credentials
from .faults import Closed, Fault
from .payload import Payload
from .request import Request

# Shorter than the idle time after which servers and balancers close (5 to 60 s are common, nginx 75):
# a connection that closes under a request leaves its outcome unknown.
LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=15.0)

_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
# Headers of a caller's client that each request settles anew; the others, such as a proxy's, are kept.
_OWN_HEADERS = frozenset(
    {
        "accept",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "host",
        "transfer-encoding",
        "user-agent",
    }
)


class Sending:
    """How far the body of one attempt has got; `started` as soon as its first byte is asked for."""

    __slots__ = ("payload", "sent", "started")

    def __init__(self, payload: Payload | None) -> None:
        self.payload = payload
        self.started = False
        self.sent = 0


class _SyncBody(Sending, httpx.SyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        self.started = True
        if self.payload is not None:
            for chunk in self.payload.chunks():
                yield chunk
                self.sent += len(chunk)


class Answer:
    """The head of an answer, and its body to be read or streamed. Every use ends with `close`."""

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

    def read(self) -> bytes:
        """Read the body; raises Fault if a success cannot be had whole. A refusal counts without it."""
        # Unlike a list that is joined in the end, this never holds the body twice.
        content = BytesIO()
        try:
            for chunk in self._response.iter_bytes():
                content.write(chunk)
            return content.getvalue()
        except httpx.HTTPError as error:
            if not self.is_success:
                return b""
            raise fault_of(error, self._sending) from error
        finally:
            self._response.close()

    def chunks(self) -> Generator[bytes, None, None]:
        """Give the body as it comes; raises Fault if it breaks off."""
        try:
            yield from self._response.iter_bytes()
        except httpx.HTTPError as error:
            raise fault_of(error, self._sending) from error

    def close(self) -> None:
        """Give up what was not read, and the connection with it."""
        self._response.close()


class Transport:
    """Sends through the caller's httpx.Client, or through one of its own that it closes."""

    def __init__(self, client: httpx.Client | None, user_agent: str) -> None:
        self._owned = client is None
        self._client = httpx.Client(limits=LIMITS, follow_redirects=False) if client is None else client
        self._build = RequestBuilder(self._client.headers, user_agent)

    def send(self, request: Request, credentials: Credentials) -> Answer:
        """Send once and read the head of the answer; raises Fault, or Closed."""
        if self._client.is_closed:
            raise Closed
        body = _SyncBody(request.payload)
        outgoing = self._build(request, credentials, body)
        try:
            response = self._client.send(outgoing, stream=True, auth=None, follow_redirects=False)
        except httpx.HTTPError as error:
            raise fault_of(error, body) from error
        return Answer(response, body)

    def close(self) -> None:
        """Close the connections, unless the client was the caller's."""
        if self._owned:
            self._client.close()


class RequestBuilder:
    """Builds httpx requests directly: `Client.build_request` costs more than all the rest of a call."""

    __slots__ = ("_common", "_url")

    def __init__(self, client_headers: httpx.Headers, user_agent: str) -> None:
        agent = client_headers.get("user-agent", "")
        if not agent or agent.startswith("python-httpx/"):
            agent = user_agent
        kept = [pair for pair in client_headers.items() if pair[0] not in _OWN_HEADERS]
        # Bytes, because httpx would encode each again for every request.
        self._common = [_encoded(pair) for pair in [*kept, ("User-Agent", agent)]]
        self._url: Callable[[str], httpx.URL] = lru_cache(maxsize=64)(httpx.URL)

    def __call__(
        self,
        request: Request,
        credentials: Credentials,
        body: httpx.SyncByteStream | httpx.AsyncByteStream,
    ) -> httpx.Request:
        """Build one request; the body's length and type come from its payload."""
        url = request.url
        if credentials.query:
            url += ("&" if "?" in url else "?") + credentials.query
        target = self._url(url)
        headers = [(b"Host", target.netloc), *self._common, *map(_encoded, request.headers)]
        headers += map(_encoded, credentials.headers)
        headers += map(_encoded, _framing(request))
        extensions = {"timeout": request.timeout._asdict()}
        return httpx.Request(
            request.operation.method, target, headers=headers, stream=body, extensions=extensions
        )


def _encoded(pair: tuple[str, str]) -> tuple[bytes, bytes]:
    return pair[0].encode("latin-1"), pair[1].encode("latin-1")


def _framing(request: Request) -> list[tuple[str, str]]:
    payload = request.payload
    if payload is None:
        return [("Content-Length", "0")] if request.operation.method in ("POST", "PUT", "PATCH") else []
    if payload.size is None:
        return [("Content-Type", payload.content_type), ("Transfer-Encoding", "chunked")]
    return [("Content-Type", payload.content_type), ("Content-Length", str(payload.size))]


def fault_of(error: httpx.HTTPError, sending: Sending) -> Fault:
    """Judge what httpx reports.

    If the body's first byte was never asked for, the connection broke with the head at the latest (httpcore
    writes the head on its own, and the body after it), so the server cannot have had the request. Without a
    body there is no telling.
    """
    unbegun = sending.payload is not None and sending.payload.size != 0 and not sending.started
    never_sent = isinstance(error, _NEVER_SENT) or unbegun
    return Fault("not sent" if never_sent else "unknown", _describe(error), sending.sent)


def _describe(error: httpx.HTTPError) -> str:
    kinds: tuple[tuple[type[httpx.HTTPError], str], ...] = (
        (httpx.ConnectTimeout, "no connection in time"),
        (httpx.PoolTimeout, "no free connection in time"),
        (httpx.WriteTimeout, "the server stopped taking the request"),
        (httpx.ReadTimeout, "no answer in time"),
        (httpx.ConnectError, "no connection"),
        (httpx.DecodingError, "the answer's content encoding is broken"),
    )
    text = str(error) or type(error).__name__
    for kind, words in kinds:
        if isinstance(error, kind):
            return f"{words} ({text})"
    return f"the connection broke ({text})"
