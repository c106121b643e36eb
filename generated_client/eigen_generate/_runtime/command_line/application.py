"""The commands as an application of cyclopts: which there are, what their help says, what words mean.

Nothing that a command needs is imported before it is known which one runs, so that help stays quick. A
command without a method of its own is a function with a parameter `program: ThisProgram`; to add one, name it
in `BUILT_IN_COMMANDS`.
"""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import partial, reduce
from inspect import BoundArguments
from typing import Any, NamedTuple

from cyclopts import App, CycloptsError, Group
from cyclopts.exceptions import (
    MissingArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from .commands import Command, Program, ServerCommand
from .messages import NOT_UNDERSTOOD, UsageError
from .stdin import STANDARD_STREAM


class BuiltInCommand(NamedTuple):
    """A command that calls no method itself. `function` is an import path below the package `_runtime`."""

    name: str
    function: str
    summary: str
    usage: str
    # Whether the function gets all words as they are, those included that look like options.
    takes_words: bool = False
    # What follows the name in the example that the help begins with.
    example: str = ""


# Every program has these.
BUILT_IN_COMMANDS = (
    BuiltInCommand(
        "batch",
        "command_line.batching:batch",
        "Send a request for each row of a file; go on after a kill, and pay for nothing twice.",
        "ROWS -o DIR [options], or: batch status DIR, batch report DIR",
        example="rows.csv -o results",
    ),
    BuiltInCommand(
        "curl",
        "command_line.curl:curl",
        "Print the request of another command for curl; send nothing.",
        "COMMAND ...",
        takes_words=True,
    ),
    BuiltInCommand(
        "mcp",
        "agents.command:mcp",
        "Offer these commands to agents, as tools.",
        "--folder DIR [options]",
        example="--folder results --read pictures --local",
    ),
    BuiltInCommand(
        "completion",
        "command_line.completion:completion",
        "Print or install the completion of a shell.",
        "SHELL [--install]",
        example="bash --install",
    ),
)

_SHOWING_OPTIONS = frozenset({"--help", "-h", "--version"})
_TOOLS = Group("Tools", sort_key=2)
_OPTIONS = Group("Options", sort_key=3)
_RUNTIME = __name__.rpartition(".command_line.")[0]
_EPILOGUE = (
    "Exit status: 0 done, 1 refused or failed, 2 not understood (nothing was sent), "
    "3 outcome unknown, 130 Ctrl-C."
)


def make_application(program: Program) -> App:
    """Return the application. The functions of its commands are imported when they are needed."""
    examples = [command.example for command in program.commands.values() if isinstance(command, Command)]
    application = App(
        name=program.name,
        help=program.summary,
        version=f"{program.name} {program.version}",
        help_format="plaintext",
        help_prologue=_make_prologue(next(filter(None, examples), "")),
        help_epilogue=_EPILOGUE,
        usage=f"Usage: {program.name} COMMAND ...\n       {program.name} COMMAND --help",
    )
    groups: dict[str, App] = {}
    for position, (name, command) in enumerate(program.commands.items()):
        if isinstance(command, ServerCommand):
            _add_built_in(application, program, _describe_server(name))
            continue
        group, _, name_in_group = name.rpartition(" ")
        if group and group not in groups:
            groups[group] = _add_group(application, program, group, position)
        parent = groups.get(group, application)
        parent.command(
            command.function,
            name=name_in_group,
            help="\n\n".join(filter(None, (command.summary, command.description))),
            usage=f"Usage: {program.name} {name} {command.usage} [options]",
            help_prologue=_make_prologue(command.example),
            sort_key=position,
        )
    for built_in in BUILT_IN_COMMANDS:
        if built_in.name not in program.commands:
            _add_built_in(application, program, built_in, next(filter(None, examples), ""))
    for flag in ("--help", "--version"):
        application[flag].group = (_OPTIONS,)
    return application


def understand(program: Program, words: Iterable[str]) -> Callable[[], Any]:
    """Return a function that does what the words say; raises UsageError if they cannot be understood.

    The function returns the exit status, or None for 0.
    """
    application = make_application(program)
    words = [STANDARD_STREAM if word == "-" else word for word in words]
    try:
        function, bound, not_parsed = application.parse_args(words, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        raise UsageError(_describe(application, program, error, words)) from error
    if "program" in not_parsed:
        return partial(function, *bound.args, **bound.kwargs, program=program)
    return partial(_show, function, bound, is_asked_for=not _SHOWING_OPTIONS.isdisjoint(words))


def _show(function: Callable[..., Any], bound: BoundArguments, *, is_asked_for: bool) -> int:
    """Print help or the version; return the exit status, which is not 0 for words that name no command."""
    function(*bound.args, **bound.kwargs)
    return 0 if is_asked_for else NOT_UNDERSTOOD


def _describe(application: App, program: Program, error: CycloptsError, words: list[str]) -> str:
    """Return what is wrong with the words, in one line, and where help is."""
    chain = [program.name, *(error.command_chain or ())]
    see = f"See {' '.join(chain)} --help"
    unknown = _find_unknown_option(error, words)
    if unknown is not None:
        command = reduce(App.__getitem__, error.command_chain or (), application)
        return f"{_describe_unknown_option(unknown, command, words)} {see}"
    if isinstance(error, MissingArgumentError) and error.argument is not None:
        name = error.argument.field_info.name
        shown = error.argument.name if error.argument.name.startswith("-") else name.upper()
        if error.keyword is not None:
            return f"{error.keyword} needs a value. {see}"
        variable = program.option_variables.get(name)
        message = f"{shown} is missing" + (f"; give it, or set {variable}" if variable else "")
        return f"{message}. {see}"
    if isinstance(error, UnknownCommandError):
        return _describe_unknown_command(program, error)
    if isinstance(error, UnusedCliTokensError) and error.unused_tokens:
        unused = " ".join(map(repr, error.unused_tokens)).replace(repr(STANDARD_STREAM), "'-'")
        return f"too many words: {unused}; a text of several words needs quotes. {see}"
    message = " ".join(str(error).replace(STANDARD_STREAM, "-").split()).rstrip(".")
    return f"{message}. {see}"


def _find_unknown_option(error: CycloptsError, words: list[str]) -> str | None:
    """Return the option that the command does not have, if there is one.

    A misspelt option is why another is missing, so it is what an error about that has to name.
    """
    if isinstance(error, UnknownOptionError):
        return error.token.keyword or error.token.value
    if not isinstance(error, MissingArgumentError) or error.keyword is not None:
        return None
    options = words[: words.index("--")] if "--" in words else words
    unused = (word for word in error.unused_tokens or () if word in options)
    return next((word for word in unused if word.startswith("-") and not _is_number(word)), None)


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def _describe_unknown_option(word: str, command: App, words: list[str]) -> str:
    """Return the line that names an unknown option and the option that is nearest to it."""
    option = word.partition("=")[0]
    arguments = command.assemble_argument_collection()
    closest = get_close_matches(option, [name for argument in arguments for name in argument.names])
    if not closest:
        return f"unknown option {option}."
    # One that is needed and not there was meant rather than one that is spelled more like it.
    missing = {name for argument in arguments if argument.required for name in argument.names}.difference(
        words
    )
    meant = next((name for name in closest if name in missing), closest[0])
    return f"unknown option {option}: did you mean {meant}?"


def _describe_unknown_command(program: Program, error: UnknownCommandError) -> str:
    chain = " ".join(error.command_chain or ())
    known = [*program.commands, *(command.name for command in BUILT_IN_COMMANDS)]
    prefix = f"{chain} " if chain else ""
    names = dict.fromkeys(
        name.removeprefix(prefix).partition(" ")[0] for name in known if name.startswith(prefix)
    )
    unknown = str((error.unused_tokens or ["?"])[0])
    if unknown.startswith("-"):
        return (
            f"unknown option {unknown.partition('=')[0]}: options follow a command. See {program.name} --help"
        )
    closest = get_close_matches(unknown, names, 1)
    meant = f"did you mean {closest[0]}?" if closest else f"there are {', '.join(names)}."
    return f"no command {unknown!r}: {meant} See {' '.join([program.name, *chain.split()])} --help"


def _add_group(application: App, program: Program, group: str, position: int) -> App:
    """Add a group of commands, such as `job`."""
    names = [name.partition(" ")[2] for name in program.commands if name.startswith(f"{group} ")]
    group_app = App(
        name=group,
        help=f"Commands: {', '.join(names)}.",
        usage=f"Usage: {program.name} {group} COMMAND ...",
        help_prologue="",
        help_epilogue="",
        sort_key=position,
    )
    application.command(group_app)
    return group_app


def _add_built_in(
    application: App, program: Program, command: BuiltInCommand, example_of_another: str = ""
) -> None:
    title = f"{program.name} {command.name}"
    example = f"  {title} {command.example}"
    if not command.example:  # it is followed by another command
        example = example_of_another.replace(program.name, title, 1)
    raw: dict[str, Any] = {"help_flags": [], "version_flags": []} if command.takes_words else {}
    application.command(
        f"{_RUNTIME}.{command.function}",
        name=command.name,
        help=command.summary,
        usage=f"Usage: {title} {command.usage}",
        help_prologue=_make_prologue(example),
        group=_TOOLS,
        **raw,
    )


def _describe_server(name: str) -> BuiltInCommand:
    summary = "Start a server on this machine to try things on."
    return BuiltInCommand(
        name, "command_line.local_server:serve", summary, "[options]", takes_words=True, example="--port 8080"
    )


def _make_prologue(example: str) -> str:
    return f"Example:\n{example}" if example else ""
