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
REFUSAL_SIZE = 1024 * 1024


def checked_client(given: object, kind: type[T]) -> T | None:
	if given is None or isinstance(given, kind):
		return given
	name = f"an httpx.{kind.__name__}"
	raise ConfigurationError(
		f"http_client: a value of type {type(given).__name__} is not {name}", hint=f"Give {name}, or leave it out"
	)


class Sending:
	def __init__(self, request: Request) -> None:
		self.payload = request.payload
		self._on_upload = request.on_upload
		self.started = False
		self.sent = 0

	def report(self) -> None:
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
			encoded = ("content-encoding", "content-length")
			self.headers = {name: value for name, value in self.headers.items() if name not in encoded}

	@property
	def is_success(self) -> bool:
		return 200 <= self.status_code < 300

	@property
	def delimited(self) -> bool:
		framed = self.headers.keys() & {"content-length", "transfer-encoding"}
		return bool(framed) or self._response.http_version == "HTTP/2"

	@property
	def bytes_sent(self) -> int:
		return self._sending.sent

	async def read(self) -> bytes:
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
		except BaseException:
			self._next = _given_up
			await self.aclose()
			raise

	def _begin(self) -> Intake:
		if self.is_success:
			intake = Intake(self.headers, self._guard)
		else:
			headers = {name: value for name, value in self.headers.items() if name != "content-length"}
			intake = Intake(headers, Guard(REFUSAL_SIZE))
		self._intake = intake
		self._source = self._open()
		return intake

	def _open(self) -> Any:
		response = self._response
		return iter(response.iter_bytes() if response.is_stream_consumed else cast("Iterable[bytes]", response.stream))

	async def aclose(self) -> None:
		self._response.close()


def _given_up(*_: object) -> None:
	raise Fault("broken off", "it was given up")


class _Direct:
	def __init__(self, connecting: Connecting) -> None:
		self.is_closed = False
		self._transport = httpx.HTTPTransport(**arguments(connecting))

	def send(self, request: httpx.Request, **_: object) -> httpx.Response:
		response = self._transport.handle_request(request)
		response.request = request
		return response

	def close(self) -> None:
		self.is_closed = True
		self._transport.close()


class BaseTransport:
	def __init__(self, client: httpx.Client | httpx.AsyncClient | None, user_agent: str) -> None:
		settle_allocator()
		self._build = RequestBuilder(client, user_agent)

	async def _send(self, own: Any, request: Request, secret: Secret, body: Any) -> httpx.Response:
		if own.is_closed:
			raise Closed
		outgoing = self._build(request, secret, body)
		try:
			sent = own.send(outgoing, stream=True, auth=None, follow_redirects=False)
			response: httpx.Response = sent if isinstance(sent, httpx.Response) else await sent
		except httpx.HTTPStatusError as error:
			return error.response
		except httpx.HTTPError as error:
			raise fault_of(error, body) from error
		except ArgumentError as error:
			raise Fault("broken off", error.message, body.sent) from error
		except Exception as error:
			if body.sent:
				told = f"{request.title}: {body.sent} bytes sent; it may have been carried out and billed"
				error.add_note(told)
			raise
		return response


class Transport(BaseTransport):
	def __init__(self, given: object, user_agent: str, connecting: Connecting) -> None:
		client = checked_client(given, httpx.Client)
		super().__init__(client, user_agent)
		self._owned = client is None
		self._own: _Direct | httpx.Client = client or _Direct(connecting)

	async def send(self, request: Request, secret: Secret) -> Answer:
		body = _SyncBody(request)
		return Answer(await self._send(self._own, request, secret, body), body, request.guard)

	async def aclose(self) -> None:
		if self._owned:
			self._own.close()


def settle_allocator() -> None:
	bytes(1024 * 1024)


def check_url(url: str) -> None:
	try:
		known = _can_be_dialled(httpx.URL(url))
	except httpx.InvalidURL:
		known = False
	if not known:
		raise ConfigurationError(
			f"base_url: {url[:100]!r} is no address to connect to", hint="Give a URL such as https://api.example.com"
		)


def _can_be_dialled(url: httpx.URL) -> bool:
	return (url.port or 0) < 65536 and all(0 < len(label) < 64 for label in url.raw_host.removesuffix(b".").split(b"."))


def arguments(connecting: Connecting) -> dict[str, Any]:
	if connecting.http2 and _lacks("h2"):
		raise ConfigurationError("http2: h2 is not installed", hint="pip install 'httpx[http2]'")
	try:
		proxy = None if connecting.proxy is None else httpx.Proxy(connecting.proxy)
		known = proxy is None or _can_be_dialled(proxy.url)
	except (TypeError, ValueError, httpx.InvalidURL):
		known, proxy = False, None
	if not known:
		raise ConfigurationError(
			"proxy: is not the URL of an http, https or socks5 proxy",
			hint="Look at proxy=..., or at HTTPS_PROXY and its kin in the environment",
		)
	if proxy is not None and proxy.url.scheme.startswith("socks") and _lacks("socksio"):
		raise ConfigurationError("proxy: socksio is not installed", hint="pip install 'httpx[socks]'")
	limits = httpx.Limits(**connecting.limits._asdict())
	verify = httpx.create_ssl_context()
	return {"limits": limits, "proxy": proxy, "http2": connecting.http2, "verify": verify}


def _lacks(module: str) -> bool:
	from importlib.util import find_spec

	return find_spec(module) is None


class RequestBuilder:
	def __init__(self, client: httpx.Client | httpx.AsyncClient | None, user_agent: str) -> None:
		client_headers = httpx.Headers() if client is None else client.headers
		agent = client_headers.get("user-agent", "")
		if not agent or agent.startswith("python-httpx/"):
			agent = user_agent
		kept = [pair for pair in client_headers.items() if pair[0] not in OWN_HEADERS]
		plain = client_headers.get("accept-encoding") == "identity"
		kept.append(("Accept-Encoding", "identity" if plain else "gzip, deflate"))
		kept.append(("User-Agent", agent))
		self._common = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in kept]
		self._url: Callable[[str], httpx.URL] = lru_cache(maxsize=64)(httpx.URL)

	def __call__(
		self, request: Request, secret: Secret, body: httpx.SyncByteStream | httpx.AsyncByteStream
	) -> httpx.Request:
		target = self._target(request)
		url, given = present(request, secret)
		if url != request.url:
			target = self._url(url)
		headers: Any = [(b"Host", target.netloc), *self._common, *given, *request.framing]
		extensions = {"timeout": request.timeout._asdict()}
		return httpx.Request(request.operation.method, target, headers=headers, stream=body, extensions=extensions)

	def _target(self, request: Request) -> httpx.URL:
		try:
			return self._url(request.url)
		except (httpx.InvalidURL, UnicodeError) as error:
			reason = str(error)
		raise ArgumentError(f"{request.title}: its parameters make no URL: {reason}")


def failed_source(error: httpx.HTTPError) -> ArgumentError:
	return ArgumentError(f"a file's own source failed: {error!r}")


def fault_of(error: httpx.HTTPError, sending: Sending) -> Fault:
	_, happening, words = next(row for row in _HAPPENINGS if isinstance(error, row[0]))
	cause: BaseException | None = error
	while cause is not None:
		cause.__traceback__ = None
		cause = cause.__cause__ or cause.__context__
	unbegun = sending.payload is not None and sending.payload.size != 0 and not sending.started
	if unbegun and happening != "no connection":
		happening = "closed before the body"
	return Fault(happening, f"{words} ({str(error) or type(error).__name__})", sending.sent)
