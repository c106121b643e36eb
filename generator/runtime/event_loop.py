"""The running event loop, of asyncio or trio: what anyio, which comes with httpx, does not offer for both.

A loop is known by what it has for other threads: asyncio's event loop itself, and trio's token.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

import anyio.lowlevel
import anyio.to_thread

T = TypeVar("T")


def current_loop() -> Any:
    """Return what stands for the running event loop; it can be a key of a dict."""
    token = anyio.lowlevel.current_token()
    return getattr(token, "native_token", token)  # anyio wraps it since 4.11


def has_ended(loop: Any) -> bool:
    """Tell whether an event loop has ended and runs nothing any more."""
    if hasattr(loop, "is_closed"):
        return bool(loop.is_closed())
    return not run_soon(loop, _do_nothing)


def run_soon(loop: Any, function: Callable[[], object]) -> bool:
    """Call `function` in an event loop, from any thread. Return False if the loop has ended."""
    schedule = loop.call_soon_threadsafe if hasattr(loop, "call_soon_threadsafe") else loop.run_sync_soon
    try:
        schedule(function)
    except RuntimeError:  # asyncio's for a closed loop; trio's RunFinishedError is one as well
        return False
    return True


def start_task(loop: Any, function: Callable[[], Awaitable[object]]) -> None:
    """Carry out a coroutine function in an event loop, from any thread, if the loop still runs."""
    if not hasattr(loop, "call_soon_threadsafe"):
        import trio.lowlevel  # noqa: PLC0415 - installed where a loop is trio's

        run_soon(loop, partial(trio.lowlevel.spawn_system_task, function))
    elif loop.is_running():
        run_soon(loop, lambda: asyncio.ensure_future(function(), loop=loop))


def start_thread(function: Callable[[], object]) -> None:
    """Call `function`, which raises nothing, in a thread, without waiting for it."""
    loop = current_loop()
    if hasattr(loop, "run_in_executor"):
        loop.run_in_executor(None, function)
        return
    import trio.lowlevel  # noqa: PLC0415 - installed where a loop is trio's

    trio.lowlevel.start_thread_soon(function, _ignore_outcome)


async def run_in_thread(function: Callable[..., T], *arguments: object) -> T:
    """Return what a blocking function returns in a thread, which a cancellation leaves behind.

    It may wait for something that never comes, such as the end of a pipe.
    """
    return await anyio.to_thread.run_sync(function, *arguments, abandon_on_cancel=True)


def _do_nothing() -> None:
    pass


def _ignore_outcome(outcome: object) -> None:
    pass
