"""Functions that the caller gives and the client calls for every attempt."""

import inspect
import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from ..errors import ArgumentError, SDKError


class Attempt(NamedTuple):
    """One attempt as hooks see it, without content and without the key.

    `number` counts the attempts of a call from 1. `headers` are those of the response if there is one, else
    those of the request, by lower-case name. `size` is the size of the request body in bytes, None if it is
    not known. `elapsed` is the number of seconds since the attempt began. `wait` is the number of seconds
    until the next attempt, None if the call fails with `error`.
    """

    method: str
    url: str
    number: int
    headers: Mapping[str, str]
    size: int | None = None
    elapsed: float = 0.0
    status_code: int | None = None
    error: SDKError | None = None
    wait: float | None = None


Hook = Callable[[Attempt], object]
# Takes the number of bytes sent, and their total or None if it is not known.
UploadHook = Callable[[int, int | None], object]


class Hooks:
    """Functions to call for each attempt, in the thread or event loop of the call, so they should be quick.

    `request` is called before an attempt is sent, and may raise to stop it. `upload` is called while the body
    is sent, with the number of bytes sent and their total (None if it is not known). `response` is called
    with the head of every response, `error` for every failure. What these three raise is logged and does not
    stop the call, because the response may be paid for.

    Raises ArgumentError for a coroutine function, which would never be awaited.
    """

    __slots__ = ("error", "request", "response", "upload")

    # A plain class, because type checkers cannot infer what a lambda given to a NamedTuple takes.
    def __init__(
        self,
        *,
        request: Hook | None = None,
        response: Hook | None = None,
        error: Hook | None = None,
        upload: UploadHook | None = None,
    ) -> None:
        self.request: Hook | None = request
        self.response: Hook | None = response
        self.error: Hook | None = error
        self.upload: UploadHook | None = upload
        for name in self.__slots__:
            check_plain_function(f"hooks: {name}", getattr(self, name))


def check_plain_function(argument: str, function: Any) -> None:
    """Raise ArgumentError for a value that is not a function, or whose result would have to be awaited."""
    if function is None:
        return
    if not callable(function):
        raise ArgumentError(f"{argument}: a {type(function).__name__} is not a function")
    if isinstance(function, partial):
        function = function.func
    # The second is for an object of the caller's whose `__call__` is a coroutine function.
    for candidate in (function, type(function).__call__):
        if inspect.iscoroutinefunction(candidate) or inspect.isasyncgenfunction(candidate):
            raise ArgumentError(f"{argument} is a coroutine function", hint="Give a plain function")


def call_hook(hook: Callable[..., object], logger: logging.Logger, *event: object) -> None:
    """Call a hook with `event`; log what it raises, so that a response that may be paid for is not lost."""
    try:
        hook(*event)
    except Exception:
        logger.exception("a hook failed")
