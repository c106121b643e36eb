from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from typing import Any, cast
from urllib.request import getproxies

import httpx

from .credentials import Credentials
from .errors import ConfigurationError
from .faults import Closed, Fault
from .guard import Guard, Intake
from .options import Connecting
from .request import Request
from .retries import Happening

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
OWN_HEADERS = httpx.Headers({"Accept-Encoding": "gzip, deflate"})
REFUSAL_SIZE = 1024 * 1024
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


def check_client(given: object, *, asynchronous: bool = False) -> None:
    kind = httpx.AsyncClient if asynchronous else httpx.Client
    if given is not None and not isinstance(given, kind):
        raise ConfigurationError(
            f"http_client: a value of type {type(given).__name__} is not an httpx.{kind.__name__}",
            hint=f"Give an httpx.{kind.__name__}, or leave it out",
        )


class Sending:
    __slots__ = ("_on_upload", "payload", "sent", "started")

    def __init__(self, request: Request) -> None:
        self.payload = request.payload
        self._on_upload = request.on_upload
        self.started = False
        self.sent = 0

    def count(self, chunk: bytes) -> bytes:
        self.sent += len(chunk)
        return chunk

    def report(self) -> None:
        if self._on_upload is not None and self.payload is not None:
            self._on_upload(self.sent, self.payload.size)


