"""Runs the commands of a console script."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from io import TextIOWrapper
from operator import attrgetter
from typing import Any, cast

from ..errors import SDKError
from ..response.results import Job
from ..response.saving import atomic_writer
from ..response.unexpected import UnexpectedResponseError
from .arguments import CommandLine, parse
from .commands import Commands, ServerCommand
from .results import keep_body, write_result


def run(client_class: Callable[..., Any], program: str, version: str, commands: Commands) -> int:
    """Do what the command line of this process says.

    Return the exit status: 0 done, 1 not done, 2 not understood. A command line that argparse does not
    understand ends the process with 2 at once.
    """
    words = sys.argv[1:]
    first_command = commands.get(words[0]) if words else None
    if isinstance(first_command, ServerCommand):
        return _run_server(first_command, program, words[1:])
    command_line = parse(program, version, commands, words)
    try:
        _call_method(client_class, command_line)
        return 0
    except SDKError as error:
        message = str(error)
    except OSError as error:
        # Stdout cannot be written. Python would fail again when it writes what is left in the buffer at exit,
        # see https://docs.python.org/3/library/signal.html#note-on-sigpipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # the reader has had enough, as `head` has
            return 1
        message = str(error)
    except KeyboardInterrupt:
        message = "stopped; what was sent may still be done"
    print(f"{program} {command_line.name}: {message}", file=sys.stderr)
    return 1


def _run_server(server: ServerCommand, program: str, words: list[str]) -> int:
    """Run a server as a process until it ends or is interrupted, and return the exit status."""
    if importlib.util.find_spec(server.module) is None:
        message = f"the server is not installed; pip install '{server.distribution}'"
        print(f"{program}: {message}", file=sys.stderr)
        return 2
    try:
        return subprocess.run([sys.executable, "-m", server.module, *words], check=False).returncode
    except KeyboardInterrupt:
        return 0


def _call_method(client_class: Callable[..., Any], command_line: CommandLine) -> None:
    """Call the method of a command and write its result; raises SDKError, or OSError for stdout."""
    name, command, arguments, output = command_line[:4]
    if output not in (None, "-"):
        _check_writable(str(output))
    # A text that stdout cannot encode is paid for, so it is printed with escapes. Type checkers take stdout
    # for a TextIO, which cannot be reconfigured.
    cast("TextIOWrapper", sys.stdout).reconfigure(errors="backslashreplace")
    with client_class(base_url=command_line.base_url) as client:
        if command_line.dry_run:
            prepared = attrgetter(command.path)(client.prepare)(**arguments)
            print(prepared.to_curl(), flush=True)
            return
        try:
            result = attrgetter(command.path)(client)(**arguments)
            if isinstance(result, Job) and command.wait and not command_line.no_wait:
                print(f"waiting for {result.id}", file=sys.stderr)
                result = attrgetter(command.wait)(client)(result)
            write_result(result, output, name)
        except UnexpectedResponseError as error:
            if not error.body:
                raise
            raise SDKError(f"{error}\n{keep_body(error, name)}") from error
    sys.stdout.flush()


def _check_writable(output: str) -> None:
    """Raise SDKError for a path that cannot be written, before anything that costs money is sent."""
    try:
        with atomic_writer(output):
            pass
    except SDKError as error:
        raise SDKError(f"{output} cannot be written, and nothing was sent: {error}") from error
