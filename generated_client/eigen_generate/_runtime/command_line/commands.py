"""The commands of a console script, as data that generated code fills in."""

from collections.abc import Callable, Sequence
from typing import NamedTuple


class Command(NamedTuple):
    """A command that calls a method of the client.

    `path` is where the method is on a client, such as `things.make`. `argument` names the parameter that is
    given without a flag. `wait` is the path of the method that waits for the job that `method` starts, if it
    starts one. A `method` that waits itself has `job_fields`: its parameters that are needed beside the id of
    a job.
    """

    method: Callable[..., object]
    path: str
    argument: str
    wait: str | None = None
    job_fields: Sequence[str] | None = None


class ServerCommand(NamedTuple):
    """A command that starts a server for trying things out: a module, and the distribution that has it."""

    module: str
    distribution: str


# The name of a command in a group is two words, as in `job status`.
Commands = dict[str, Command | ServerCommand]
