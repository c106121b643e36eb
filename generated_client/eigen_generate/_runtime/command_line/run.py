"""Runs a console script from its start to its exit status.

0    done
1    refused or failed
2    the command line or the environment cannot be used; nothing was sent
3    the outcome is unknown: the request may have been carried out, or a job goes on at the server
130  Ctrl-C, and 143 SIGTERM: the process dies of the signal, and shells show it like this
"""

import sys
from importlib.util import find_spec
from io import TextIOWrapper
from typing import cast

from ..errors import SDKError
from .commands import Program
from .messages import NOT_UNDERSTOOD, UsageError
from .signals import Stopped, StoppingSignals, die_of
from .stdout import end_without_stdout


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

    try:
        status = understand(program, sys.argv[1:])()
        if cast("TextIOWrapper | None", sys.stdout) is not None:  # it is None where the caller closed it
            sys.stdout.flush()
    except UsageError as error:
        print(f"{program.name}: {error}", file=sys.stderr)
        return NOT_UNDERSTOOD
    except SDKError as error:
        print(f"{program.name}: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        return end_without_stdout(program.name, error)
    return int(status or 0)
