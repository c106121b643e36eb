"""Waits for jobs, and names the command that goes on with a job that this process does not wait for."""

import contextlib
import shlex
import sys
from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from ..errors import ArgumentError, JobFailedError, JobTimeoutError, SDKError
from ..response.json_pointer import first_value
from ..response.results import Job, Record, Result
from ..response.unexpected import UnexpectedResponseError
from .commands import Command, option_of
from .invocation import Invocation
from .progress import Progress


class JobGoesOnError(SDKError):
    """This process stops waiting for a job, which goes on at the server. Nothing is lost."""


def start_job(client: Any, invocation: Invocation, progress: Progress) -> Any:
    """Call the method of a command; wait for the job that it starts, if it starts one and that is wanted.

    Raises SDKError, or JobGoesOnError if the job goes on.
    """
    command, arguments = invocation.command, invocation.arguments
    result = attrgetter(command.path)(client)(**arguments)
    if not isinstance(result, Job) or not command.wait:
        return result
    next_command = _command_to_go_on(invocation, command.wait, result.id, result.context)
    if invocation.leaves_job:
        progress.stop()
        print(f"{invocation.title}: to go on: {next_command}", file=sys.stderr)
        return result
    progress.say(f"waiting for {result.id}")
    timeout = {name: arguments[name] for name in ("timeout",) if name in arguments}
    return _wait(attrgetter(command.wait)(client), result, timeout, next_command, invocation, progress)


def wait_for_job(client: Any, invocation: Invocation, progress: Progress) -> Any:
    """Call the method of a command that waits for a job; raises as `start_job`."""
    command, arguments = invocation.command, dict(invocation.arguments)
    job_id = str(arguments.pop(command.argument))
    next_command = _command_to_go_on(invocation, command.path, job_id, arguments)
    return _wait(attrgetter(command.path)(client), job_id, arguments, next_command, invocation, progress)


def _wait(
    wait: Any,
    job: Job | str,
    arguments: Mapping[str, Any],
    next_command: str,
    invocation: Invocation,
    progress: Progress,
) -> Result:
    goes_on = f"the job goes on at the server; to go on: {next_command}"
    if invocation.connection.local:
        goes_on = "the job ended with the local server"

    def show_state(status: Record) -> None:
        progress.show_state(first_value(dict(status.data), (invocation.command.job_state,)))

    try:
        result: Result = wait(job, on_progress=show_state, **arguments)
        return result
    except (JobFailedError, ArgumentError):
        raise
    except JobTimeoutError as error:
        raise JobGoesOnError(f"{error.message}; {goes_on}") from error
    except SDKError as error:
        if isinstance(error, UnexpectedResponseError) and error.body:  # the result is there, and is kept
            raise
        raise JobGoesOnError(f"{error}; {goes_on}") from error
    except KeyboardInterrupt:
        progress.stop()
        with contextlib.suppress(OSError):  # the signal of a closed terminal has nowhere to print to
            print(goes_on, file=sys.stderr)
        raise


def _command_to_go_on(invocation: Invocation, wait: str, job_id: str, fields: Mapping[str, Any]) -> str:
    """Return the command that waits for a job, or else what identifies the job if there is none."""
    for name, command in invocation.program.commands.items():
        if isinstance(command, Command) and command.path == wait:
            words = [invocation.program.name, *name.split(), job_id]
            for field in command.job_fields or ():
                if field in fields:
                    words += [option_of(field), str(fields[field])]
            if invocation.connection.base_url is not None:
                words += ["--base-url", invocation.connection.base_url]
            return shlex.join(words)
    return f"wait for {job_id}"
