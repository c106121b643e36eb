import base64
import os
from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn
from urllib.parse import SplitResult, quote, urlsplit

from .errors import ConfigurationError
from .plan import Settings
from .request import Headers, Request


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
        return text.replace(key, "[redacted]") if key else text

    def redact_bytes(self, content: bytes) -> bytes:
        key = self.reveal().encode()
        return content.replace(key, b"[redacted]") if key else content


def present(request: Request, secret: Secret) -> tuple[str, Headers]:
    key = secret.reveal()
    if not request.operation.security or not key:
        return request.url, request.headers
    if request.operation.security[0].kind == "basic":
        key = base64.b64encode(key.encode()).decode()
    return with_key(request, key)


def with_key(request: Request, key: str) -> tuple[str, Headers]:
    url, headers, scheme = request.url, request.headers, request.operation.security[0]
    if scheme.location == "query":
        return (
            f"{url}{'&' if '?' in url else '?'}{quote(scheme.name, safe='')}={quote(key, safe='')}",
            headers,
        )
    if scheme.location == "cookie":
        cookies = [value for name, value in headers if name == "Cookie"]
        kept = tuple(pair for pair in headers if pair[0] != "Cookie")
        return url, (*kept, ("Cookie", "; ".join([*cookies, f"{scheme.name}={key}"])))
    before = {"bearer": "Bearer ", "basic": "Basic "}.get(scheme.kind, "")
    return url, (*headers, (scheme.name, before + key))


class Config(NamedTuple):
    base_url: str
    key: Secret


def configure(settings: Settings, api_key: str | None, base_url: str | None) -> Config:
    _check_text("api_key", api_key)
    _check_text("base_url", base_url)
    key = _key(settings, api_key)
    url = _base_url(settings, base_url).geturl()
    check_encrypted(url, key)
    return Config(url.rstrip("/"), key)


def check_encrypted(url: str, key: Secret) -> None:
    split = urlsplit(url)
    if key.reveal() and split.scheme == "http" and not is_loopback(split.hostname or ""):
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
            f"no API key: {source} is missing or empty",
            hint=f"Pass api_key=... or set {settings.key_variable}",
        )
    if not (text.isascii() and text.isprintable() and " " not in text):
        raise ConfigurationError(f"{source}: the key holds characters that no HTTP header may carry")
    return Secret(text)


def _base_url(settings: Settings, given: str | None) -> SplitResult:
    variable = os.environ.get(settings.base_url_variable, "").strip()
    text = given if given is not None else variable or next(iter(settings.servers), "")
    source = "base_url" if given is not None else settings.base_url_variable if variable else "base_url"
    hint = "Give a URL such as https://api.example.com"
    try:
        url = urlsplit(text.strip())
        known = url.scheme in ("http", "https") and bool(url.hostname) and (url.port or 1) > 0
    except ValueError:
        raise ConfigurationError(f"{source}: {text!r} is not a URL", hint=hint) from None
    if not known or not text.strip().isprintable() or " " in text.strip():
        raise ConfigurationError(f"{source}: {text!r} is not an http or https URL", hint=hint)
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
