"""Strikes keys out of an archive while it is read: what headers, cookies, queries and bodies name as keys."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from attrs import evolve, frozen

from eigen_contract.exchange import Exchange, Headers
from eigen_contract.recording.following import decoded
from eigen_contract.redaction import HIDDEN, Redaction
from eigen_contract.shapes import items, members
from eigen_contract.tape.forms import parts_of
from eigen_contract.tape.secrets import SECRET, SECRET_HEADERS

LEAST = 8
"""Characters of the shortest value that is taken for a key by its name; a shorter one is in other words."""
SECRET_NAMES = frozenset(
    {
        "access_token",
        "api-key",
        "api_key",
        "apikey",
        "auth",
        "authorization",
        "client_secret",
        "key",
        "password",
        "secret",
        "token",
        "x-api-key",
    }
)
"""Names under which queries, forms and JSON carry keys, in lower case."""


@frozen
class KeyRemoval:
    """Strikes every key that an archive holds out of texts, bytes and exchanges."""

    redactions: tuple[Redaction, ...]

    @classmethod
    def of(cls, secrets: Iterable[str]) -> "KeyRemoval":
        """Take the keys of an archive."""
        distinct = sorted({secret for secret in secrets if len(secret) >= LEAST}, key=len, reverse=True)
        return cls(tuple(Redaction(secret) for secret in distinct))

    def data(self, data: bytes) -> bytes:
        """Return bytes without keys."""
        for redaction in self.redactions:
            data = redaction.data(data)
        return SECRET.sub(HIDDEN.encode(), data)

    def text(self, text: str) -> str:
        """Return a text without keys."""
        return self.data(text.encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")

    def exchange(self, exchange: Exchange) -> Exchange:
        """Return an exchange without keys."""
        request, response = exchange.request, exchange.response
        return evolve(
            exchange,
            label=self.text(exchange.label),
            request=evolve(
                request,
                target=self.text(request.target),
                headers=self.headers(request.headers),
                body=self.data(request.body),
            ),
            response=evolve(response, headers=self.headers(response.headers), body=self.data(response.body)),
        )

    def headers(self, headers: Headers) -> Headers:
        """Return headers without those that hold keys, and without keys in the others."""
        return tuple(
            (name, self.text(value)) for name, value in headers if name.lower() not in SECRET_HEADERS
        )


def secrets_in(exchange: Exchange, sent_headers: Headers) -> Iterator[str]:
    """Yield the keys of one exchange.

    Args:
        sent_headers: the headers of the request as the archive has them.
    """
    request, response = exchange.request, exchange.response
    yield from header_secrets((*sent_headers, *response.headers))
    for name, value in parse_qsl(urlsplit(request.target).query, keep_blank_values=True):
        yield from named_secret(name, value)
    for part in parts_of(request) or ():
        with suppress(UnicodeDecodeError):
            yield from named_secret(part.name, part.data.decode())
    if request.media_type == "application/x-www-form-urlencoded":
        for name, value in parse_qsl(request.body.decode("utf-8", "replace")):
            yield from named_secret(name, value)
    for body in (request.body, response.body):
        if body[:1] in (b"{", b"["):
            yield from json_secrets(decoded(body))


def header_secrets(headers: Headers) -> Iterator[str]:
    """Yield the keys in headers: a token without its scheme, and the values of cookies."""
    for name, value in headers:
        lowered = name.lower()
        if lowered in ("cookie", "set-cookie"):
            yield from (pair.partition("=")[2].strip() for pair in value.split(";"))
        elif lowered in ("authorization", "proxy-authorization"):
            yield value.partition(" ")[2].strip() or value
        elif lowered in SECRET_HEADERS:
            yield value


def json_secrets(value: Any) -> Iterator[str]:
    """Yield the keys in a decoded JSON document."""
    for name, inner in members(value).items():
        if isinstance(inner, str):
            yield from named_secret(name, inner)
        yield from json_secrets(inner)
    for inner in items(value):
        yield from json_secrets(inner)


def named_secret(name: str, value: str) -> Iterator[str]:
    if name.lower() in SECRET_NAMES:
        yield value
