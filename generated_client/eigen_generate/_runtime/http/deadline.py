"""When an attempt has to be over, and which of its timeouts ended it."""

import time
from typing import Literal

from ..settings.timeouts import Timeout

# In seconds. Sockets treat a timeout of zero as "do not wait", which is no timeout.
_SHORTEST = 0.001

TimeoutName = Literal["connect", "read", "write", "pool"]


class Deadline:
    """The timeouts of an attempt that begins now."""

    def __init__(self, timeout: Timeout) -> None:
        self._timeout = timeout
        self._end = None if timeout.total is None else time.monotonic() + timeout.total

    @property
    def is_over(self) -> bool:
        """Whether the attempt has taken longer than its total allows."""
        return self._end is not None and time.monotonic() >= self._end

    def seconds_left(self) -> float | None:
        """Return how long the attempt may still take; None is no limit."""
        return None if self._end is None else max(_SHORTEST, self._end - time.monotonic())

    def step_timeouts(self) -> dict[str, float | None]:
        """Return the timeouts as httpx takes them."""
        connect, read, write, pool, _ = self._timeout
        limits = {"connect": connect, "read": read, "write": write, "pool": pool}
        return limits if self._end is None else _ShrinkingTimeouts(limits, self)

    def describe(self, name: TimeoutName) -> str:
        """Name the timeout that ended a step: its own, or the total."""
        if self._end is not None and time.monotonic() >= self._end - _SHORTEST:
            return f"the total timeout of {self._timeout.total:g} s"
        limit = getattr(self._timeout, name)
        return f"the {name} timeout" if limit is None else f"the {name} timeout of {limit:g} s"


class _ShrinkingTimeouts(dict[str, "float | None"]):
    """httpcore asks for the timeout of a step when the step begins: it gets what is left of the total."""

    def __init__(self, limits: dict[str, float | None], deadline: Deadline) -> None:
        super().__init__(limits)
        self._deadline = deadline

    def get(self, name: str, default: float | None = None) -> float | None:  # type: ignore[override]
        limit, seconds_left = super().get(name, default), self._deadline.seconds_left()
        return seconds_left if limit is None or seconds_left is None else min(limit, seconds_left)
