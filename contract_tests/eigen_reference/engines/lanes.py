"""Bounded queues, one for each kind of work, so that cheap work never waits for dear work.

Work that waits keeps its upload in memory, so a queue without a bound keeps all that arrives. What a lane
cannot take it refuses at once, and says when to come again.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Generic, TypeVar

from .errors import EngineBusyError

T = TypeVar("T")


class Order(Generic[T]):
    """Work that may be dropped while it waits, with all that it holds.

    A future that is cancelled stays in the queue of its executor, and so would the upload.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self._work: Callable[[], T] | None = work

    def __call__(self) -> T:
        """Do the work, once."""
        work, self._work = self._work, None
        assert work is not None  # an executor calls what it was given once, and nothing that was cancelled
        return work()

    def drop(self) -> None:
        """Forget the work."""
        self._work = None


class Lane(ThreadPoolExecutor):
    """An executor that takes at most `most_waiting` calls beyond those that its `workers` are busy with.

    `name` says what it does, for the message of a refusal; `seconds` is after how long to ask again.
    """

    def __init__(self, name: str, *, workers: int, most_waiting: int, seconds: int = 1) -> None:
        super().__init__(workers, thread_name_prefix=name.replace(" ", "-"))
        self._name = name
        self._most = workers + most_waiting
        self._seconds = seconds
        self._taken = 0
        self._count_lock = threading.Lock()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Queue a call. Raises EngineBusyError if there is no room."""
        with self._count_lock:
            if self._taken >= self._most:
                raise EngineBusyError(
                    f"{self._most} requests for {self._name} are being worked on; "
                    f"ask again in {self._seconds} s",
                    self._seconds,
                )
            self._taken += 1
        try:
            future = super().submit(fn, *args, **kwargs)
        except RuntimeError:
            self._leave()
            raise
        future.add_done_callback(lambda _: self._leave())
        return future

    def _leave(self) -> None:
        with self._count_lock:
            self._taken -= 1
