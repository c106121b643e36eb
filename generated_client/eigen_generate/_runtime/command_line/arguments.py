"""Reads the words of a command line. Options follow from the signatures and docstrings of the methods.

So a property that is added to the contract becomes an option without further work. There is no option for the
key: every process of the machine can see a command line, so the key comes from its environment variable only.
"""

import argparse
import inspect
import json
import re
from pathlib import Path
from typing import Any, NamedTuple, cast

from .commands import Command, Commands, ServerCommand
from .stdin import Stdin

# Parameters of every method. They get options with a text of their own below, or none at all.
_SHARED_PARAMETERS = ("self", "extra", "timeout", "retry_unknown")
# Options of every command. A parameter of one of these names gets a longer flag.
_COMMON_OPTIONS = ("output", "base_url", "dry_run", "no_wait", "help")
# Names under which argparse stores what is not an argument of a method. No parameter of Python can have them.
_COMMAND, _OUTPUT, _BASE_URL, _DRY_RUN, _NO_WAIT = "-command", "-output", "-base-url", "-dry-run", "-no-wait"
# An entry in the `Args` section of a Google docstring, with its continuation lines and what is below them.
_ARGUMENT_DOC = re.compile(r"^    (\w+): (.*(?:\n {8}.*|\n(?=\n {8}))*)", re.MULTILINE)
# A directive of Sphinx with its text on one line; and at the top of a docstring, as it stands there.
_DEPRECATED = re.compile(r"\.\. deprecated:: (\S+)")
_METHOD_DEPRECATED = re.compile(r"^(\.\. deprecated:: .*(?:\n {4}.*)*|Deprecated.*(?:\n\S.*)*)", re.MULTILINE)


class CommandLine(NamedTuple):
    """A command line that was understood.

    `flags` says how each argument is called on the command line: `--image-file`, or `PROMPT` for what has no
    flag. An argument that stdin holds is a `Stdin`. `output` is a path, `-` for stdout, or None if the
    command chooses a name.
    """

    name: str
    command: Command
    arguments: dict[str, Any]
    flags: dict[str, str]
    output: str | None
    base_url: str | None
    dry_run: bool
    no_wait: bool


def parse(program: str, version: str, commands: Commands, words: list[str]) -> CommandLine:
    """Return what `words` say. Ends the process with status 2 and a message if it cannot be understood."""
    parser = argparse.ArgumentParser(prog=program)
    parser.add_argument("--version", action="version", version=f"{program} {version}")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    groups: dict[str, Any] = {}
    for name, command in commands.items():
        group, _, name_in_group = name.rpartition(" ")
        if isinstance(command, ServerCommand):
            subparsers.add_parser(name, help="start a server to try things on", add_help=False)
        elif group and group not in groups:
            names_in_group = [key.partition(" ")[2] for key in commands if key.startswith(f"{group} ")]
            group_parser = subparsers.add_parser(group, help=", ".join(names_in_group))
            groups[group] = group_parser.add_subparsers(required=True, metavar="COMMAND")
        if isinstance(command, Command):
            _add_command(groups.get(group, subparsers), program, name, command, name_in_group)
    values = vars(parser.parse_args(words))
    name = values.pop(_COMMAND)
    command = commands[name]
    assert isinstance(command, Command)  # a ServerCommand reads its words itself
    return CommandLine(
        name=name,
        command=command,
        flags=_flags(command),
        output=values.pop(_OUTPUT),
        base_url=values.pop(_BASE_URL),
        dry_run=values.pop(_DRY_RUN, False),
        no_wait=values.pop(_NO_WAIT, False),
        arguments=_check_stdin(parser, command, values),
    )


def _add_command(subparsers: Any, program: str, name: str, command: Command, last_word: str) -> None:
    """Add the parser of a command, whose name ends with `last_word`."""
    doc = inspect.getdoc(command.method) or ""
    summary = _for_argparse(doc.partition("\n")[0])
    deprecation = _METHOD_DEPRECATED.search(doc.partition("\nArgs:\n")[0])
    description = f"{summary} {_help_text(deprecation[0])}" if deprecation else summary
    usage = f"{program} {name} {command.argument.upper()} [-o FILE] [options]"
    parser = subparsers.add_parser(last_word, help=summary, description=description, usage=usage)
    parser.set_defaults(**{_COMMAND: name})
    _add_method_arguments(parser, command)
    _add_common_options(parser, command)


