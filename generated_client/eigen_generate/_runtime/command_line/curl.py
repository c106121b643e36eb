"""The command `curl`: prints the request of another command, and sends nothing."""

from typing import Annotated, Any

from cyclopts import Parameter

from .application import make_application, understand
from .commands import Command
from .messages import NOT_UNDERSTOOD, UsageError
from .options import ThisProgram

_DRY_RUN = "--dry-run"


def curl(
    *words: Annotated[str, Parameter(allow_leading_hyphen=True, show=False)], program: ThisProgram
) -> Any:
    """Run the command of these words with `--dry-run`; without words, show the help."""
    names = [name for name, command in program.commands.items() if isinstance(command, Command)]
    if not words or words[0] in ("--help", "-h"):
        make_application(program).help_print(["curl"])
        return 0 if words else NOT_UNDERSTOOD
    if " ".join(words[:1]) not in names and " ".join(words[:2]) not in names:
        raise UsageError(f"curl prints the requests of {', '.join(names)}, not of {words[0]}")
    return understand(program, _insert(words))()


def _insert(words: tuple[str, ...]) -> tuple[str, ...]:
    """Add the option, before the `--` after which nothing is an option."""
    position = words.index("--") if "--" in words else len(words)
    return (*words[:position], _DRY_RUN, *words[position:])
