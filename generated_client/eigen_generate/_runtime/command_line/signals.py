"""How a console script ends by a signal, such as that of Ctrl-C.

A script that catches the signal and then exits with a status of its own looks as if it had ended by itself,
and the loop of a shell goes on: https://www.cons.org/cracauer/sigint.html. So it cleans up, then dies of the
signal.

The package imports this module before anything else, so it imports next to nothing.
"""

import os
import signal
import sys
from itertools import pairwise
from types import FrameType
from typing import Any

# Ctrl-C, what `kill` and service managers send, and what a closed terminal sends (Windows has none).
_SIGNALS = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]


class Stopped(KeyboardInterrupt):
    """A signal came that ends this process, once everything that it has open is closed."""

    def __init__(self, signal_number: int) -> None:
        super().__init__(signal_number)
        self.signal_number = signal_number


def die_silently_while_importing(package: str, program: str) -> None:
    """Let Ctrl-C end this process without a traceback, if it runs `program` and nothing else.

    Python would raise KeyboardInterrupt somewhere in an import, which nothing can catch. In a process that
    only uses the package, signals are left alone.
    """
    if _runs_program(package, program) and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def _runs_program(package: str, program: str) -> bool:
    """Whether this process was started as `program`, or as `python -m package`."""
    first_word: str = (getattr(sys, "argv", None) or [""])[
        0
    ]  # an interpreter inside a program may have no argv
    # That is what the first word is until Python has found the module:
    # https://docs.python.org/3/using/cmdline.html#cmdoption-m
    if first_word == "-m":
        words = sys.orig_argv
        return f"-m{package}" in words or ("-m", package) in pairwise(words)
    return os.path.basename(first_word) == program  # noqa: PTH119 - pathlib takes a while to import


class StoppingSignals:
    """Within its block the first signal that ends a process raises Stopped; further ones of it are ignored.

    Ctrl-C may come twice, from the terminal and from a program such as `uv run` that passes it on. A signal
    that this process ignores, as under nohup, stays ignored.
    """

    def __init__(self) -> None:
        self._previous: dict[int, Any] = {}

    def __enter__(self) -> None:
        for number in _SIGNALS:
            handler = signal.getsignal(number)
            if handler in (signal.SIG_DFL, signal.default_int_handler):
                self._previous[number] = handler
                signal.signal(number, _raise_stopped)

    def __exit__(self, *_: object) -> None:
        for number, handler in self._previous.items():
            signal.signal(number, handler)


def _raise_stopped(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    raise Stopped(number)


def die_of(signal_number: int) -> int:
    """End this process by a signal. Where that is not possible, return the exit status that shells show."""
    if os.name == "posix":  # Windows would end it with the signal's number as its status
        signal.signal(signal_number, signal.SIG_DFL)
        os.kill(os.getpid(), signal_number)
    return 128 + signal_number
