"""`eigen-contract serve`: start the reference server."""

import importlib.util
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from eigen_contract.command_line.arguments import Commands
from eigen_contract.errors import CannotJudgeError
from eigen_contract.targets.reference import NEEDED, PACKAGE


def add_command(commands: Commands) -> None:
    """Add the command to the command line."""
    commands.add_parser(
        "serve", help="start the reference server; arguments are handed on to it", add_help=False
    )


def serve(arguments: Sequence[str]) -> NoReturn:
    """Become the reference server, so that what ends this process ends the server.

    Raises:
        CannotJudgeError: the server is not installed.
    """
    if importlib.util.find_spec(PACKAGE) is None:
        raise CannotJudgeError(NEEDED)
    os.execv(sys.executable, [sys.executable, "-m", PACKAGE, *arguments])
