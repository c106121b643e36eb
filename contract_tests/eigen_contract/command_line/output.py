"""What the commands write: how it goes to stderr, the outcome to stdout."""

import os
import sys
from pathlib import Path

from eigen_contract.errors import CannotJudgeError
from eigen_contract.one_line import as_one_line
from eigen_contract.redaction import Redaction

CLEAN, FINDINGS, CANNOT_JUDGE = 0, 1, 2
"""The exit statuses."""


def log(message: str) -> None:
    """Write about how it goes to stderr, because the outcome goes to stdout."""
    # What a server says stands in messages as well, and it may say the key.
    key = os.environ.get("EIGENAI_API_KEY", "")
    for line in Redaction(key).text(message).split("\n"):
        print(f"eigen-contract: {as_one_line(line)}", file=sys.stderr)


def print_outcome(text: str) -> None:
    """Print the outcome.

    Raises:
        CannotJudgeError: nothing reads the standard output, or its disk is full.
    """
    try:
        print(text, flush=True)
    except OSError as error:
        # When Python exits, it would try to write the rest once more, and fail again with a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise CannotJudgeError(
            f"cannot write to the standard output: {error.strerror}; see where it goes, or give --report DIR"
        ) from error


def unwritable(path: Path, error: OSError) -> CannotJudgeError:
    """Return the error of a file that cannot be written."""
    return CannotJudgeError(f"cannot write {path}: {error.strerror}; name another --out")
