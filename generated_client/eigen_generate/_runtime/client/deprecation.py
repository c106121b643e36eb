"""Warns of what is deprecated, at the line that calls.

A method that is deprecated, or that has deprecated arguments, carries the decorator `warn_of_deprecation`.
The warning comes when the method is called, and not when its coroutine runs: the event loop runs a task, and
then no line of the caller is on the stack.
"""

import functools
import inspect
import sys
import warnings
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_PACKAGE = __name__.partition(".")[0]
# Stands for the default of an argument that has none, so that every value of it counts as passed.
_NO_DEFAULT = object()
# The frame of the decorated method is 1, and its caller is 2.
_CALLER = 2


def warn_of_deprecation(
    method_notice: str = "", /, **argument_notices: str
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator for methods whose arguments are keywords.

    Args:
        method_notice: What to warn of at each call; empty if only arguments are deprecated.
        argument_notices: By argument: what to warn of if a call passes it. Its default counts as not passed.
    """

    def decorate(method: Callable[P, R]) -> Callable[P, R]:
        defaults: dict[str, object] = getattr(method, "__kwdefaults__", None) or {}

        @functools.wraps(method)
        def warning_method(*args: P.args, **kwargs: P.kwargs) -> R:
            # A method that passes its arguments on to this one has warned already.
            if not _is_called_by_client():
                if method_notice:
                    warnings.warn(method_notice, DeprecationWarning, stacklevel=_CALLER)
                for name, notice in argument_notices.items():
                    if (
                        kwargs.get(name, _NO_DEFAULT) is not defaults.get(name, _NO_DEFAULT)
                        and name in kwargs
                    ):
                        warnings.warn(notice, DeprecationWarning, stacklevel=_CALLER)
            return method(*args, **kwargs)

        if sys.version_info >= (3, 12) and inspect.iscoroutinefunction(method):
            inspect.markcoroutinefunction(warning_method)
        return warning_method

    return decorate


def _is_called_by_client() -> bool:
    """Whether the caller of the decorated method is a module of this package."""
    frame = inspect.currentframe()
    for _ in range(_CALLER):
        frame = frame and frame.f_back
    return frame is not None and str(frame.f_globals.get("__name__")).partition(".")[0] == _PACKAGE
