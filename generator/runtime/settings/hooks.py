"""Functions of the caller's that are called for every attempt."""

import inspect
import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from ..errors import ArgumentError, SDKError


class Attempt(NamedTuple):
    """One attempt as hooks see it: no content, and no key.

    `headers` are the request's until there is an answer, then the answer's, by lower-case name. `size` is the
    request body's in bytes, None if it is not known. `elapsed` is in seconds since the attempt began; `wait`
    is in seconds until the next one, None if the call fails with `error`.
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
UploadHook = Callable[[int, int | None], object]


class Hooks:
    """What is called for each attempt, in the thread or event loop of the call: quick, plain functions.

    `request` is called before an attempt is sent, and may raise to stop it. `upload` is called with the bytes
    of the body that were sent and their total (None if it is not known). `response` is called with the head
    of every answer, `error` for every failure. What these three raise is logged and does not stop the call,
    because the answer may be paid for.

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
    """Raise ArgumentError for what is not a function, or would have to be awaited."""
    if function is None:
        return
    if not callable(function):
        raise ArgumentError(f"{argument}: a {type(function).__name__} is not a function")
    if isinstance(function, partial):
        function = function.func
    for candidate in (function, type(function).__call__):
        if inspect.iscoroutinefunction(candidate) or inspect.isasyncgenfunction(candidate):
            raise ArgumentError(f"{argument} is a coroutine function", hint="Give a plain function")


def call_hook(hook: Callable[..., object], logger: logging.Logger, *event: object) -> None:
    """Call a hook and log what it raises, because the answer may be paid for."""
    try:
        hook(*event)
    except Exception:
        logger.exception("a hook failed")
