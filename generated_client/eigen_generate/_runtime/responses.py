"""What came back from the server, whole, before anyone reads a meaning into it."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from . import media_types

# The names under which servers, gateways and clouds send the id that their support asks for.
_REQUEST_ID = ("x-request-id", "request-id", "x-amzn-requestid", "x-correlation-id", "cf-ray")


class Meta(NamedTuple):
    """About an answer: `headers` by lower-case name, `elapsed` in seconds over all `attempts`."""

    status_code: int
    headers: Mapping[str, str]
    request_id: str | None
    attempts: int
    elapsed: float
    media_type: str


class RawResponse:
    """A whole answer: its status, headers by lower-case name, and bytes."""

    __slots__ = ("attempts", "content", "elapsed", "headers", "status_code")

    def __init__(
        self,
        status_code: int,
        headers: Mapping[str, str],
        content: bytes,
        attempts: int = 1,
        elapsed: float = 0.0,
    ) -> None:
        self.status_code = status_code
        self.headers = headers
        self.content = content
        self.attempts = attempts
        self.elapsed = elapsed

    def __repr__(self) -> str:
        return f"<RawResponse {self.status_code} {self.media_type} {len(self.content)} bytes>"

    @property
    def content_type(self) -> str:
        """The Content-Type as it came, with parameters; empty if there was none."""
        return self.headers.get("content-type", "")

    @property
    def media_type(self) -> str:
        """The plain media type in lower case; empty if there was none."""
        return media_types.essence(self.content_type)

    @property
    def text(self) -> str:
        """The content as text by its charset, UTF-8 by default; what cannot be read becomes U+FFFD."""
        try:
            return self.content.decode(media_types.charset(self.content_type), "replace")
        except LookupError:
            return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """Parse the content as JSON; raises ValueError if it is none."""
        try:
            return json.loads(self.content)
        except RecursionError:
            raise ValueError("JSON that is nested too deeply") from None

    @property
    def request_id(self) -> str | None:
        """The server's id of the request, if it gave one."""
        return request_id(self.headers)

    @property
    def meta(self) -> Meta:
        """Everything but the content."""
        return Meta(
            self.status_code, self.headers, self.request_id, self.attempts, self.elapsed, self.media_type
        )


def request_id(headers: Mapping[str, str]) -> str | None:
    """Find the server's id of the request among the headers."""
    for name in _REQUEST_ID:
        if name in headers:
            return headers[name]
    return None
