"""A blocking function that runs in a thread while the event loop goes on."""

import contextlib
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from functools import partial
from typing import Generic, TypeVar

import anyio

from ..event_loop import current_loop, run_soon, start_thread

T = TypeVar("T")


class ThreadTask(Generic[T]):
    """A call of `function` in a thread. `result` waits for its end, even if the waiting task is cancelled.

    What the function works on, such as a file, must not be closed while it runs. A function that the thread
    has not started when the waiting task is cancelled never runs.
    """

    def __init__(self, function: Callable[..., T], *arguments: object) -> None:
        # Whoever comes first takes the function out of this list: the thread, or a cancellation. Both may
        # come at once, and `list.pop` is atomic.
        self._not_started = [partial(function, *arguments)]
        self._outcome = Future[T]()
        self._ended = anyio.Event()
        self._loop = current_loop()
        start_thread(partial(copy_context().run, self._run))

    def _run(self) -> None:
        try:
            function = self._not_started.pop()
        except IndexError:  # it was cancelled
            return
        try:
            self._outcome.set_result(function())
        except StopIteration as error:  # raised by a caller's function; no coroutine can raise it (PEP 479)
            stop = RuntimeError("a StopIteration")
            stop.__cause__ = error
            self._outcome.set_exception(stop)
        except BaseException as error:
            self._outcome.set_exception(error)
        run_soon(self._loop, self._ended.set)

    async def result(self) -> T:
        """Wait for the function and return its result; raises what it raises."""
        cancellation: BaseException | None = None
        while not self._ended.is_set():
            try:
                # trio and anyio cancel every step of a cancelled task, so its second wait needs a shield;
                # `Task.cancel` of asyncio cancels one step, and may come again in spite of a shield.
                with anyio.CancelScope(shield=cancellation is not None):
                    await self._ended.wait()
            except anyio.get_cancelled_exc_class() as error:
                cancellation = error
                with contextlib.suppress(IndexError):  # the thread has started it: wait on
                    self._not_started.pop()
                    break
        if cancellation is not None:
            raise cancellation
        return self._outcome.result()
