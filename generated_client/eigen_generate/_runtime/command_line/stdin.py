"""Reads stdin in the place of an argument that is `-` on the command line."""

import enum
import sys
from io import TextIOWrapper
from typing import Any, cast

from ..errors import ArgumentError

_USE = "pipe it in, or write it instead of -"


class Stdin(enum.Enum):
    """Stands for an argument that stdin holds, until it is clear that the command line can be used."""

    TEXT = enum.auto()
    FILE = enum.auto()


def read_stdin(program: str, flags: dict[str, str], arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments with what stdin holds; raises ArgumentError. `flags` has their names for messages.

    A file is not read here but while it is sent.
    """
    return {name: _replace(program, flags.get(name, name), value) for name, value in arguments.items()}


def _replace(program: str, flag: str, value: object) -> object:
    if isinstance(value, list):
        return [_replace(program, flag, item) for item in cast("list[object]", value)]
    if not isinstance(value, Stdin):
        return value
    if cast("TextIOWrapper | None", sys.stdin) is None:
        raise ArgumentError(f"{flag}: stdin is closed, and nothing was sent: {_USE}")
    if sys.stdin.isatty():  # without a word the script would seem to hang
        print(f"{program}: {flag} is read from the terminal; end it with Ctrl-D", file=sys.stderr)
    return _read_text(flag) if value is Stdin.TEXT else sys.stdin.buffer


def _read_text(flag: str) -> str:
    """Return the text on stdin without the newlines at its end, which `$(...)` of a shell removes too."""
    try:
        # Files from Windows may begin with a byte order mark, which `utf-8-sig` removes.
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except OSError as error:  # stdin may be a folder, or not open for reading
        raise ArgumentError(f"{flag}: stdin cannot be read, and nothing was sent: {error.strerror}") from None
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:  # other data than text may be UTF-8 by chance, but seldom without this
        raise ArgumentError(f"{flag}: what stdin holds is no text in UTF-8, and nothing was sent")
    if not text.strip():
        raise ArgumentError(f"{flag}: stdin is empty, and nothing was sent: {_USE}")
    return text.rstrip("\r\n")
