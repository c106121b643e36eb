"""A blocking function that runs in a thread while the event loop goes on."""

import asyncio
import contextlib
from collections.abc import Callable
from contextvars import copy_context
from typing import Generic, TypeVar

T = TypeVar("T")


class ThreadTask(Generic[T]):
    """A call of `function` in a thread. `result` waits for its end, even if the waiting task is cancelled.

    What the function works on, such as a file, must not be closed while it runs. A function that the thread
    has not started when the waiting task is cancelled never runs.
    """

    def __init__(self, function: Callable[..., T], *arguments: object) -> None:
        # Whoever comes first takes the function out of this list: the thread, or a cancellation. Both may
        # come at once, and `list.pop` is atomic.
        self._not_started = [function]
        context, loop = copy_context(), asyncio.get_running_loop()
        self._future = loop.run_in_executor(None, lambda: context.run(self._run, arguments))

    def _run(self, arguments: tuple[object, ...]) -> T:
        try:
            return self._not_started.pop()(*arguments)
        except StopIteration as error:  # raised by a caller's function; a future cannot hold it (PEP 479)
            raise RuntimeError("a StopIteration") from error

    async def result(self) -> T:
        """Wait for the function and return its result; raises what it raises."""
        cancellation: BaseException | None = None
        while not self._future.done():
            try:
                # Unlike `await self._future`, `wait` does not cancel the future when it is cancelled itself.
                await asyncio.wait((self._future,))
            except asyncio.CancelledError as error:
                cancellation = error
                with contextlib.suppress(IndexError):  # the thread has started it: wait on
                    self._not_started.pop()
                    self._future.cancel()
        if cancellation is None:
            return self._future.result()
        # The future is done; this keeps asyncio from logging an exception that nothing retrieved.
        self._future.cancel()
        raise cancellation
