"""Reads the words of a command line. Options follow from the signatures and docstrings of the methods.

So a property that is added to the contract becomes an option without further work. There is no option for the
key: every process of the machine can see a command line, so the key comes from its environment variable only.
"""

import argparse
import inspect
import json
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

from .commands import Command, Commands, ServerCommand

# Parameters of every method. They get options with a text of their own below, or none at all.
_SHARED_PARAMETERS = ("self", "extra", "timeout", "retry_unknown")
# Options of every command. A parameter of one of these names gets a longer flag.
_COMMON_OPTIONS = ("output", "base_url", "dry_run", "no_wait", "help")
# Names under which argparse stores what is not an argument of a method. No parameter of Python can have them.
_COMMAND, _OUTPUT, _BASE_URL, _DRY_RUN, _NO_WAIT = "-command", "-output", "-base-url", "-dry-run", "-no-wait"
# An entry in the `Args` section of a Google docstring, with its continuation lines.
_ARGUMENT_DOC = re.compile(r"^    (\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)


class CommandLine(NamedTuple):
    """A command line that was understood.

    `output` is a path, `-` for stdout, or None if the command chooses a name.
    """

    name: str
    command: Command
    arguments: dict[str, object]
    output: str | None
    base_url: str | None
    dry_run: bool
    no_wait: bool


def parse(program: str, version: str, commands: Commands, words: list[str]) -> CommandLine:
    """Return what `words` say. Ends the process with status 2 and a message if it cannot be understood."""
    parser = argparse.ArgumentParser(prog=program)
    parser.add_argument("--version", action="version", version=f"{program} {version}")
    subparsers = parser.add_subparsers(dest=_COMMAND, required=True, metavar="COMMAND")
    for name, command in commands.items():
        if isinstance(command, ServerCommand):
            subparsers.add_parser(name, help="start a server to try things on", add_help=False)
        else:
            summary = _for_argparse((inspect.getdoc(command.method) or "").partition("\n")[0])
            usage = f"{program} {name} {command.argument.upper()} [-o FILE] [options]"
            subparser = subparsers.add_parser(name, help=summary, description=summary, usage=usage)
            _add_method_arguments(subparser, command)
            _add_common_options(subparser, command)
    values = vars(parser.parse_args(words))
    name = values.pop(_COMMAND)
    command = commands[name]
    assert isinstance(command, Command)  # a ServerCommand reads its words itself
    return CommandLine(
        name=name,
        command=command,
        output=values.pop(_OUTPUT),
        base_url=values.pop(_BASE_URL),
        dry_run=values.pop(_DRY_RUN),
        no_wait=values.pop(_NO_WAIT, False),
        arguments={key: value for key, value in values.items() if value is not None},
    )


def _add_method_arguments(parser: argparse.ArgumentParser, command: Command) -> None:
    """Add an argument for each parameter of the method, but those that all methods share."""
    argument_docs = dict(_ARGUMENT_DOC.findall(inspect.getdoc(command.method) or ""))
    for name, parameter in inspect.signature(command.method).parameters.items():
        if name in _SHARED_PARAMETERS:
            continue
        options = _reading_of(str(parameter.annotation))
        options["help"] = _for_argparse(" ".join(argument_docs.get(name, "").split()))
        if name == command.argument:
            options["metavar"] = name.upper()
            parser.add_argument(name, **options)
        else:
            flag = name.replace("_", "-") + ("-argument" if name in _COMMON_OPTIONS else "")
            options["required"] = parameter.default is inspect.Parameter.empty
            parser.add_argument(f"--{flag}", dest=name, **options)


def _add_common_options(parser: argparse.ArgumentParser, command: Command) -> None:
    parser.add_argument("-o", "--output", dest=_OUTPUT, metavar="FILE", help="where to save; - is stdout")
    parser.add_argument(
        "--extra", type=_json, metavar="JSON", help="more properties of the body, as a JSON object"
    )
    parser.add_argument("--timeout", type=float, metavar="SECONDS", help="how long to wait")
    parser.add_argument("--base-url", dest=_BASE_URL, metavar="URL", help="the server")
    parser.add_argument(
        "--dry-run", dest=_DRY_RUN, action="store_true", help="print a curl command, send nothing"
    )
    if command.wait:
        parser.add_argument(
            "--no-wait", dest=_NO_WAIT, action="store_true", help="print the job and leave it running"
        )


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
        return {"metavar": "TEXT"}
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


def _file(text: str) -> object:
    return sys.stdin.buffer if text == "-" else Path(text)
