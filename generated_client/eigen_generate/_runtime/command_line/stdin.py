"""Reads stdin in the place of an argument that is `-` on the command line."""

import enum
import sys
from collections.abc import Mapping
from io import TextIOWrapper
from typing import Any, cast

from ..errors import ArgumentError

_USE = "pipe it in, or write it instead of -"
# Stands for a word that is a single hyphen, which the parser of options would take for an option. No word of
# a command line can hold a NUL.
STANDARD_STREAM = "\0stream"


class Stdin(enum.Enum):
    """Stands for an argument that stdin holds, until it is clear that the command line can be used."""

    TEXT = enum.auto()
    FILE = enum.auto()


def check_read_once(flags: Mapping[str, str], arguments: Mapping[str, Any]) -> None:
    """Raise ArgumentError if two arguments are to be read from stdin."""
    reading_flags = [
        flags.get(name, name)
        for name, value in arguments.items()
        for item in (cast("list[object]", value) if isinstance(value, list) else [value])
        if isinstance(item, Stdin)
    ]
    if len(reading_flags) > 1:
        raise ArgumentError(f"stdin can be read once, but {' and '.join(reading_flags)} are both -")


def read_stdin(program: str, flags: Mapping[str, str], arguments: Mapping[str, Any]) -> dict[str, Any]:
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
