"""Packages that a client does not need for calls, and a batch does."""

from importlib import import_module
from typing import Any

from .errors import BatchError


def import_optional(module: str, extra: str = "batch") -> Any:
    """Return a module of a package that may be missing; raises BatchError that names the extra with it."""
    try:
        return import_module(module)  # by name, so that type checkers of programs without it miss nothing
    except ImportError as error:
        package = error.name or module
        raise BatchError(
            f"{package.partition('.')[0]} is not installed", hint=f"Install the extra `{extra}`"
        ) from None
