"""How the options of commands are read and grouped, for the generated functions that declare them.

Importing this needs the extra `cli`.
"""

import glob
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from attrs import frozen
from cyclopts import Group, Parameter, Token

from .commands import Program
from .stdin import STANDARD_STREAM, Stdin

COMMON = Group("Common options", sort_key=1)
JOB = Group("Options of this job", sort_key=2)
DELIVERY = Group("Delivery", sort_key=3)
CONNECTION = Group("Connection", sort_key=4)

Text = str | Stdin
File = Path | Stdin
Number = int | float
# The console script that runs, which is no option.
ThisProgram = Annotated[Program, Parameter(parse=False)]


def read_text(_type: object, tokens: Sequence[Token]) -> Text:
    """Return a text; a single hyphen stands for stdin."""
    text = tokens[0].value
    return Stdin.TEXT if text == STANDARD_STREAM else text


def read_number(_type: object, tokens: Sequence[Token]) -> Number:
    """Return a number as it was written: 15 stays an int."""
    text = tokens[0].value
    try:
        return int(text)
    except ValueError:
        try:
            return float(text)
        except ValueError:
            raise ValueError(f"{text!r} is not a number") from None


def read_json(_type: object, tokens: Sequence[Token]) -> Any:
    """Return a value that is written as JSON."""
    try:
        return json.loads(tokens[0].value)
    except ValueError as error:
        raise ValueError(f"not JSON: {error}") from None


def read_file(_type: object, tokens: Sequence[Token]) -> File:
    """Return the path of a file; a single hyphen stands for stdin."""
    text = tokens[0].value
    return Stdin.FILE if text == STANDARD_STREAM else Path(text)


def read_files(_type: object, tokens: Sequence[Token]) -> list[File]:
    """Return the paths of files. Patterns are expanded here, as shells of Windows do not do it."""
    files: list[File] = []
    for token in tokens:
        text = token.value
        if glob.has_magic(text) and not os.path.lexists(text):
            names = sorted(glob.glob(text))  # noqa: PTH207 - keeps what is written before the pattern
            if not names:
                raise ValueError(f"no file matches {text!r}")
            files += map(Path, names)
        else:
            files.append(read_file(_type, [token]))
    return files


def read_output(_type: object, tokens: Sequence[Token]) -> str:
    """Return where to save; a single hyphen stands for stdout."""
    text = tokens[0].value
    return "-" if text == STANDARD_STREAM else text


TEXT = Parameter(converter=read_text, metavar="TEXT", n_tokens=1, show_choices=False)
NUMBER = Parameter(converter=read_number, metavar="NUMBER", n_tokens=1)
JSON = Parameter(converter=read_json, metavar="JSON", n_tokens=1, accepts_keys=False)
FILE = Parameter(converter=read_file, metavar="FILE", n_tokens=1, show_choices=False)
FILES = Parameter(
    converter=read_files, metavar="FILE...", consume_multiple=True, negative=(), show_choices=False
)
SWITCH = Parameter()
FLAG = Parameter(negative=(), show_default=False)


@Parameter(name="*")
@frozen(kw_only=True)
class Delivery:
    """What becomes of a result."""

    output: Annotated[
        str | None,
        Parameter(
            name=["--output", "-o"],
            group=DELIVERY,
            converter=read_output,
            metavar="FILE",
            help="Where to save it; - is stdout. For several inputs a folder.",
        ),
    ] = None
    json: Annotated[
        bool,
        FLAG,
        Parameter(group=DELIVERY, help="Print as JSON: path, request id, credits, timings."),
    ] = False


@Parameter(name="*")
@frozen(kw_only=True)
class RequestDelivery(Delivery):
    """What becomes of a request and of its result."""

    dry_run: Annotated[
        bool,
        FLAG,
        Parameter(group=DELIVERY, help="Print the request as a curl command; send nothing."),
    ] = False


@Parameter(name="*")
@frozen(kw_only=True)
class SoundDelivery(RequestDelivery):
    """What becomes of sound."""

    play: Annotated[
        bool,
        FLAG,
        Parameter(group=DELIVERY, help="Play it, with mpv, ffplay, play, paplay or aplay."),
    ] = False


@Parameter(name="*")
@frozen(kw_only=True)
class JobDelivery(RequestDelivery):
    """What becomes of a job that takes long."""

    no_wait: Annotated[
        bool,
        FLAG,
        Parameter(group=DELIVERY, help="Print the job and leave it running."),
    ] = False


@Parameter(name="*")
@frozen(kw_only=True)
class BaseConnection:
    """How requests are sent. The generated class has the options that name environment variables."""

    api_key: Annotated[str | None, Parameter(parse=False)] = None
    base_url: Annotated[str | None, Parameter(parse=False)] = None
    local: Annotated[bool, Parameter(parse=False)] = False
    timeout: Annotated[
        Number | None,
        NUMBER,
        Parameter(group=CONNECTION, metavar="SECONDS", help="How long to wait for the answer."),
    ] = None
    max_retries: Annotated[
        int | None,
        NUMBER,
        Parameter(
            group=CONNECTION,
            help="How often to repeat a request that was certainly not carried out; 2 by default.",
        ),
    ] = None
    verbose: Annotated[
        bool,
        FLAG,
        Parameter(name=["--verbose", "-v"], group=CONNECTION, help="Show each attempt."),
    ] = False
