import base64
import os
import re
from collections.abc import Callable
from typing import Any, NoReturn, cast
from urllib.parse import SplitResult, urlsplit

from .errors import ConfigurationError
from .plan import Plan, Settings
from .request import Headers, Request

_LONG = 8


class Secret:
	__slots__ = ("reveal",)

	reveal: Callable[[], str]

	def __init__(self, value: str) -> None:
		self.reveal = lambda: value

	def __repr__(self) -> str:
		return "Secret('**********')"

	def __format__(self, specification: str) -> str:
		return format(repr(self), specification)

	def __copy__(self) -> "Secret":
		return self

	def __deepcopy__(self, memo: dict[int, Any]) -> "Secret":
		return self

	def __reduce__(self) -> NoReturn:
		raise TypeError("a secret is not pickled: make the client anew in the other process")

	def redact(self, text: str) -> str:
		key = self.reveal()
		if not key or (key not in text and not ("/" in key and "\\/" in text)):
			return text
		pattern = re.escape(key).replace("/", r"\\?/")
		if len(key) < _LONG:
			pattern = rf"(?<!\w){pattern}(?!\w)"
		return re.sub(pattern, "[redacted]", text)

	def redact_json(self, data: object) -> object:
		try:
			if isinstance(data, str):
				return self.redact(data)
			if isinstance(data, list):
				return list(map(self.redact_json, cast("list[object]", data)))
			if isinstance(data, dict):
				members = cast("dict[str, object]", data).items()
				return {self.redact(name): self.redact_json(value) for name, value in members}
		except RecursionError:
			return "[redacted]"
		return data

	def redact_bytes(self, content: bytes) -> bytes:
		return self.redact(content.decode("latin-1")).encode("latin-1")


def present(request: Request, secret: Secret) -> tuple[str, Headers]:
	key = secret.reveal()
	if not request.operation.security or not key:
		return request.url, request.headers
	if request.operation.security[0].kind == "basic":
		key = base64.b64encode(key.encode()).decode()
	return with_key(request, key)


def with_key(request: Request, key: str) -> tuple[str, Headers]:
	scheme = request.operation.security[0]
	if scheme.put is not None:
		elsewhere: tuple[str, Headers] = scheme.put(request, scheme.name, key)
		return elsewhere
	before = {"bearer": "Bearer ", "basic": "Basic "}.get(scheme.kind, "")
	return request.url, (*request.headers, (scheme.name, before + key))


class Config(Plan):
	base_url: str
	key: Secret


def configure(settings: Settings, api_key: str | None, base_url: str | None) -> Config:
	_check_text("api_key", api_key)
	_check_text("base_url", base_url)
	key = _key(settings, api_key)
	url = _base_url(settings, base_url).geturl()
	check_encrypted(url, key)
	return Config(url.rstrip("/"), key)


def choose_proxy(given: str | None, config: Config) -> str | None:
	from urllib.request import getproxies, proxy_bypass

	url = urlsplit(config.base_url)
	if url.scheme == "http" and config.key.reveal():
		if given is not None:
			raise ConfigurationError(
				"proxy: would have the API key in clear, because base_url is not https",
				hint="Leave it out, or use https",
			)
		return None
	if given is not None:
		return given
	found = getproxies()
	proxy = found.get(url.scheme) or found.get("all")
	if not proxy or proxy_bypass(url.netloc):
		return None
	return proxy if "://" in proxy else f"http://{proxy}"


def check_encrypted(url: str, key: Secret, proxied: bool = False) -> None:
	split = urlsplit(url)
	if key.reveal() and split.scheme == "http" and (proxied or not is_loopback(split.hostname or "")):
		raise ConfigurationError(
			f"base_url: {url} would send the API key unencrypted",
			hint="Use https, or a loopback address such as http://127.0.0.1:8080",
		)


def _check_text(name: str, given: object) -> None:
	if given is not None and not isinstance(given, str):
		raise ConfigurationError(f"{name}: a value of type {type(given).__name__} is not a str")


def _key(settings: Settings, given: str | None) -> Secret:
	source = "api_key" if given is not None else f"the environment variable {settings.key_variable}"
	text = given if given is not None else os.environ.get(settings.key_variable, "")
	text = text.strip()
	if not text and not settings.key_variable:
		return Secret("")
	if not text:
		raise ConfigurationError(
			f"no API key: {source} is missing or empty", hint=f"Pass api_key=... or set {settings.key_variable}"
		)
	if not (text.isascii() and text.isprintable() and " " not in text):
		raise ConfigurationError(f"{source}: the key holds characters that no HTTP header may carry")
	return Secret(text)


def _base_url(settings: Settings, given: str | None) -> SplitResult:
	variable = os.environ.get(settings.base_url_variable, "").strip()
	text = (given if given is not None else variable or next(iter(settings.servers), "")).strip()
	source = settings.base_url_variable if variable and given is None else "base_url"
	hint = "Give a URL such as https://api.example.com"
	shown = "what was given" if "@" in text else repr(text)
	try:
		url = urlsplit(text)
		known = url.scheme in ("http", "https") and bool(url.hostname) and (url.port or 1) > 0
	except ValueError:
		raise ConfigurationError(f"{source}: {shown} is not a URL", hint=hint) from None
	if not known or not text.isprintable() or " " in text:
		raise ConfigurationError(f"{source}: {shown} is not an http or https URL", hint=hint)
	if url.query or url.fragment or url.username is not None:
		raise ConfigurationError(f"{source}: must hold no user, query or fragment", hint=hint)
	return url


def is_loopback(host: str) -> bool:
	if host == "localhost" or host.endswith(".localhost"):
		return True
	import ipaddress

	try:
		return ipaddress.ip_address(host).is_loopback
	except ValueError:
		return False
