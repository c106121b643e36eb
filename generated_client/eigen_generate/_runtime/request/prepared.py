"""Requests that are made and not sent."""

import shlex
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

from ..contract import SecurityScheme
from ..settings.secrets import REDACTED
from .keys import with_key
from .request import Headers, Part, Payload, Request
from .uploads import Upload

# Marks the place where the shell puts the key. A URL does not escape its characters, and no caller writes it.
_KEY_PLACEHOLDER = "~the-key~"


class PreparedRequest(NamedTuple):
    """The request that a call would send. It does not contain the key."""

    request: Request
    key_variable: str

    @property
    def method(self) -> str:
        """The method, such as POST."""
        return self.request.operation.method

    @property
    def url(self) -> str:
        """The URL; a key that belongs in its query is redacted."""
        return self._url_and_headers(REDACTED)[0].replace(quote(REDACTED), REDACTED)

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers, except those of the connection; the key is redacted."""
        framing = () if self.payload is None else self.request.framing
        return dict((*self._url_and_headers(REDACTED)[1], *framing))

    @property
    def content_type(self) -> str | None:
        """The Content-Type of the body, with its parameters; None without a body."""
        return None if self.payload is None else self.payload.content_type

    @property
    def size(self) -> int | None:
        """The size of the body in bytes; 0 without a body, None if the size of a file is not known."""
        return self.request.size

    @property
    def payload(self) -> Payload | None:
        """The body, ready to be sent."""
        return self.request.payload

    def __repr__(self) -> str:
        return f"<PreparedRequest {self.method} {self.url} {self.content_type} {self.size} bytes>"

    def to_curl(self) -> str:
        """Return a command for a POSIX shell that sends the same request, with the key from its variable.

        The command reads a file that was given as a path from there. For any other file it names a file that
        you have to create first.
        """
        url, headers = self._url_and_headers(_KEY_PLACEHOLDER)
        words = ["curl", "-X", self.method, self._shell_word(url)]
        # curl encodes user and password itself, so the Authorization header is left out.
        is_basic = self._scheme is not None and self._scheme.type == "basic"
        for name, value in self.request.headers if is_basic else headers:
            words += ["-H", self._shell_word(f"{name}: {value}")]
        if is_basic:
            words += ["-u", f'"${self.key_variable}"']
        return " ".join([*words, *self._curl_body()])

    @property
    def _scheme(self) -> SecurityScheme | None:
        return next(iter(self.request.operation.security), None) if self.key_variable else None

    def _url_and_headers(self, key: str) -> tuple[str, Headers]:
        request = self.request
        scheme = self._scheme
        return (request.url, request.headers) if scheme is None else with_key(request, scheme, key)

    def _shell_word(self, text: str) -> str:
        """Return text quoted for a shell.

        It is in double quotes if the key ends it, because single quotes would not expand the variable.
        """
        before_key = text.removesuffix(_KEY_PLACEHOLDER)
        if before_key == text:
            return shlex.quote(text)
        for character in '\\"$`':
            before_key = before_key.replace(character, "\\" + character)
        return f'"{before_key}${self.key_variable}"'

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
    # `--form-string` takes the text literally; `-F` gives a leading `@` or `<` and a `;` a meaning.
    if isinstance(part.content, bytes) and part.media_type is None and not part.headers:
        return ["--form-string", shlex.quote(f"{part.name}={part.content.decode()}")]
    if isinstance(part.content, Upload):
        content = "@" + _quote_for_curl_form(part.content.path or part.content.filename)
        content += f";filename={_quote_for_curl_form(part.content.filename)}"
    else:
        content = _quote_for_curl_form(part.content.decode())
    if part.media_type is not None:
        content += f";type={part.media_type}"
    content += "".join(f";headers={_quote_for_curl_form(f'{name}: {value}')}" for name, value in part.headers)
    return ["-F", shlex.quote(f"{part.name}={content}")]


def _quote_for_curl_form(text: str) -> str:
    """Return text quoted for the value of `curl -F`, in which commas and semicolons have a meaning."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
