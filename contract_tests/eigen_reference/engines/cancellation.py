"""Stop work that nobody waits for: its client has left, or the server is ending.

The thread that works for a request finds its token with `current()`, so that no engine has to hand it on.
"""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar

from .errors import WorkCancelledError

Stop = Callable[[], object]


class Cancellation:
    """A token of one request's work. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancelled = False
        self._stops: dict[object, Stop] = {}

    @property
    def cancelled(self) -> bool:
        """Whether the work is no longer wanted."""
        return self._cancelled

    def cancel(self) -> None:
        """Stop what is being done, and let nothing more begin."""
        with self._lock:  # held while it stops, so that nothing is stopped that has ended meanwhile
            self._cancelled = True
            for stop in self._stops.values():
                stop()

    @contextmanager
    def stopping_by(self, stop: Stop) -> Generator[None]:
        """Call `stop` if the work is cancelled inside the block.

        Raises WorkCancelledError if it already is.
        """
        registration = object()
        with self._lock:
            if self._cancelled:
                raise WorkCancelledError
            self._stops[registration] = stop
        try:
            yield
        finally:
            with self._lock:
                del self._stops[registration]


CURRENT: ContextVar[Cancellation | None] = ContextVar("eigen_reference_cancellation", default=None)


def current() -> Cancellation:
    """Return the token of the work that this thread does; one that nobody cancels if it has none."""
    return CURRENT.get() or Cancellation()
