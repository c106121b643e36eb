"""What goes wrong with a batch as a whole. What goes wrong with one row stands in the row's result.

BatchError (SDKError)
    RowsError       rows that cannot be sent; nothing was sent
    JournalError    the journal cannot be used: of other rows, of another version, in use, damaged
    StoppedError    a run ended before its last row, and not by a budget; another run goes on
"""

from collections.abc import Sequence
from typing import Any

from ..errors import SDKError


class BatchError(SDKError):
    """A batch cannot be run."""


class RowsError(BatchError):
    """Rows cannot be sent, and nothing was. `problems` are the first of them, `count` is their number."""

    def __init__(self, message: str, *, problems: Sequence[str] = (), count: int = 0, **context: Any) -> None:
        super().__init__(message, **context)
        self.problems = tuple(problems)
        self.count = count


class JournalError(BatchError):
    """The journal cannot be used as it is."""


class StoppedError(BatchError):
    """A run ended before its last row. Everything that came is saved, and another run goes on."""
