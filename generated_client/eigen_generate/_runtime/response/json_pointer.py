"""Read values at JSON pointers (RFC 6901)."""

import json
from collections.abc import Mapping
from copy import copy
from typing import Any, cast

from ..contract import Fields
from ..unset import UNSET, Unset


def _tokens(pointer: str) -> list[str]:
    # `~1` first, because `~01` stands for `~1` and not for `/` (RFC 6901, section 4).
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def _child(container: object, token: str) -> object | Unset:
    """Return the property or item that a token of a pointer names; UNSET if there is none."""
    if isinstance(container, Mapping):
        return cast("Fields", container).get(token, UNSET)
    if isinstance(container, list) and token.isdecimal():
        items = cast("list[object]", container)
        return items[int(token)] if int(token) < len(items) else UNSET
    return UNSET


def resolve(data: object, pointer: str) -> object | Unset:
    """Return the value at `pointer`, such as `/a/0/b`; UNSET if there is none. An empty pointer is `data`."""
    value: object | Unset = data
    for token in _tokens(pointer):
        value = _child(value, token)
        if value is UNSET:
            break
    return value


def first_value(data: object, pointers: tuple[str, ...]) -> object | Unset:
    """Return the first value at one of the pointers that is not null; UNSET if there is none."""
    for pointer in pointers:
        value = resolve(data, pointer)
        if value is not UNSET and value is not None:
            return value
    return UNSET


def copy_without(data: object, pointer: str) -> object:
    """Return a copy of `data` without the property at `pointer`.

    Only the objects and lists on the way to the property are copied; `data` stays as it is.
    """
    *path, name = _tokens(pointer) or [""]
    result = container = copy(data)
    for token in path:
        child = _child(container, token)
        if child is UNSET:
            return result
        parent: Any = container
        container = copy(child)
        parent[int(token) if isinstance(parent, list) else token] = container
    if isinstance(container, dict):
        cast("dict[str, object]", container).pop(name, None)
    return result


def string_at(data: Mapping[str, object], pointer: str) -> str | None:
    """Return the string at a JSON pointer; None if there is none."""
    value = resolve(data, pointer)
    return value if isinstance(value, str) else None


def number_at(data: Mapping[str, object], pointer: str) -> float | None:
    """Return the number at a JSON pointer, int or float as it was sent; None if there is none."""
    value = resolve(data, pointer)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def boolean_at(data: Mapping[str, object], pointer: str) -> bool | None:
    """Return the boolean at a JSON pointer; None if there is none."""
    value = resolve(data, pointer)
    return value if isinstance(value, bool) else None


def string_or_json_at(data: Mapping[str, object], pointer: str) -> str:
    """Return the value at a JSON pointer as text: a string as it is, anything else as JSON.

    For properties that a result cannot be without: an id that became a number is still an id.
    """
    value = resolve(data, pointer)
    return value if isinstance(value, str) else json.dumps(value)
