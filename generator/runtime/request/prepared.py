"""Requests that are made and not sent."""

import shlex
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

from ..contract import SecurityScheme
from ..settings.secrets import REDACTED
from .files import Upload
from .keys import with_key
from .request import Headers, Part, Payload, Request

# Stands for the key where a shell is to put it: nothing that a URL would escape, or that callers write.
_KEY = "~the-key~"


class PreparedRequest(NamedTuple):
    """What a call would send. The key is in none of it."""

    request: Request
    key_variable: str

    @property
    def method(self) -> str:
        """The method, such as POST."""
        return self.request.operation.method

    @property
    def url(self) -> str:
        """The URL; a key that belongs into its query is redacted."""
        return self._with(REDACTED)[0].replace(quote(REDACTED), REDACTED)

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers, but for those of the connection; the key is redacted."""
        return dict((*self._with(REDACTED)[1], *(() if self.payload is None else self.request.framing)))

    @property
    def content_type(self) -> str | None:
        """The body's type, with its parameters; None if there is no body."""
        return None if self.payload is None else self.payload.content_type

    @property
    def size(self) -> int | None:
        """The body's size in bytes; 0 if there is none, None if a file's size is not known."""
        return self.request.size

    @property
    def payload(self) -> Payload | None:
        """The body, ready to be sent."""
        return self.request.payload

    def __repr__(self) -> str:
        return f"<PreparedRequest {self.method} {self.url} {self.content_type} {self.size} bytes>"

    def to_curl(self) -> str:
        """Write a command for a POSIX shell that sends the same; the key comes from its variable.

        Files that were given as a path are read from there. For others the command names a file that you
        have to put there first.
        """
        url, headers = self._with(_KEY)
        words = ["curl", "-X", self.method, self._word(url)]
        basic = self._scheme is not None and self._scheme.type == "basic"
        for name, value in self.request.headers if basic else headers:
            words += ["-H", self._word(f"{name}: {value}")]
        if basic:
            words += ["-u", f'"${self.key_variable}"']
        return " ".join([*words, *self._curl_body()])

    @property
    def _scheme(self) -> SecurityScheme | None:
        return next(iter(self.request.operation.security), None) if self.key_variable else None

    def _with(self, key: str) -> tuple[str, Headers]:
        request = self.request
        scheme = self._scheme
        return (request.url, request.headers) if scheme is None else with_key(request, scheme, key)

    def _word(self, text: str) -> str:
        """Quote for a shell; in double quotes if the key ends it, for those have its variable replaced."""
        before = text.removesuffix(_KEY)
        if before == text:
            return shlex.quote(text)
        for character in '\\"$`':
            before = before.replace(character, "\\" + character)
        return f'"{before}${self.key_variable}"'

    def _curl_body(self) -> list[str]:
        payload = self.payload
        if payload is None:
            return []
        if payload.parts:
            return [word for part in payload.parts for word in _curl_part(part)]
        words = ["-H", shlex.quote(f"Content-Type: {payload.content_type}")]
        for piece in payload.pieces:
            if isinstance(piece, Upload):
                return [*words, "--data-binary", shlex.quote("@" + (piece.path or piece.filename))]
        return [*words, "--data-raw", shlex.quote(b"".join(payload.chunks()).decode())]


def _curl_part(part: Part) -> list[str]:
    if isinstance(part.content, bytes) and part.media_type is None and not part.headers:
        return ["--form-string", shlex.quote(f"{part.name}={part.content.decode()}")]
    if isinstance(part.content, Upload):
        content = "@" + _quoted(part.content.path or part.content.filename)
        content += f";filename={_quoted(part.content.filename)}"
    else:
        content = _quoted(part.content.decode())
    if part.media_type is not None:
        content += f";type={part.media_type}"
    content += "".join(f";headers={_quoted(f'{name}: {value}')}" for name, value in part.headers)
    return ["-F", shlex.quote(f"{part.name}={content}")]


def _quoted(text: str) -> str:
    """Quote for curl's own syntax of forms, in which commas and semicolons have a meaning."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
