"""The commands of a console script, as data that generated code fills in."""

from collections.abc import Callable
from typing import NamedTuple


class Command(NamedTuple):
    """A command that calls a method of the client.

    `path` is where the method is on a client, such as `things.make`. `argument` names the parameter that is
    given without a flag. `wait` is the path of the method that waits for the job that `method` starts, if it
    starts one.
    """

    method: Callable[..., object]
    path: str
    argument: str
    wait: str | None = None


class ServerCommand(NamedTuple):
    """A command that starts a server for trying things out: a module, and the distribution that has it."""

    module: str
    distribution: str


Commands = dict[str, Command | ServerCommand]
