"""Stdout as a console script finds it: closed, without a reader, full, or unable to encode a text."""

import os
import select
import sys
from io import TextIOWrapper
from typing import cast

from .messages import UsageError


def check_stdout() -> None:
    """Raise UsageError or BrokenPipeError if there is no stdout, before anything that costs money is sent."""
    if cast("TextIOWrapper | None", sys.stdout) is None:
        raise UsageError("stdout is closed, and nothing was sent: open it, as `> /dev/null` does")
    if sys.platform != "win32":  # which has no `poll`
        poll = select.poll()
        poll.register(sys.stdout, 0)  # errors are always reported
        if any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0)):
            # A pipe that nothing reads; Linux reports it by the first, macOS by the second.
            raise BrokenPipeError
    # A text that stdout cannot encode is paid for, so it is printed with escapes. Type checkers take stdout
    # for a TextIO, which cannot be reconfigured.
    cast("TextIOWrapper", sys.stdout).reconfigure(errors="backslashreplace")


def end_without_stdout(title: str, error: OSError) -> int:
    """Report that stdout cannot be written, unless its reader has had enough, as `head` has; return 1.

    Python would fail again when it writes what is left in the buffer at exit, see
    https://docs.python.org/3/library/signal.html#note-on-sigpipe.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not isinstance(error, BrokenPipeError):
        print(f"{title}: {error}", file=sys.stderr)
    return 1