def _check_stdin(parser: argparse.ArgumentParser, command: Command, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values without those that are None; ends the process if two of them read stdin."""
    arguments = {name: value for name, value in values.items() if value is not None}
    flags = _flags(command)
    reading_flags = [
        flags[name]
        for name, value in arguments.items()
        for item in (cast("list[object]", value) if isinstance(value, list) else [value])
        if isinstance(item, Stdin)
    ]
    if len(reading_flags) > 1:
        parser.error(f"stdin can be read once, but {' and '.join(reading_flags)} are both -")
    return arguments


def _flags(command: Command) -> dict[str, str]:
    """Return how each argument of the command is called on the command line."""
    parameters = inspect.signature(command.method).parameters
    return {
        name: name.upper() if name == command.argument else flag(name)
        for name in parameters
        if name not in _SHARED_PARAMETERS
    } | {"extra": "--extra", "timeout": "--timeout", "base_url": "--base-url"}


def flag(name: str) -> str:
    """Return the flag of a parameter."""
    return f"--{name.replace('_', '-')}" + ("-argument" if name in _COMMON_OPTIONS else "")


def _add_method_arguments(parser: argparse.ArgumentParser, command: Command) -> None:
    """Add an argument for each parameter of the method, but those that all methods share."""
    argument_docs = dict(_ARGUMENT_DOC.findall(inspect.getdoc(command.method) or ""))
    for name, parameter in inspect.signature(command.method).parameters.items():
        if name in _SHARED_PARAMETERS or str(parameter.annotation).startswith("Callable["):
            continue
        options = _reading_of(str(parameter.annotation))
        options["help"] = _help_text(argument_docs.get(name, ""))
        if name == command.argument:
            options["metavar"] = name.upper()
            if command.job_fields is not None:
                options["help"] = "the id of the job"
            parser.add_argument(name, **options)
        else:
            options["required"] = parameter.default is inspect.Parameter.empty
            if name in (command.job_fields or ()):  # on the command line a job is always given by its id
                options |= {"required": True, "help": "as in the request that started the job"}
            parser.add_argument(flag(name), dest=name, **options)


def _add_common_options(parser: argparse.ArgumentParser, command: Command) -> None:
    parser.add_argument("-o", "--output", dest=_OUTPUT, metavar="FILE", help="where to save; - is stdout")
    if "extra" in inspect.signature(command.method).parameters:
        parser.add_argument(
            "--extra", type=_json, metavar="JSON", help="more properties of the body, as a JSON object"
        )
    timeout_help = "how long to wait for the answer" + (", and then for the job" if command.wait else "")
    if command.job_fields is not None:
        timeout_help = "how long to wait for the job"
    parser.add_argument("--timeout", type=float, metavar="SECONDS", help=timeout_help)
    parser.add_argument("--base-url", dest=_BASE_URL, metavar="URL", help="the server")
    if command.job_fields is None:  # a method that waits sends many requests
        parser.add_argument(
            "--dry-run", dest=_DRY_RUN, action="store_true", help="print a curl command, send nothing"
        )
    if command.wait:
        parser.add_argument(
            "--no-wait", dest=_NO_WAIT, action="store_true", help="print the job and leave it running"
        )


def _help_text(doc: str) -> str:
    """Return a text of a docstring on one line, with a directive as words."""
    return _for_argparse(_DEPRECATED.sub(r"Deprecated since \1:", " ".join(doc.split())))


def _for_argparse(text: str) -> str:
    return text.replace("%", "%%")  # argparse formats its texts with `%`


def _reading_of(annotation: str) -> dict[str, Any]:
    """Return how argparse reads a value of an annotation, as keyword arguments of `add_argument`.

    Annotations are strings, because generated modules postpone their evaluation (PEP 563).
    """
    alternatives = {alternative.strip() for alternative in annotation.split("|")} - {"None"}
    if alternatives == {"bool"}:
        return {"action": argparse.BooleanOptionalAction}
    if alternatives and alternatives <= {"int", "float"}:
        return {"type": number, "metavar": "NUMBER"}
    if "FileInput" in alternatives:
        return {"type": _file, "metavar": "FILE"}
    if "Sequence[FileInput]" in alternatives:
        return {"type": _file, "metavar": "FILE", "action": "append"}
    # A literal type that holds a `|` is split as well, so a part of it may begin with a quote.
    if any(part == "str" or part.startswith(("Literal[", '"', "'")) for part in alternatives):
        return {"type": _text, "metavar": "TEXT"}
    return {"type": _json, "metavar": "JSON"}


def number(text: str) -> float:
    """Return a number as it was written: 15 stays an int. Its name is the one in argparse's error."""
    try:
        return int(text)
    except ValueError:
        return float(text)


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"not JSON: {error}") from None


def _text(text: str) -> str | Stdin:
    return Stdin.TEXT if text == "-" else text


def _file(text: str) -> Path | Stdin:
    return Stdin.FILE if text == "-" else Path(text)
