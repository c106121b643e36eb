"""Runs coroutines of the synchronous classes.

Every step that waits (a call, a stream, a save) is written once, as a coroutine. Asynchronous classes await
the event loop in it. Synchronous classes call functions that block, so their coroutines never suspend.
`run_blocking` carries out such a coroutine in one go, on the caller's stack: a traceback shows the same
functions in both worlds, and threads need no event loop.

The alternative, writing or generating each module twice, doubles what a reader has to compare.
"""

from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run_blocking(steps: Coroutine[Any, Any, T]) -> T:
    """Carry out a coroutine that never suspends and return its result.

    Raises RuntimeError if it suspends: then a step awaits where it should block.
    """
    try:
        steps.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    steps.close()
    raise RuntimeError("a step that should block waited for an event loop")
