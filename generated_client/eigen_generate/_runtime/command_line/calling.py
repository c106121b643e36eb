"""What a command that calls a method does: check, send, deliver, and say what went wrong."""

import contextlib
import sys
from collections.abc import Mapping
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from attrs import evolve

from ..errors import ArgumentError, ConfigurationError, OutcomeUnknownError, SDKError
from ..http.library import load_library
from ..response.saving import atomic_writer
from ..response.unexpected import UnexpectedResponseError
from ..settings.hooks import Hooks
from .commands import Program, load, options_by_argument
from .delivering import Delivered, deliver, keep_body
from .invocation import Invocation
from .jobs import JobGoesOnError, start_job, wait_for_job
from .local_server import run_local_server
from .messages import NOT_UNDERSTOOD, UsageError, describe_error
from .options import BaseConnection, Delivery
from .playing import find_player
from .progress import Progress, show_progress
from .report import print_attempt, print_failure, print_report, print_request
from .signals import Stopped
from .stdin import check_read_once, read_stdin
from .stdout import check_stdout, end_without_stdout

# Prepared requests hold no key, so any will do.
_KEY_OF_DRY_RUN = "not-sent"
_KEY_OF_LOCAL_SERVER = "test-key"
_UNKNOWN = 3


def call_method(
    program: Program,
    name: str,
    arguments: Mapping[str, Any],
    delivery: Delivery,
    connection: BaseConnection,
) -> int:
    """Call the method of a command with what the command line says; return the exit status."""
    command = program.find_command(name)
    invocation = Invocation(
        program=program,
        name=name,
        command=command,
        arguments={argument: value for argument, value in arguments.items() if value is not None},
        delivery=delivery,
        connection=connection,
        options=options_by_argument(command, list(arguments)),
    )
    try:
        check_stdout()
        _check(invocation)
        # An import that is late would be counted as a part of the answer, and Ctrl-C is to end it silently.
        load_library("httpx")
        return _connect_and_call(invocation)
    except OSError as error:
        return end_without_stdout(invocation.title, error)
    except SDKError as error:
        return _report_failure(invocation, error)


def _connect_and_call(invocation: Invocation) -> int:
    with contextlib.ExitStack() as stack:
        connection = invocation.connection
        if connection.local:
            url = stack.enter_context(run_local_server(invocation.program))
            connection = evolve(connection, api_key=_KEY_OF_LOCAL_SERVER, base_url=url)
        if invocation.is_dry_run and invocation.program.key_variable:
            connection = evolve(connection, api_key=_KEY_OF_DRY_RUN)
        progress = stack.enter_context(show_progress())
        client = stack.enter_context(_make_client(invocation, connection, progress))
        statuses = [_call_once(client, single, progress) for single in invocation.split()]
    if len(statuses) == 1:
        return statuses[0]
    # An unknown outcome counts more than a failure; that nothing was sent is not true of all inputs.
    return _UNKNOWN if _UNKNOWN in statuses else min(1, max(statuses))


def _make_client(invocation: Invocation, connection: BaseConnection, progress: Progress) -> Any:
    hooks = Hooks(upload=progress.show_upload)
    if connection.verbose:
        show = partial(print_attempt, progress)
        hooks = Hooks(upload=progress.show_upload, request=show, response=show, error=show)
    options: dict[str, Any] = {"hooks": hooks, "api_key": connection.api_key, "base_url": connection.base_url}
    if connection.max_retries is not None:
        options["max_retries"] = connection.max_retries
    return load(invocation.program.client)(**options)


def _check(invocation: Invocation) -> None:
    """Raise UsageError for what cannot work, before anything that costs money is sent."""
    command, delivery, arguments = invocation.command, invocation.delivery, invocation.arguments
    check_read_once(invocation.options, arguments)
    _check_texts(invocation)
    several = len(invocation.inputs) > 1
    if delivery.output == "-" and command.gives_media and sys.stdout.isatty():
        raise UsageError(
            "-o - would write binary data to the terminal, and nothing was sent: name a file, or pipe it on"
        )
    if delivery.output == "-" and delivery.json:
        raise UsageError("--json and -o - both write to stdout, and nothing was sent: give one of them")
    if several and delivery.output == "-" and command.gives_media:
        raise UsageError("-o - takes one result, and there are several inputs: name a folder")
    if invocation.plays and find_player() is None:
        raise UsageError(
            "--play finds no player, and nothing was sent: install mpv, ffmpeg, sox or alsa-utils"
        )
    if invocation.connection.local and invocation.leaves_job:
        raise UsageError("--no-wait leaves the job at the server, which --local ends with this command")
    for path in invocation.inputs if several else ():
        if isinstance(path, Path) and not path.is_file():
            raise UsageError(f"no such file: {str(path)!r}; nothing was sent")
    if delivery.output not in (None, "-"):
        _check_writable(str(delivery.output), several=several)


