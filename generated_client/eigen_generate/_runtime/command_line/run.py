"""Runs a console script from its start to its exit status.

0    done
1    refused or failed
2    the command line or the environment cannot be used; nothing was sent
3    the outcome is unknown: the request may have been carried out, or a job goes on at the server
130  Ctrl-C, and 143 SIGTERM: the process dies of the signal, and shells show it like this
"""

import os
import sys
from importlib.util import find_spec
from io import TextIOWrapper
from typing import cast

from ..errors import ArgumentError, ConfigurationError, SDKError
from .commands import Program
from .messages import NOT_UNDERSTOOD, UsageError
from .signals import Stopped, StoppingSignals, die_of
from .stdout import end_without_stdout

# Fewer columns cannot be read, and of none or one rich wraps a text without end.
_FEWEST_COLUMNS = 20
_MOST_DIGITS = 4


def run(program: Program) -> int:
    """Do what the command line of this process says, and return its exit status; see the module."""
    if find_spec("cyclopts") is None:
        print(
            f"{program.name}: the command line needs more packages: pip install '{program.name}[cli]'",
            file=sys.stderr,
        )
        return NOT_UNDERSTOOD
    try:
        with StoppingSignals():
            return _run(program)
    except Stopped as stop:
        return die_of(stop.signal_number)


def _run(program: Program) -> int:
    # The application needs the extra `cli`.
    from .application import understand  # noqa: PLC0415

    _set_usable_columns()
    try:
        status = understand(program, sys.argv[1:])()
        if cast("TextIOWrapper | None", sys.stdout) is not None:  # it is None where the caller closed it
            sys.stdout.flush()
    except SDKError as error:
        return _report(program, error)
    except OSError as error:
        return end_without_stdout(program.name, error)
    return int(status or 0)


def _set_usable_columns() -> None:
    """Remove the variable COLUMNS if no help can be laid out in as many columns as it says."""
    columns = os.environ.get("COLUMNS", "")
    is_usable = columns.isdecimal() and len(columns) <= _MOST_DIGITS and int(columns) >= _FEWEST_COLUMNS
    if not is_usable:
        os.environ.pop("COLUMNS", None)


def _report(program: Program, error: SDKError) -> int:
    """Print an error that is not of a call, with `--json` on stdout too; return the exit status."""
    print(f"{program.name}: {error}", file=sys.stderr)
    status = NOT_UNDERSTOOD if isinstance(error, UsageError | ArgumentError | ConfigurationError) else 1
    words = sys.argv[1:]
    options = words[: words.index("--")] if "--" in words else words
    if "--json" in options:
        # It imports what a call needs, which help does without.
        from .report import print_failure  # noqa: PLC0415

        names = (" ".join(words[:2]), words[0])
        name = next((name for name in names if name in program.commands), None)
        print_failure(name, error, str(error), status)
    return status
