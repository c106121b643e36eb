"""Runs the commands of a console script.

The exit status:

0    done
1    refused or failed
2    the command line cannot be understood; nothing was sent
3    the outcome is unknown: the request may have been carried out, or a job goes on at the server
130  Ctrl-C, and 143 SIGTERM: the process dies of the signal, and shells show it like this
"""

import contextlib
import importlib.util
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from io import TextIOWrapper
from operator import attrgetter
from typing import Any, cast

from ..errors import OutcomeUnknownError, SDKError
from ..http.library import load_library
from ..response.saving import atomic_writer
from ..response.unexpected import UnexpectedResponseError
from .arguments import CommandLine, parse
from .commands import Commands, ServerCommand
from .jobs import JobGoesOnError, start_job, wait_for_job
from .messages import describe_error
from .results import keep_body, write_result
from .signals import Stopped, StoppingSignals, die_of
from .stdin import read_stdin

# A client would import httpx when it is made. A signal during imports is to end the script silently, before
# anything speaks of what was sent.
load_library("httpx")


def run(client_class: Callable[..., Any], program: str, version: str, commands: Commands) -> int:
    """Do what the command line of this process says, and return its exit status.

    The module's docstring lists them. A command line that argparse does not understand ends the process.
    """
    try:
        with StoppingSignals():
            return _run(client_class, program, version, commands)
    except Stopped as stop:
        return die_of(stop.signal_number)


def _run(client_class: Callable[..., Any], program: str, version: str, commands: Commands) -> int:
    words = sys.argv[1:]
    first_command = commands.get(words[0]) if words else None
    if isinstance(first_command, ServerCommand):
        return _run_server(first_command, program, words[1:])
    command_line = parse(program, version, commands, words)
    status = 1
    try:
        name, flags, arguments = f"{program} {command_line.name}", command_line.flags, command_line.arguments
        command_line = command_line._replace(arguments=read_stdin(name, flags, arguments))
        _call_method(client_class, program, commands, command_line)
        return 0
    except SDKError as error:
        message = describe_error(error, command_line.flags)
        status = 3 if isinstance(error, OutcomeUnknownError | JobGoesOnError) else 1
    except OSError as error:
        # Stdout cannot be written. Python would fail again when it writes what is left in the buffer at exit,
        # see https://docs.python.org/3/library/signal.html#note-on-sigpipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # the reader has had enough, as `head` has
            return 1
        message = str(error)
    except Stopped:
        with contextlib.suppress(OSError):  # the signal of a closed terminal has nowhere to print to
            print(f"{program} {command_line.name}: stopped; what was sent may still be done", file=sys.stderr)
        raise
    print(f"{program} {command_line.name}: {message}", file=sys.stderr)
    return status


def _run_server(server: ServerCommand, program: str, words: list[str]) -> int:
    """Run a server as a process until it ends or is interrupted, and return the exit status."""
    if importlib.util.find_spec(server.module) is None:
        message = f"the server is not installed; pip install '{server.distribution}'"
        print(f"{program}: {message}", file=sys.stderr)
        return 2
    try:
        return subprocess.run([sys.executable, "-m", server.module, *words], check=False).returncode
    except Stopped as stop:
        if stop.signal_number == signal.SIGINT:  # the usual way to end a server
            return 0
        raise


def _call_method(
    client_class: Callable[..., Any], program: str, commands: Commands, command_line: CommandLine
) -> None:
    """Call the method of a command and write its result; raises SDKError, or OSError for stdout."""
    command, output, file_name = (
        command_line.command,
        command_line.output,
        command_line.name.replace(" ", "-"),
    )
    if output not in (None, "-"):
        _check_writable(str(output))
    _check_stdout()
    # A text that stdout cannot encode is paid for, so it is printed with escapes. Type checkers take stdout
    # for a TextIO, which cannot be reconfigured.
    cast("TextIOWrapper", sys.stdout).reconfigure(errors="backslashreplace")
    with client_class(base_url=command_line.base_url) as client:
        if command_line.dry_run:
            prepared = attrgetter(command.path)(client.prepare)(**command_line.arguments)
            print(prepared.to_curl(), flush=True)
            return
        try:
            call = start_job if command.job_fields is None else wait_for_job
            write_result(call(client, program, commands, command_line), output, file_name)
        except UnexpectedResponseError as error:
            if not error.body:
                raise
            raise SDKError(f"{error}; {keep_body(error, file_name)}") from error
    sys.stdout.flush()


def _check_writable(output: str) -> None:
    """Raise SDKError for a path that cannot be written, before anything that costs money is sent."""
    try:
        with atomic_writer(output):
            pass
    except SDKError as error:
        raise SDKError(f"{output} cannot be written, and nothing was sent: {error}") from error


def _check_stdout() -> None:
    """Raise SDKError or BrokenPipeError if there is no stdout, before anything that costs money is sent."""
    if cast("TextIOWrapper | None", sys.stdout) is None:
        raise SDKError("stdout is closed, and nothing was sent: open it, as `> /dev/null` does")
    if hasattr(select, "poll"):  # Windows has none
        poll = select.poll()
        poll.register(sys.stdout, 0)  # errors are always reported
        if any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0)):
            # A pipe that nothing reads; Linux reports it by the first, macOS by the second.
            raise BrokenPipeError
