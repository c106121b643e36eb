"""The door from the functions of commands to what carries them out, which help does not need."""

from collections.abc import Mapping
from typing import Any

from .commands import Program
from .options import BaseConnection, Delivery


def call(
    program: Program,
    name: str,
    arguments: Mapping[str, Any],
    delivery: Delivery,
    connection: BaseConnection,
) -> int:
    """Call the method of a command with what the command line says; return the exit status."""
    # Not at the top: it imports the whole client, which takes as long as all the rest of `--help`.
    from .calling import call_method  # noqa: PLC0415

    return call_method(program, name, arguments, delivery, connection)
