"""Names the files of bodies, and quotes bodies in reports."""

from attrs import frozen

from eigen_contract.exchange import Request, Response
from eigen_contract.report.commands import needs_file
from eigen_contract.report.result import Group
from eigen_contract.tape.bodies import SUFFIXES

FOLDER = "bodies"
SHOWN = 2000
"""Bytes of a body that a report quotes."""


@frozen
class Bodies:
    """The bodies of a group's first exchange that stand in files, by their names relative to the report."""

    request: str
    response: str

    @classmethod
    def of(cls, group: Group) -> "Bodies":
        """Name the files; a body that can be quoted whole has none."""
        if group.exchange is None:
            return cls("", "")
        return cls(
            name(group.number, "request", group.exchange.request),
            name(group.number, "response", group.exchange.response),
        )


def name(number: int, side: str, message: Request | Response) -> str:
    if not needs_file(message.body):
        return ""
    suffix = (
        ".form" if message.media_type == "multipart/form-data" else SUFFIXES.get(message.media_type, ".bin")
    )
    return f"{FOLDER}/{number:03}-{side}{suffix}"


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
