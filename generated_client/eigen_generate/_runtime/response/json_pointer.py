"""JSON Pointer (RFC 6901), read only."""

import json
from collections.abc import Mapping
from copy import copy
from functools import lru_cache
from typing import Any, cast

from ..contract import Fields
from ..unset import UNSET, Unset

_OBJECTS = (dict, Mapping)  # almost all are the first, and to ask for the second takes time


@lru_cache(maxsize=256)
def _tokens(pointer: str) -> tuple[str, ...]:
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:])


def _step(value: object, token: str) -> object | Unset:
    if isinstance(value, _OBJECTS):
        return cast("Fields", value).get(token, UNSET)
    if isinstance(value, list) and token.isdecimal():
        items = cast("list[object]", value)
        return items[int(token)] if int(token) < len(items) else UNSET
    return UNSET


def resolve(data: object, pointer: str) -> object | Unset:
    """Give the value at `pointer` (`/a/0/b`; the empty string is the whole), or UNSET."""
    value: object | Unset = data
    for token in _tokens(pointer):
        value = _step(value, token)
        if value is UNSET:
            break
    return value


def first(data: object, pointers: tuple[str, ...]) -> object | Unset:
    """Give the first value that is there and not null, or UNSET."""
    for pointer in pointers:
        value = resolve(data, pointer)
        if value is not UNSET and value is not None:
            return value
    return UNSET


def without(data: object, pointer: str) -> object:
    """Give a copy of `data` that lacks the object member at `pointer`; the original stays as it is."""
    *path, last = _tokens(pointer) or ("",)
    whole = found = copy(data)
    for token in path:
        inner = _step(found, token)
        if inner is UNSET:
            return whole
        outer: Any = found
        outer[int(token) if isinstance(found, list) else token] = found = copy(inner)
    if isinstance(found, dict):
        cast("dict[str, object]", found).pop(last, None)
    return whole


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
