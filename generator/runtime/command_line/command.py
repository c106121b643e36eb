"""A command line over the methods of a client.

Options are read from the methods' signatures and docstrings, so what the contract adds is there at once. The
key comes from its variable only: what stands on a command line is seen by every process.
"""

import argparse
import importlib.util
import inspect
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ..errors import SDKError
from ..response.results import Job, Media, Text
from ..response.saving import atomic_writer, save
from ..response.unexpected import UnexpectedResponseError

if TYPE_CHECKING:
    from io import TextIOWrapper

# Arguments of every method that the command line offers in words of its own.
_SHARED = ("self", "extra", "timeout", "retry_unknown")
_OWN = ("output", "base_url", "dry_run", "no_wait", "help")
_DOCUMENTED = re.compile(r"^    (\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)


class Command(NamedTuple):
    """A method as a command: where it is on a client, which argument stands alone, and how to wait."""

    call: Callable[..., object]
    path: str
    argument: str
    wait: str | None = None


class Serve(NamedTuple):
    """A command that starts a server to try things on; `install` names what brings its module."""

    module: str
    install: str


def run(
    client: Callable[..., Any],
    program: str,
    version: str,
    commands: Mapping[str, Command | Serve],
) -> int:
    """Do what a command line says; give the exit status: 0 done, 1 not done, 2 not understood."""
    given = sys.argv[1:]
    chosen = commands.get(given[0]) if given else None
    if isinstance(chosen, Serve):
        return _serve(chosen, program, given[1:])
    parser = argparse.ArgumentParser(prog=program)
    parser.add_argument("--version", action="version", version=f"{program} {version}")
    choices = parser.add_subparsers(dest="-c", required=True, metavar="COMMAND")
    for name, command in commands.items():
        if isinstance(command, Serve):
            choices.add_parser(name, help="start a server to try things on", add_help=False)
        else:
            about = (inspect.getdoc(command.call) or "").partition("\n")[0].replace("%", "%%")
            usage = f"{program} {name} {command.argument.upper()} [-o FILE] [options]"
            _describe(choices.add_parser(name, help=about, description=about, usage=usage), command)
    values = vars(parser.parse_args(given))
    name = values.pop("-c")
    command = commands[name]
    assert isinstance(command, Command)
    said: object = "stopped; what was sent may still be done"
    try:
        return _call(client, command, name, values)
    except SDKError as error:
        said = error
    except OSError as error:
        # Whoever read the output has had enough, and what Python still holds must not fail as it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 1
        said = error
    except KeyboardInterrupt:
        pass
    print(f"{program} {name}: {said}", file=sys.stderr)
    return 1


def _serve(server: Serve, program: str, rest: list[str]) -> int:
    if importlib.util.find_spec(server.module) is None:
        print(f"{program}: the server is not installed; pip install '{server.install}'", file=sys.stderr)
        return 2
    try:
        return subprocess.run([sys.executable, "-m", server.module, *rest], check=False).returncode
    except KeyboardInterrupt:
        return 0


def _describe(parser: argparse.ArgumentParser, command: Command) -> None:
    """Give a parser the arguments of a method, and those of every command."""
    documented = dict(_DOCUMENTED.findall(inspect.getdoc(command.call) or ""))
    for name, parameter in inspect.signature(command.call).parameters.items():
        if name in _SHARED:
            continue
        about = _reader(str(parameter.annotation))
        about["help"] = " ".join(documented.get(name, "").split()).replace("%", "%%")
        if name == command.argument:
            about["metavar"] = name.upper()
            parser.add_argument(name, **about)
        else:
            flag = name.replace("_", "-") + ("-argument" if name in _OWN else "")
            about["required"] = parameter.default is inspect.Parameter.empty
            parser.add_argument(f"--{flag}", dest=name, **about)
    parser.add_argument("-o", "--output", dest="-o", metavar="FILE", help="where to save; - is stdout")
    parser.add_argument("--extra", type=_json, metavar="JSON", help="further members, an object")
    parser.add_argument("--timeout", type=float, metavar="SECONDS", help="how long to wait")
    parser.add_argument("--base-url", dest="-u", metavar="URL", help="the server")
    parser.add_argument(
        "--dry-run", dest="-n", action="store_true", help="print a curl command, send nothing"
    )
    if command.wait:
        parser.add_argument(
            "--no-wait", dest="-w", action="store_true", help="print the job and leave it running"
        )


def _reader(annotation: str) -> dict[str, Any]:
    """How argparse reads what a method declares."""
    kinds = {kind.strip() for kind in annotation.split("|")} - {"None"}
    if kinds == {"bool"}:
        return {"action": argparse.BooleanOptionalAction}
    if kinds and kinds <= {"int", "float"}:
        return {"type": number, "metavar": "NUMBER"}
    if "FileInput" in kinds:
        return {"type": _file, "metavar": "FILE"}
    if "Sequence[FileInput]" in kinds:
        return {"type": _file, "metavar": "FILE", "action": "append"}
    if any(kind == "str" or kind.startswith(("Literal[", '"', "'")) for kind in kinds):
        return {"metavar": "TEXT"}
    return {"type": _json, "metavar": "JSON"}


def number(text: str) -> float:
    """A number as it was given: 15 stays 15."""
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


def _call(client: Callable[..., Any], command: Command, name: str, values: dict[str, Any]) -> int:
    output, base_url, dry_run, no_wait = (values.pop(key, None) for key in ("-o", "-u", "-n", "-w"))
    given = {key: value for key, value in values.items() if value is not None}
    if output not in (None, "-"):
        try:
            with atomic_writer(output):
                pass
        except SDKError as error:
            raise SDKError(f"{output} cannot be written, and nothing was sent: {error}") from error
    # A text is paid for, and half of it is better than none.
    cast("TextIOWrapper", sys.stdout).reconfigure(errors="backslashreplace")
    with client(base_url=base_url) as caller:
        if dry_run:
            print(attrgetter(command.path)(caller.prepare)(**given).to_curl(), flush=True)
            return 0
        try:
            result = attrgetter(command.path)(caller)(**given)
            if isinstance(result, Job) and command.wait and not no_wait:
                print(f"waiting for {result.id}", file=sys.stderr)
                result = attrgetter(command.wait)(caller)(result)
            _give(result, output, name)
        except UnexpectedResponseError as error:
            if not error.body:
                raise
            try:
                said = f"kept in {_save(error.save, f'{_free(name)}.answer')}"
            except SDKError as other:
                said = str(other)
            raise SDKError(f"{error}\n{said}") from error
    sys.stdout.flush()
    return 0


def _give(result: Any, output: str | None, name: str) -> None:
    """Save a result, or print it."""
    if hasattr(result, "save") and output == "-":
        sys.stdout.buffer.write(result.content if isinstance(result, Media) else result.as_wav())
    elif hasattr(result, "save"):
        print(_save(result.save, output or _free(name)))
    else:
        text = result.text if isinstance(result, Text) else json.dumps(dict(result.data), ensure_ascii=False)
        if output in (None, "-"):
            print(text)
        else:
            content = f"{text}\n".encode(errors="backslashreplace")
            print(_save(lambda path: save(path, content, "text/plain"), str(output)))


def _save(paid: Callable[[str], Path], target: str) -> Path:
    """Save to `target`, or else where temporary files go."""
    try:
        return paid(target)
    except SDKError as error:
        try:
            kept = paid(f"{tempfile.gettempdir()}/{os.urandom(4).hex()}-{Path(target).name}")
        except (SDKError, OSError):  # there neither, or of a stream, which is gone
            raise error from None
        raise SDKError(f"{error}; kept in {kept}") from error


def _free(name: str) -> str:
    """A name that no file has yet, whatever its suffix, so that an earlier result is never lost."""
    free, count = name, 1
    while Path(free).exists() or any(Path().glob(f"{free}.*")):
        count += 1
        free = f"{name}-{count}"
    return free
