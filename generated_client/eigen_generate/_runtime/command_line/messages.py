"""Errors in the words of a command line, which has options where Python has arguments."""

import re
from collections.abc import Mapping

from ..errors import ArgumentError, ConfigurationError, SDKError

# The names that a message begins with, and those that it lists as a choice.
_NAMES_AT_START = re.compile(r"^\w+(?: with \w+)*(?=: )")
_NAMES_LISTED = re.compile(r"(?<=: )\w+(?: with \w+)*(?= is given too)|(?<= one of )[\w, ]+$")
# Arguments of the client in what an error advises, such as `api_key=...` or `api_key`.
_ADVISED = re.compile(r"\b(\w+_\w+|timeout)\b(?:=(?:\.\.\.|\w+))?")

# Advice for a program, which no command line can follow.
_FOR_PYTHON = re.compile(r"\b(None|str|bytes|await|httpx2?)\b|mode 'rb'|=\(")

# The exit status of a command line that cannot be used.
NOT_UNDERSTOOD = 2


class UsageError(SDKError):
    """The command line or the environment cannot be used. Nothing was sent."""


def describe_error(error: SDKError, options: Mapping[str, str]) -> str:
    """Return the message of an error in one line. `options` are the words for arguments."""
    hint = error.hint or ""
    text = str(error).removesuffix(hint)
    if isinstance(error, ArgumentError | ConfigurationError):

        def use_options(names: re.Match[str]) -> str:
            return re.sub(r"\w+", lambda name: options.get(name[0], name[0]), names[0])

        text = _NAMES_LISTED.sub(use_options, _NAMES_AT_START.sub(use_options, text))
    if _FOR_PYTHON.search(hint):
        text = text.rstrip(". ")
    else:
        text += _ADVISED.sub(lambda match: options.get(match[1], match[0]), hint)
    return " ".join(text.splitlines())
