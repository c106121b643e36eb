"""The server to try things on: run until it is stopped, or for one command."""

import contextlib
import importlib.util
import signal
import subprocess
import sys
from collections.abc import Generator
from typing import Annotated

from cyclopts import Parameter

from .application import make_application
from .commands import Program, ServerCommand
from .messages import UsageError
from .options import ThisProgram
from .signals import Stopped
from .stdin import STANDARD_STREAM

# In seconds. A server that stops takes less; one that does not is killed.
_PATIENCE = 10


def serve(
    *words: Annotated[str, Parameter(allow_leading_hyphen=True, show=False)], program: ThisProgram
) -> int:
    """Run the server as a process until it ends or is interrupted, and return its exit status."""
    server = find_server(program)
    arguments = ["-" if word == STANDARD_STREAM else word for word in words]
    if not {"--help", "-h"}.isdisjoint(words):
        name = next(name for name, command in program.commands.items() if command is server)
        make_application(program).help_print([name])
        sys.stdout.flush()  # the options follow, which the server knows
    try:
        return subprocess.run([sys.executable, "-m", server.module, *arguments], check=False).returncode
    except Stopped as stop:
        if stop.signal_number == signal.SIGINT:  # the usual way to end a server
            return 0
        raise


def find_server(program: Program) -> ServerCommand:
    """Return the server of a program; raises UsageError if it is not installed."""
    server = program.server
    if server is None:
        raise UsageError("there is no server to try things on")
    if importlib.util.find_spec(server.module) is None:
        raise UsageError(f"the server is not installed; pip install '{server.distribution}'")
    return server


@contextlib.contextmanager
def run_local_server(program: Program) -> Generator[str]:
    """Run the server on a free port within a block, and yield its URL; raises UsageError."""
    server = find_server(program)
    command = [sys.executable, "-m", server.module, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            first_line = process.stdout.readline()
            url = first_line.rpartition(" at ")[2].strip()
            if not url.startswith("http"):
                assert process.stderr is not None
                reason = " ".join(process.stderr.read().splitlines()[-1:]) or first_line.strip()
                raise UsageError(f"the local server does not start: {reason}")
            yield url
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        # Reads what it may have written, because a full pipe would keep it from ending.
        process.communicate(timeout=_PATIENCE)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
        raise
