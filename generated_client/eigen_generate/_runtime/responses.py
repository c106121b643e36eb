import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from . import media_types

_RATE_LIMIT = re.compile(r"(x-)?rate-?limit|retry-after")
_REQUEST_ID = ("x-request-id", "request-id", "x-amzn-requestid", "x-correlation-id", "cf-ray")


class Meta(NamedTuple):
    """About an answer: `headers` by lower-case name, `elapsed` in seconds over all `attempts`.

    `first_byte` are the seconds from the last attempt's begin to the head of its answer. `drift` says in
    words what differs from the contract without harming the result. `documented` are the headers that the
    contract promises.
    """

    status_code: int
    headers: Mapping[str, str]
    request_id: str | None
    attempts: int
    elapsed: float
    media_type: str
    first_byte: float = 0.0
    drift: tuple[str, ...] = ()
    documented: tuple[str, ...] = ()

    @property
    def promised(self) -> Mapping[str, str]:
        """The headers that the contract promises, as far as they came."""
        return {name: self.headers[name] for name in self.documented if name in self.headers}

    @property
    def credits(self) -> Mapping[str, str]:
        """The headers that tell of credits: what is left, or what this call cost."""
        return {name: value for name, value in self.headers.items() if "credit" in name or "cost" in name}

    @property
    def rate_limit(self) -> Mapping[str, str]:
        """The headers that tell how often one may call, under any of the usual names."""
        return {name: value for name, value in self.headers.items() if _RATE_LIMIT.match(name)}


class RawResponse:
    __slots__ = ("content", "headers", "media_type", "meta", "status_code")

    def __init__(self, meta: Meta, content: bytes) -> None:
        self.meta: Meta = meta
        self.content: bytes = content
        self.status_code: int = meta.status_code
        self.headers: Mapping[str, str] = meta.headers
        self.media_type: str = meta.media_type

    def __repr__(self) -> str:
        return f"<RawResponse {self.status_code} {self.media_type} {len(self.content)} bytes>"

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")

    @property
    def text(self) -> str:
        try:
            return self.content.decode(media_types.charset(self.content_type), "replace")
        except LookupError:
            return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        try:
            return json.loads(self.content)
        except RecursionError:
            raise ValueError("JSON that is nested too deeply") from None


def describe(
    status_code: int,
    headers: Mapping[str, str],
    attempts: int = 1,
    elapsed: float = 0.0,
    first_byte: float = 0.0,
    documented: tuple[str, ...] = (),
) -> Meta:
    media_type = media_types.essence(headers.get("content-type", ""))
    return Meta(
        status_code,
        headers,
        request_id(headers),
        attempts,
        elapsed,
        media_type,
        first_byte,
        documented=documented,
    )


def request_id(headers: Mapping[str, str]) -> str | None:
    for name in _REQUEST_ID:
        if name in headers:
            return headers[name]
    return None
