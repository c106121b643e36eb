"""The commands of the console script, as the functions whose signatures cyclopts reads.

Options follow from the arguments of methods, so a property that is added to the contract becomes an option
without further work.
"""

import re
import shlex
import textwrap
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from typing import Any

from attrs import evolve, field, frozen

from ..model.client_model import ClientModel
from ..model.methods import Method
from ..model.sdk import CommandSpec, Sdk, WaitSpec
from ..names import identifier
from ..runtime.command_line.commands import SHARED_PARAMETERS, Command, ServerCommand, option_of
from ..runtime.response.media_types import kind_of
from .deprecations import make_sentence
from .docstrings import describe, describe_rules

# The part of an 80 columns wide terminal that an example has.
_EXAMPLE_WIDTH = 76
_LITERAL_PARTS = ("Literal[", '"', "'")
_BACKTICKED = re.compile(r"`(\w+)`")


@frozen
class CommandOption:
    """One parameter of a command's function.

    `parameter` is its name there, `argument` the one of the method's argument. `annotation` is its type,
    `reading` the constant of `command_line.options` that reads it, and `group` the constant of its group in
    the help. `settings` are further settings of the option.
    """

    argument: str
    annotation: str
    reading: str
    group: str
    help: str
    is_required: bool = False
    settings: dict[str, Any] = field(factory=dict[str, Any])

    @property
    def parameter(self) -> str:
        """The name of the parameter."""
        return f"{self.argument}_" if self.argument in SHARED_PARAMETERS else self.argument

    @property
    def explicit_name(self) -> str:
        """The option, if it does not follow from the name of the parameter; else empty."""
        option = option_of(self.argument)
        return "" if option == f"--{self.parameter.replace('_', '-')}" else option


@frozen
class CommandFunction:
    """A command of one word, or the last word of a group's command."""

    name: str
    command: Command
    positional: CommandOption
    options: list[CommandOption]
    delivery: str
    connection: str
    takes_extra: bool

    @property
    def function(self) -> str:
        """The name of the function."""
        return self.command.function.rpartition(":")[2]


def describe_commands(
    client_model: ClientModel, examples: Mapping[str, Mapping[str, Any]]
) -> dict[str, CommandFunction | ServerCommand]:
    """Return the commands by name. `examples` are bodies, by the full name of their method."""
    sdk = client_model.sdk
    methods = {
        method.full_name: method for resource in sdk.resources for method in client_model.methods(resource)
    }
    waits = {f"{wait.resource}.{wait.method}": wait for wait in sdk.waits}
    commands: dict[str, CommandFunction | ServerCommand] = {}
    for name, spec in sdk.commands.items():
        if spec.serve:
            commands[name] = ServerCommand(spec.serve, spec.install)
        elif spec.method in waits:
            commands[name] = _describe_wait(sdk, name, spec, waits[spec.method])
        else:
            method, example = methods[spec.method], examples.get(spec.method, {})
            commands[name] = _describe_method(client_model, name, spec, method, example)
    return commands


def _describe_method(
    client_model: ClientModel, name: str, spec: CommandSpec, method: Method, example: Mapping[str, Any]
) -> CommandFunction:
    sdk, argument_name = client_model.sdk, identifier(spec.argument)
    choices = {choice.name for choice in client_model.types.choices}
    grouped = {name for names in method.spec.exclusive for name in names}
    options = [
        CommandOption(
            argument.python_name,
            *_read(argument.annotation, choices),
            group="COMMON" if argument.required or argument.name in grouped else "JOB",
            help=_help_text(method, argument.schema, argument.deprecation),
            is_required=argument.required,
            settings=_settings(sdk, argument.python_name),
        )
        for argument in method.arguments
    ]
    positional = next(option for option in options if option.argument == argument_name)
    others = [option for option in options if option is not positional]
    takes_files = positional.reading in ("FILE", "FILES")
    if takes_files:
        positional = evolve(positional, annotation="list[File]", reading="FILES")
    kinds = _result_kinds(sdk, method)
    wait = sdk.wait_of(method.full_name)
    command = _make_command(sdk, name, spec, positional, others)._replace(
        summary=method.spec.summary,
        description=_describe_rules(method),
        example=_make_example(sdk, name, positional, others, example, method),
        takes_files=takes_files,
        gives_media=bool(kinds - {"text"}),
        wait=wait,
        job_state=next((w.state for w in sdk.waits if f"{w.resource}.{w.method}" == wait), ""),
    )
    # A server for one command alone knows no job of another command.
    has_server = any(other.serve for other in sdk.commands.values())
    delivery = "JobDelivery" if wait else "SoundDelivery" if kinds == {"audio"} else "RequestDelivery"
    return CommandFunction(
        name, command, evolve(positional, group="COMMON", is_required=True, settings={}), others, delivery,
        connection="LocalConnection" if has_server and method.operation.method != "get" else "Connection",
        takes_extra=method.takes_extra,
    )  # fmt: skip


def _describe_wait(sdk: Sdk, name: str, spec: CommandSpec, wait: WaitSpec) -> CommandFunction:
    """Return the command of a method that waits. A job is always given by its id on the command line."""
    positional = CommandOption("job", "Text", "TEXT", "COMMON", "The id of the job.", is_required=True)
    options = [
        CommandOption(
            identifier(kept_name), "Text", "TEXT", "COMMON", "As in the request that started the job.",
            is_required=True, settings=_settings(sdk, identifier(kept_name)),
        )
        for kept_name in wait.kept_names
    ]  # fmt: skip
    interval = f"Seconds between two requests for the state; {wait.interval:g} by default."
    options.append(CommandOption("interval", "Number", "NUMBER", "JOB", interval))
    example = {"job": "JOB-ID", **{option.argument: option.argument.upper() for option in options[:-1]}}
    command = _make_command(sdk, name, spec, positional, options)._replace(
        summary=wait.description,
        example=_format_example(sdk, name, example, positional, options, " -o result"),
        gives_media=True,
        job_fields=wait.kept_names,
        job_state=wait.state,
    )
    return CommandFunction(name, command, positional, options, "Delivery", "Connection", takes_extra=False)