def _check_texts(invocation: Invocation) -> None:
    """Raise UsageError for an empty text that the command needs.

    It is usually a variable of a shell that is not set. The server may well do it, and bill it.
    """
    for name in (invocation.command.argument, *invocation.program.option_variables):
        text = invocation.arguments.get(name)
        if isinstance(text, str) and not text.strip():
            raise UsageError(f"{invocation.options.get(name, name)} is empty, and nothing was sent")


def _check_writable(output: str, *, several: bool) -> None:
    """Raise UsageError for a file or a folder that cannot be written."""
    try:
        if several:
            Path(output).mkdir(parents=True, exist_ok=True)
        probe = Path(output, "probe") if several else output
        with atomic_writer(probe):
            pass
    except (SDKError, OSError) as error:
        reason = str(error).removeprefix("path: ")
        raise UsageError(
            f"{output or '--output'} cannot be written, and nothing was sent: {reason}"
        ) from error


def _call_once(client: Any, invocation: Invocation, progress: Progress) -> int:
    """Call the method for one input, deliver its result, and return the exit status."""
    try:
        arguments = read_stdin(invocation.title, invocation.options, invocation.arguments)
        if invocation.connection.timeout is not None:
            arguments["timeout"] = invocation.connection.timeout
        invocation = evolve(invocation, arguments=arguments)
        delivered = _send_and_deliver(client, invocation, progress)
    except SDKError as error:
        progress.stop()
        return _report_failure(invocation, error)
    except OSError as error:
        progress.stop()
        return end_without_stdout(invocation.title, error)
    except Stopped:
        progress.stop()
        with contextlib.suppress(OSError):  # the signal of a closed terminal has nowhere to print to
            print(f"{invocation.title}: stopped; what was sent may still be done", file=sys.stderr)
        raise
    if delivered is not None and invocation.delivery.json:
        print_report(invocation.program, invocation.name, delivered)
    sys.stdout.flush()
    return 0


def _send_and_deliver(client: Any, invocation: Invocation, progress: Progress) -> Delivered | None:
    """Send the request and deliver its result; return None if nothing is sent."""
    command = invocation.command
    if invocation.is_dry_run:
        prepared = attrgetter(command.path)(client.prepare)(**invocation.arguments)
        if invocation.delivery.json:
            print_request(invocation.name, prepared.to_curl())
        else:
            print(prepared.to_curl())
        return None
    try:
        send = start_job if command.job_fields is None else wait_for_job
        with progress.waiting(invocation.title):
            result = send(client, invocation, progress)
    except UnexpectedResponseError as error:
        raise _keeping_body(error, invocation) from error
    try:
        return deliver(result, invocation, progress)
    except UnexpectedResponseError as error:
        raise _keeping_body(error, invocation) from error
    except ArgumentError as error:  # of saving: by now something was sent
        raise SDKError(str(error)) from error


def _keeping_body(error: UnexpectedResponseError, invocation: Invocation) -> SDKError:
    """Return the error for an answer that is no result, which is kept in a file."""
    return SDKError(f"{error}; {keep_body(error, invocation)}") if error.body else error


def _status_of(error: SDKError) -> int:
    if isinstance(error, OutcomeUnknownError | JobGoesOnError):
        return _UNKNOWN
    return NOT_UNDERSTOOD if isinstance(error, UsageError | ArgumentError | ConfigurationError) else 1


def _report_failure(invocation: Invocation, error: SDKError) -> int:
    """Print an error in one line, and with `--json` on stdout too; return the exit status."""
    message = describe_error(error, invocation.options)
    status = _status_of(error)
    if invocation.folder is not None and str(invocation.input_path) not in message:
        message = f"{invocation.input_path}: {message}"
    print(f"{invocation.title}: {message}", file=sys.stderr)
    if invocation.delivery.json:
        with contextlib.suppress(OSError):
            print_failure(invocation.name, error, message, status)
    return status
