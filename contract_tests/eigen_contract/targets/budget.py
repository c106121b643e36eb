"""How much a server may be sent, and how fast."""

import threading
import time

from attrs import define, field

from eigen_contract.errors import BudgetSpentError

SLOWEST = 30.0
"""Seconds of the longest wait that an answer can ask for: a server cannot stop a run by asking for hours."""


@define
class RequestBudget:
    """Counts requests against a limit; several threads may share it."""

    limit: int
    sent: int = 0
    _lock: threading.Lock = field(factory=threading.Lock, repr=False)

    @property
    def left(self) -> int:
        return self.limit - self.sent

    def take(self) -> None:
        """Count one request. Raises BudgetSpentError if none is left."""
        with self._lock:
            if self.sent >= self.limit:
                raise BudgetSpentError(
                    f"the budget of {self.limit} requests is spent; give a larger --budget"
                )
            self.sent += 1


@define
class Pace:
    """Spaces requests; several threads may share it.

    Args:
        rate: the most requests a second, from start to start; None for no limit.
        pause: seconds between the end of one request and the start of the next.
    """

    rate: float | None = None
    pause: float = 0.0
    _next: float = 0.0
    _lock: threading.Lock = field(factory=threading.Lock, repr=False)

    def wait(self) -> None:
        """Wait until the next request may start."""
        with self._lock:
            start = max(time.monotonic(), self._next)
            self._next = start + (1 / self.rate if self.rate else 0.0)
        time.sleep(max(0.0, start - time.monotonic()))

    def request_ended(self) -> None:
        """Keep the pause after a request that has ended now."""
        with self._lock:
            self._next = max(self._next, time.monotonic() + self.pause)

    def hold(self, seconds: float) -> None:
        """Start nothing for so many seconds, `SLOWEST` at most: the server asked for it."""
        with self._lock:
            self._next = max(self._next, time.monotonic() + min(seconds, SLOWEST))