def _make_command(
    sdk: Sdk, name: str, spec: CommandSpec, positional: CommandOption, options: list[CommandOption]
) -> Command:
    module, _, word = name.partition(" ")
    words = [positional.argument.upper() + ("..." if positional.reading == "FILES" else "")]
    words += [f"{option_of(option.argument)} TEXT" for option in options if option.is_required]
    return Command(
        path=spec.method,
        function=f"{sdk.package}._commands.{identifier(module)}:{identifier(word or module)}_command",
        summary="",
        usage=" ".join(words),
        argument=positional.argument,
    )


def _read(annotation: str, choices: Collection[str]) -> tuple[str, str]:
    """Return the type of an option and the constant that reads it, for the annotation of an argument."""
    alternatives = {alternative.strip() for alternative in annotation.split("|")} - {"None"}
    if alternatives == {"bool"}:
        return "bool", "SWITCH"
    if alternatives and alternatives <= {"int", "float"}:
        return "Number", "NUMBER"
    if "FileInput" in alternatives:
        return "File", "FILE"
    if "Sequence[FileInput]" in alternatives:
        return "list[File]", "FILES"
    # A literal type that holds a `|` is split as well, so a part of it may begin with a quote.
    if any(part == "str" or part in choices or part.startswith(_LITERAL_PARTS) for part in alternatives):
        return "Text", "TEXT"
    return "object", "JSON"


def _settings(sdk: Sdk, argument: str) -> dict[str, Any]:
    """Return the further settings of an option."""
    variable = sdk.option_variables.get(argument)
    return {"env_var": variable} if variable else {}


def _help_text(method: Method, schema: dict[str, Any], deprecation: Any) -> str:
    text = describe({**schema, "deprecated": False})
    sentence = make_sentence(deprecation) if deprecation else ""
    return _name_options(method, " ".join(filter(None, (" ".join(text.split()), sentence))))


def _describe_rules(method: Method) -> str:
    rules = list(dict.fromkeys(describe_rules(method.variants[0].schema))) if method.variants else []
    rules += [f"No two of these go together: `{'`, `'.join(names)}`." for names in method.spec.exclusive]
    if method.deprecation is not None:
        rules.insert(0, make_sentence(method.deprecation))
    return _name_options(method, " ".join(rules))


def _name_options(method: Method, text: str) -> str:
    """Return a text in which arguments of the method are called as on the command line."""
    options = {argument.name: option_of(argument.python_name) for argument in method.arguments}
    return _BACKTICKED.sub(lambda match: options.get(match[1], match[0]), text)


def _result_kinds(sdk: Sdk, method: Method) -> set[str]:
    """Return the kinds of media that a method may return, and `text` for what a terminal can show."""
    names = [*method.spec.results, *(overload.result for overload in method.spec.overloads)]
    kinds: set[str] = set()
    for name in names:
        result = sdk.results[name]
        is_media = result["kind"] in ("media", "stream")
        kinds |= set(map(kind_of, result.get("media_types", ["*/*"]))) if is_media else {"text"}
    return kinds


def _make_example(
    sdk: Sdk,
    name: str,
    positional: CommandOption,
    options: list[CommandOption],
    body: Mapping[str, Any],
    method: Method,
) -> str:
    """Return a whole command line, from the example of the contract if it has one."""
    values = {identifier(key): value for key, value in body.items()}
    needed = [positional, *(option for option in options if option.is_required)]
    names = {option.argument: option.argument.upper().replace("_", "-") for option in needed}
    values = {**names, **{key: value for key, value in values.items() if _is_word(value)}}
    values = {key: value for key, value in values.items() if key in {*names, *(o.argument for o in options)}}
    for option in (positional, *options):
        if option.reading in ("FILE", "FILES") and option.argument in values:
            values[option.argument] = PurePosixPath(str(values[option.argument])).name
    kinds = _result_kinds(sdk, method)
    suffix = {"image": "png", "audio": "wav", "video": "mp4"}.get("".join(kinds - {"text"}))
    output = f" -o {name.replace(' ', '-')}.{suffix}" if suffix else ""
    return _format_example(sdk, name, values, positional, options, output)


def _format_example(
    sdk: Sdk,
    name: str,
    values: Mapping[str, Any],
    positional: CommandOption,
    options: list[CommandOption],
    output: str,
) -> str:
    chunks = [f"{sdk.distribution} {name} {shlex.quote(str(values[positional.argument]))}"]
    for option in options:
        if option.argument in values:
            chunks.append(f"{option_of(option.argument)} {shlex.quote(str(values[option.argument]))}")
    lines = [chunks[0]]
    for chunk in [*chunks[1:], *([output.strip()] if output else [])]:
        if len(lines[-1]) + len(chunk) + 5 > _EXAMPLE_WIDTH:
            lines[-1] += " \\"
            lines.append(f"  {chunk}")
        else:
            lines[-1] += f" {chunk}"
    return textwrap.indent("\n".join(lines), "  ")


def _is_word(value: Any) -> bool:
    """Whether the command line takes a value as one word. It does not for lists, objects and flags."""
    return isinstance(value, str | int | float) and not isinstance(value, bool)
