"""The commands of a console script, as data that generated code fills in."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple


class Command(NamedTuple):
    """A command that calls a method of the client.

    `path` is where the method is on a client, such as `things.make`. `function` is the import path of the
    function whose signature holds the options, `module:name`. `usage` names what a command line needs, and
    `example` is a whole one. `argument` is the parameter that is given without an option; it may be several
    files if `takes_files`. `gives_media` says that results may be media, which no terminal can show. `wait`
    is the path of the method that waits for the job that the method starts, if it starts one. A method that
    waits itself has `job_fields`: its parameters that are needed beside the id of a job. `job_state` is the
    JSON pointer to the state in each answer about the job.
    """

    path: str
    function: str
    summary: str
    usage: str
    argument: str
    example: str = ""
    description: str = ""
    takes_files: bool = False
    gives_media: bool = False
    wait: str | None = None
    job_fields: Sequence[str] | None = None
    job_state: str = ""


class ServerCommand(NamedTuple):
    """A command that starts a server for trying things out: a module, and the distribution that has it."""

    module: str
    distribution: str


# The name of a command in a group is two words, as in `job status`.
Commands = Mapping[str, Command | ServerCommand]


class Program(NamedTuple):
    """A console script.

    `client` is the import path of the client's class, `module:name`. `key_variable` and `base_url_variable`
    are environment variables; the first is empty if no operation needs a key. `option_variables` are those
    that stand for an option which is not given, by the name of the argument. `meta_properties` are the names
    of groups of headers that `meta` of every result has. `tools` is the import path of what agents may call.
    """

    name: str
    version: str
    summary: str
    client: str
    commands: Commands
    key_variable: str = ""
    base_url_variable: str = ""
    option_variables: Mapping[str, str] = {}
    meta_properties: Sequence[str] = ()
    tools: str = ""

    @property
    def async_client(self) -> str:
        """The import path of the client's class for event loops."""
        module, _, name = self.client.partition(":")
        return f"{module}:Async{name}"

    @property
    def server(self) -> ServerCommand | None:
        """The server to try things on, if there is one."""
        servers = (command for command in self.commands.values() if isinstance(command, ServerCommand))
        return next(servers, None)

    def find_command(self, name: str) -> Command:
        """Return the command of a name that calls a method."""
        command = self.commands[name]
        if not isinstance(command, Command):
            raise TypeError(f"{name} calls no method")
        return command


def load(import_path: str) -> Any:
    """Import what an import path, `module:name`, names."""
    module, _, name = import_path.partition(":")
    return getattr(import_module(module), name)


def option_of(name: str) -> str:
    """Return the option of an argument."""
    return f"--{name.rstrip('_').replace('_', '-')}" + ("-argument" if name in SHARED_OPTIONS else "")


# Options that every command may have. An argument of one of these names gets a longer option.
SHARED_OPTIONS = frozenset(
    {"api_key", "base_url", "dry_run", "extra", "help", "json", "local", "max_retries", "no_wait", "output"}
    | {"play", "timeout", "verbose", "version"}
)
# Names of parameters that the function of a command has for itself.
SHARED_PARAMETERS = frozenset({"connection", "delivery", "extra", "program"})


def options_by_argument(command: Command, arguments: Sequence[str]) -> dict[str, str]:
    """Return how each argument is called on the command line; `PROMPT` is one without an option."""
    options = {name: option_of(name) for name in arguments}
    shared = {name: f"--{name.replace('_', '-')}" for name in ("api_key", "base_url", "extra", "max_retries")}
    return {**options, **shared, "timeout": "--timeout", command.argument: command.argument.upper()}
