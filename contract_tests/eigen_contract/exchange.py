"""What goes over the wire, as plain values: a request, its response, and what was found wrong with them.

A request never holds the key. It holds an auth class, and the target puts the header on when it sends, so
that no report and no tape can leak a key by accident.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Literal, get_args
from urllib.parse import parse_qsl, urlsplit

from attrs import field, frozen

Headers = tuple[tuple[str, str], ...]
Origin = Literal["page", "deployment", "reference", "vendor"]
"""Who answered: the examples of the vendor's page, some server of the endpoint, the reference server, or the
vendor's service."""
ORIGINS: tuple[Origin, ...] = get_args(Origin)
AuthClass = Literal[
    "good",
    "missing",
    "empty",
    "wrong",
    "wrong-scheme",
    "trailing-space",
    "cut-short",
    "too-long",
    "other-case",
]
WRONG_KEY = "not-the-key"
"""What is sent where a wrong key is to be sent."""
AUTH_CLASSES: tuple[AuthClass, ...] = get_args(AuthClass)
AUTH_DESCRIPTIONS: dict[AuthClass, str] = {
    "good": "the right key",
    "missing": "no key",
    "empty": "an empty key",
    "wrong": "a wrong key",
    "wrong-scheme": "the scheme Token instead of Bearer",
    "trailing-space": "a space after the key",
    "cut-short": "a key without its last letter",
    "too-long": "a key with one letter too many",
    "other-case": "a key in the other case",
}
"""Each class in words, for messages."""


def header(headers: Headers, name: str) -> str | None:
    """Return the first value of a header, whatever its case, or None."""
    lowered = name.lower()
    return next((value for key, value in headers if key.lower() == lowered), None)


def media_type(headers: Headers) -> str:
    """Return the media type of a body without its parameters, in lower case; empty if none is given."""
    return (header(headers, "content-type") or "").partition(";")[0].strip().lower()


@frozen
class Request:
    """One request, without its key. `target` is the path with the query, as in the request line."""

    method: str
    target: str
    headers: Headers = ()
    body: bytes = b""
    auth: AuthClass = "good"

    @cached_property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        return tuple(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @cached_property
    def media_type(self) -> str:
        return media_type(self.headers)

    def header(self, name: str) -> str | None:
        return header(self.headers, name)


@frozen
class Response:
    """One whole response, and when it came, in seconds from the request; equality ignores the times."""

    status: int
    headers: Headers = ()
    body: bytes = b""
    first_byte: float | None = field(default=None, eq=False, repr=False)
    """When the first byte of the body came; None where it was not measured."""
    last_byte: float | None = field(default=None, eq=False, repr=False)

    @cached_property
    def media_type(self) -> str:
        return media_type(self.headers)

    def header(self, name: str) -> str | None:
        return header(self.headers, name)


@frozen
class Exchange:
    """A request and its response; `label` says where the request came from."""

    request: Request
    response: Response
    label: str = ""
    origin: Origin | None = field(default=None, eq=False, repr=False)
    """Who answered; None where that is the same for all exchanges of a run."""
    is_cut: bool = field(default=False, eq=False, repr=False)
    """Whether only the beginning of the answer is left, because the findings of the run hold too many."""


@frozen
class Finding:
    """One departure from the contract: which check saw it, what it saw, which place of the spec is broken."""

    check: str
    message: str
    pointer: str
    exchange: Exchange | None = field(default=None, repr=False)

    def __str__(self) -> str:
        where = f" [{self.exchange.label}]" if self.exchange and self.exchange.label else ""
        return f"{self.check}: {self.message}{where} ({self.pointer})"


def describe(findings: Iterable[Finding], most: int = 12) -> str:
    """Write findings as lines for a terminal, at most `most` of them."""
    listed = [str(finding) for finding in findings]
    more = [f"… and {len(listed) - most} more"] if len(listed) > most else []
    return "\n".join([*listed[:most], *more])
