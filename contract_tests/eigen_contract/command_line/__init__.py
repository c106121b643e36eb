"""The command line of the judge. Each command is a module with `add_command` and `run_command`.

Exit 0: clean, 1: findings, 2: could not judge.
"""

from collections.abc import Sequence

from eigen_contract import __version__
from eigen_contract.command_line import baseline, evidence, record, run, serve, tape
from eigen_contract.command_line.arguments import OneLineParser
from eigen_contract.command_line.output import CANNOT_JUDGE, log
from eigen_contract.errors import CannotJudgeError

COMMANDS = (run, record, evidence, baseline, tape, serve)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    try:
        options, unknown = parser().parse_known_args(arguments)
        if options.command == "serve":
            serve.serve(unknown)
        if unknown:
            raise CannotJudgeError(
                f"unknown argument {unknown[0]!r}; see eigen-contract {options.command} --help"
            )
        status: int = options.run_command(options)
        return status
    except CannotJudgeError as error:
        log(" ".join(str(error).split()))
    except KeyboardInterrupt:
        log("interrupted; what was judged until then is lost")
    return CANNOT_JUDGE


def parser() -> OneLineParser:
    """Make the parser of the command line."""
    root = OneLineParser(prog="eigen-contract", description="Judge a server against openapi.yaml.")
    root.add_argument("--version", action="version", version=__version__)
    commands = root.add_subparsers(dest="command", required=True)
    for command in COMMANDS:
        command.add_command(commands)
    return root
