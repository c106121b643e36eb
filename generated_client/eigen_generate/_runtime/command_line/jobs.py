"""Waits for jobs, and names the command that goes on with a job that this process does not wait for."""

import contextlib
import shlex
import sys
from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from ..errors import ArgumentError, JobFailedError, JobTimeoutError, SDKError
from ..response.results import Job, Result
from ..response.unexpected import UnexpectedResponseError
from .arguments import CommandLine, flag
from .commands import Command, Commands


class JobGoesOnError(SDKError):
    """This process stops waiting for a job, which goes on at the server. Nothing is lost."""


def start_job(client: Any, program: str, commands: Commands, command_line: CommandLine) -> Any:
    """Call the method of a command; wait for the job that it starts, if it starts one and that is wanted.

    Raises SDKError, or JobGoesOnError if the job goes on.
    """
    command, arguments = command_line.command, command_line.arguments
    result = attrgetter(command.path)(client)(**arguments)
    if not isinstance(result, Job) or not command.wait:
        return result
    next_command = _command_to_go_on(program, commands, command.wait, result.id, result.context, command_line)
    if command_line.no_wait:
        print(f"{program} {command_line.name}: to go on: {next_command}", file=sys.stderr)
        return result
    print(f"waiting for {result.id}", file=sys.stderr)
    timeout = {name: arguments[name] for name in ("timeout",) if name in arguments}
    return _wait(attrgetter(command.wait)(client), result, timeout, next_command)


def wait_for_job(client: Any, program: str, commands: Commands, command_line: CommandLine) -> Any:
    """Call the method of a command that waits for a job; raises as `start_job`."""
    command, arguments = command_line.command, dict(command_line.arguments)
    job_id = str(arguments.pop(command.argument))
    next_command = _command_to_go_on(program, commands, command.path, job_id, arguments, command_line)
    return _wait(attrgetter(command.path)(client), job_id, arguments, next_command)


def _wait(wait: Any, job: Job | str, arguments: Mapping[str, Any], next_command: str) -> Result:
    goes_on = f"the job goes on at the server; to go on: {next_command}"
    try:
        result: Result = wait(job, **arguments)
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
        with contextlib.suppress(OSError):  # the signal of a closed terminal has nowhere to print to
            print(goes_on, file=sys.stderr)
        raise


def _command_to_go_on(
    program: str,
    commands: Commands,
    wait: str,
    job_id: str,
    fields: Mapping[str, Any],
    command_line: CommandLine,
) -> str:
    """Return the command that waits for a job, or else what identifies the job if there is none."""
    for name, command in commands.items():
        if isinstance(command, Command) and command.path == wait:
            words = [program, *name.split(), job_id]
            for field in command.job_fields or ():
                if field in fields:
                    words += [flag(field), str(fields[field])]
            if command_line.base_url is not None:
                words += ["--base-url", command_line.base_url]
            return shlex.join(words)
    return f"wait for {job_id}"