class _SyncBody(Sending, httpx.SyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        self.started = True
        if self.payload is not None:
            for chunk in self.payload.chunks():
                yield self.count(chunk)
                self.report()


class BaseAnswer:
    __slots__ = ("_guard", "_response", "_sending", "headers", "status_code")

    def __init__(self, response: httpx.Response, sending: Sending, guard: Guard) -> None:
        self._response = response
        self._sending = sending
        self._guard = guard
        self.status_code = response.status_code
        self.headers: Mapping[str, str] = dict(response.headers.items())

    @property
    def is_success(self) -> bool:
        return 200 <= self.status_code < 300

    @property
    def bytes_sent(self) -> int:
        return self._sending.sent

    def _intake(self) -> Intake:
        if self.is_success:
            return Intake(self.headers, self._guard)
        headers = {name: value for name, value in self.headers.items() if name != "content-length"}
        return Intake(headers, Guard(REFUSAL_SIZE))


class Answer(BaseAnswer):
    __slots__ = ()

    def read(self) -> bytes:
        content = BytesIO()
        try:
            for chunk in self.chunks():
                content.write(chunk)
        except Fault:
            if self.is_success:
                raise
        finally:
            self._response.close()
        return content.getvalue()

    def chunks(self) -> Generator[bytes, None, None]:
        response = self._response
        try:
            intake = self._intake()
            if intake.foreign or response.is_stream_consumed:
                for chunk in response.iter_bytes():
                    intake.taken = max(intake.taken, response.num_bytes_downloaded)
                    yield intake.count(chunk)
                return
            for data in cast("Iterable[bytes]", response.stream):
                yield from intake.take(data)
            intake.end()
        except httpx.HTTPError as error:
            raise fault_of(error, self._sending) from error
        except Fault as fault:
            fault.bytes_sent = self._sending.sent
            raise

    def close(self) -> None:
        self._response.close()


class _Direct:
    def __init__(self, connecting: Connecting) -> None:
        self.is_closed = False
        self._transport = httpx.HTTPTransport(**arguments(connecting))

    def send(self, request: httpx.Request) -> httpx.Response:
        response = self._transport.handle_request(request)
        response.request = request
        return response

    def close(self) -> None:
        self.is_closed = True
        self._transport.close()


class Transport:
    def __init__(
        self,
        client: httpx.Client | None,
        user_agent: str,
        connecting: Connecting = Connecting(),
    ) -> None:
        settle_allocator()
        self._owned = client is None
        self._own: _Direct | httpx.Client = client or _own_client(connecting)
        self._build = RequestBuilder(OWN_HEADERS if client is None else client.headers, user_agent)

    def send(self, request: Request, credentials: Credentials) -> Answer:
        own = self._own
        if own.is_closed:
            raise Closed
        body = _SyncBody(request)
        outgoing = self._build(request, credentials, body)
        try:
            if isinstance(own, _Direct):
                response = own.send(outgoing)
            else:
                response = own.send(outgoing, stream=True, auth=None, follow_redirects=False)
        except httpx.HTTPError as error:
            raise fault_of(error, body) from error
        return Answer(response, body, request.guard)

    def close(self) -> None:
        if self._owned:
            self._own.close()


def _own_client(connecting: Connecting) -> _Direct | httpx.Client:
    if needs_client(connecting):
        return httpx.Client(**arguments(connecting), follow_redirects=False)
    return _Direct(connecting)


def settle_allocator() -> None:
    bytes(1024 * 1024)


def needs_client(connecting: Connecting) -> bool:
    return connecting.proxy is None and bool(getproxies().keys() & {"http", "https", "all"})


def arguments(connecting: Connecting) -> dict[str, Any]:
    if connecting.http2 and find_spec("h2") is None:
        raise ConfigurationError("http2: h2 is not installed", hint="pip install 'httpx[http2]'")
    try:
        proxy = None if connecting.proxy is None else httpx.Proxy(connecting.proxy)
    except (ValueError, httpx.InvalidURL):
        raise ConfigurationError("proxy: is not the URL of an http, https or socks5 proxy") from None
    limits = httpx.Limits(**connecting.limits._asdict())
    verify = httpx.create_ssl_context()
    return {"limits": limits, "proxy": proxy, "http2": connecting.http2, "verify": verify}


class RequestBuilder:
    __slots__ = ("_common", "_url")

    def __init__(self, client_headers: httpx.Headers, user_agent: str) -> None:
        agent = client_headers.get("user-agent", "")
        if not agent or agent.startswith("python-httpx/"):
            agent = user_agent
        kept = [pair for pair in client_headers.items() if pair[0] not in _OWN_HEADERS]
        self._common = [_encoded(pair) for pair in [*kept, ("User-Agent", agent)]]
        self._url: Callable[[str], httpx.URL] = lru_cache(maxsize=64)(httpx.URL)

    def __call__(
        self,
        request: Request,
        credentials: Credentials,
        body: httpx.SyncByteStream | httpx.AsyncByteStream,
    ) -> httpx.Request:
        url = request.url
        if credentials.query:
            url += ("&" if "?" in url else "?") + credentials.query
        target = self._url(url)
        headers = [(b"Host", target.netloc), *self._common]
        headers += map(_encoded, with_key(request.headers, credentials))
        headers += map(_encoded, framing(request))
        extensions = {"timeout": request.timeout._asdict()}
        return httpx.Request(
            request.operation.method, target, headers=headers, stream=body, extensions=extensions
        )


def _encoded(pair: tuple[str, str]) -> tuple[bytes, bytes]:
    return pair[0].encode("latin-1"), pair[1].encode("latin-1")


def with_key(headers: tuple[tuple[str, str], ...], credentials: Credentials) -> tuple[tuple[str, str], ...]:
    if credentials.headers and credentials.headers[0][0] == "Cookie":
        cookies = [value for name, value in (*headers, *credentials.headers) if name == "Cookie"]
        return (*(pair for pair in headers if pair[0] != "Cookie"), ("Cookie", "; ".join(cookies)))
    return headers + credentials.headers


def framing(request: Request) -> list[tuple[str, str]]:
    payload = request.payload
    if payload is None:
        return [("Content-Length", "0")] if request.operation.method in ("POST", "PUT", "PATCH") else []
    if payload.size is None:
        return [("Content-Type", payload.content_type), ("Transfer-Encoding", "chunked")]
    return [("Content-Type", payload.content_type), ("Content-Length", str(payload.size))]


def fault_of(error: httpx.HTTPError, sending: Sending) -> Fault:
    _, happening, words = next(row for row in _HAPPENINGS if isinstance(error, row[0]))
    unbegun = sending.payload is not None and sending.payload.size != 0 and not sending.started
    if unbegun and happening != "no connection":
        happening = "closed before the body"
    return Fault(happening, f"{words} ({str(error) or type(error).__name__})", sending.sent)
