"""Requests that are made and not sent."""

import re
import shlex
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import quote

from ..contract import SecurityScheme, Settings
from ..settings.secrets import REDACTED
from .keys import with_key
from .request import Headers, Part, Payload, Request
from .uploads import Upload

# Marks the place where the shell puts the key of a variable. A URL does not escape its characters, and no
# caller writes it.
_KEY_PLACEHOLDER = "~the-key-in-{}~"
_KEY_PLACEHOLDERS = re.compile(r"~the-key-in-(\w+)~")


class PreparedRequest(NamedTuple):
    """The request that a call would send. It does not contain the key."""

    request: Request
    settings: Settings

    @property
    def method(self) -> str:
        """The method, such as POST."""
        return self.request.operation.method

    @property
    def url(self) -> str:
        """The URL; a key that belongs in its query is redacted."""
        return self._url_and_headers(lambda _: REDACTED)[0].replace(quote(REDACTED), REDACTED)

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers, except those of the connection; the key is redacted."""
        framing = () if self.payload is None else self.request.framing
        return dict((*self._url_and_headers(lambda _: REDACTED)[1], *framing))

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
        """Return a command for a POSIX shell that sends the same request, with each key from its variable.

        The command reads a file that was given as a path from there. For any other file it names a file that
        you have to create first.
        """
        # curl encodes user and password itself, so the Authorization header is left out.
        url, headers = self._url_and_headers(
            lambda scheme: (
                None if scheme.type == "basic" else _KEY_PLACEHOLDER.format(self._variable_of(scheme))
            )
        )
        words = ["curl", "-X", self.method, _shell_word(url)]
        for name, value in headers:
            words += ["-H", _shell_word(f"{name}: {value}")]
        for scheme in self._schemes:
            if scheme.type == "basic":
                words += ["-u", f'"${self._variable_of(scheme)}"']
        return " ".join([*words, *self._curl_body()])

    @property
    def _schemes(self) -> tuple[SecurityScheme, ...]:
        return self.request.operation.security if self.settings.key_variable else ()

    def _variable_of(self, scheme: SecurityScheme) -> str:
        return self.settings.variable_of(scheme.argument)

    def _url_and_headers(self, key_of: Callable[[SecurityScheme], str | None]) -> tuple[str, Headers]:
        """Return URL and headers with what `key_of` returns for each scheme; nothing for None."""
        url, headers = self.request.url, self.request.headers
        for scheme in self._schemes:
            key = key_of(scheme)
            if key is not None:
                url, headers = with_key(url, headers, scheme, key)
        return url, headers

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


def _shell_word(text: str) -> str:
    """Return text quoted for a shell.

    It is in double quotes if it holds a key, because single quotes would not expand the variable.
    """
    pieces = _KEY_PLACEHOLDERS.split(text)
    if len(pieces) == 1:
        return shlex.quote(text)
    word = ""
    for index, piece in enumerate(pieces):
        if index % 2:  # the variable of a key; braces end its name where other text follows
            word += f"${{{piece}}}" if pieces[index + 1] else f"${piece}"
        else:
            word += re.sub(r'([\\"$`])', r"\\\1", piece)
    return f'"{word}"'


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
