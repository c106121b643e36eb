"""Names the files of bodies, and quotes bodies in reports."""

import hashlib

from attrs import define, field

from eigen_contract.exchange import Exchange, Request, Response
from eigen_contract.report.commands import needs_file
from eigen_contract.tape.bodies import SUFFIXES

FOLDER = "bodies"
SHOWN = 2000
"""Bytes of a body that a report quotes."""
LIMIT = 256 * 2**20
"""Bytes of bodies that a report keeps as files; equal bodies are one file."""


@define
class BodyFiles:
    """The bodies of a report that stand in files: each different one once, named by its content."""

    limit: int = LIMIT
    contents: dict[str, bytes] = field(factory=dict[str, bytes], repr=False)
    """The bytes of each file, by its name relative to the report."""
    left_out: int = 0
    """How many bodies have no file because the limit is reached."""
    _size: int = 0

    def names(self, exchange: Exchange) -> tuple[str, str]:
        """Return the files of a request and its response; empty for a body that is quoted whole."""
        return self._name(exchange.request), self._name(exchange.response)

    def _name(self, message: Request | Response) -> str:
        if not needs_file(message.body):
            return ""
        name = file_name(message)
        if name in self.contents:
            return name
        if self._size + len(message.body) > self.limit:
            self.left_out += 1
            return ""
        self._size += len(message.body)
        self.contents[name] = message.body
        return name


def file_name(message: Request | Response) -> str:
    """Name the file of a body by its hash, with a suffix by which programs know what to do with it."""
    is_form = message.media_type == "multipart/form-data"
    suffix = ".form" if is_form else SUFFIXES.get(message.media_type, ".bin")
    return f"{FOLDER}/{hashlib.sha256(message.body).hexdigest()[:16]}{suffix}"


def quoted(body: bytes) -> str:
    """Quote the beginning of a body as text; bytes that are no text are escaped, as in a form with a file."""
    text = body[:SHOWN].decode("utf-8", "backslashreplace")
    shown = "".join(
        letter if letter.isprintable() or letter in "\n\t" else escaped(letter) for letter in text
    )
    return shown if len(body) <= SHOWN else f"{shown}… ({len(body)} bytes in all)"


def escaped(letter: str) -> str:
    """Escape a character that does not print; the line breaks of a form are left out."""
    return "" if letter == "\r" else letter.encode("unicode_escape").decode()
