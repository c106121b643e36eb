"""A step that blocks, carried out in a thread while the event loop goes on."""

import asyncio
import contextlib
from collections.abc import Callable
from contextvars import copy_context
from typing import Generic, TypeVar

T = TypeVar("T")


class ThreadTask(Generic[T]):
    """A step in a thread. `result` waits until it is done, even if whoever waits is cancelled.

    What the step works on, such as a file, must not be closed while it runs. A step that has not begun when
    its waiter is cancelled never begins.
    """

    def __init__(self, step: Callable[..., T], *arguments: object) -> None:
        # The step is taken out of this list by whoever comes first: the thread, or a cancellation.
        self._not_begun = [step]
        context, loop = copy_context(), asyncio.get_running_loop()
        self._future = loop.run_in_executor(None, lambda: context.run(self._run, arguments))

    def _run(self, arguments: tuple[object, ...]) -> T:
        try:
            return self._not_begun.pop()(*arguments)
        except StopIteration as error:  # raised by a caller's function; a future cannot hold it (PEP 479)
            raise RuntimeError("a StopIteration") from error

    async def result(self) -> T:
        """Wait for the step and return its result; raises what it raises."""
        cancellation: BaseException | None = None
        while not self._future.done():
            try:
                await asyncio.wait((self._future,))
            except asyncio.CancelledError as error:
                cancellation = error
                with contextlib.suppress(IndexError):
                    self._not_begun.pop()
                    self._future.cancel()
        if cancellation is None:
            return self._future.result()
        # It is done; this keeps asyncio from logging a failure that nothing retrieved.
        self._future.cancel()
        raise cancellation
