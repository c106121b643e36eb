"""Errors in the words of a command line, which has flags where Python has arguments."""

import re

from ..errors import ArgumentError, ConfigurationError, SDKError

# The names that a message begins with, and those that it lists as a choice.
_NAMES_AT_START = re.compile(r"^\w+(?: with \w+)*(?=: )")
_NAMES_LISTED = re.compile(r"(?<=: )\w+(?: with \w+)*(?= is given too)|(?<= one of )[\w, ]+$")


def describe_error(error: SDKError, flags: dict[str, str]) -> str:
    """Return the message of an error in one line. `flags` are the names of arguments on the command line."""
    text = str(error)
    if isinstance(error, ArgumentError | ConfigurationError):

        def use_flags(names: re.Match[str]) -> str:
            return re.sub(r"\w+", lambda name: flags.get(name[0], name[0]), names[0])

        text = _NAMES_LISTED.sub(use_flags, _NAMES_AT_START.sub(use_flags, text))
        # No option holds the key: every process of the machine can see a command line.
        text = text.replace("Pass api_key=... or set ", "Set ")
    return " ".join(text.splitlines())
