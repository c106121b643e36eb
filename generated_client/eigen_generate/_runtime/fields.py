"""Members of a JSON answer under Python types, for the properties of generated results."""

import json
from collections.abc import Mapping

from .pointers import resolve


def string_at(data: Mapping[str, object], pointer: str) -> str | None:
    """The string at a JSON pointer; None if there is none."""
    value = resolve(data, pointer)
    return value if isinstance(value, str) else None


def number_at(data: Mapping[str, object], pointer: str) -> float | None:
    """The number at a JSON pointer, int or float as it was sent; None if there is none."""
    value = resolve(data, pointer)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def boolean_at(data: Mapping[str, object], pointer: str) -> bool | None:
    """The boolean at a JSON pointer; None if there is none."""
    value = resolve(data, pointer)
    return value if isinstance(value, bool) else None


def text_at(data: Mapping[str, object], pointer: str) -> str:
    """The value at a JSON pointer as text: a string as it is, anything else as JSON.

    For members without which the result was refused: an id that became a number is still an id.
    """
    value = resolve(data, pointer)
    return value if isinstance(value, str) else json.dumps(value)
