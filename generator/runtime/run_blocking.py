"""One way to be synchronous and asynchronous.

Every step that waits for something (a call, a stream, a save) is written once, as a coroutine. What it waits
for belongs to its class: the asynchronous classes await the event loop, and the synchronous ones call what
blocks, so their coroutines never suspend. `run_blocking` carries out such a coroutine in one go, on the
caller's stack: a traceback shows the same functions in both worlds, and threads need no event loop.

The alternative, writing or generating each module twice, doubles what a reader has to compare.
"""

from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run_blocking(steps: Coroutine[Any, Any, T]) -> T:
    """Carry out a coroutine that never suspends and return its result.

    Raises RuntimeError if it suspends, which means that a step waits where it should block.
    """
    try:
        steps.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    steps.close()
    raise RuntimeError("a step that should block waited for an event loop")
