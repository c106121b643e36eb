"""Read JSON strictly: what RFC 8259 leaves open, or Python lets pass, is an error here."""

import json
from typing import Any, NoReturn, TypeGuard, cast

from .problems import RequestError

MOST_LEVELS = 128
"""Of nesting.

Nothing in the contract needs more than three, and Python's own limit is a crash in other places.
"""


class StrictJsonError(ValueError):
    """The text is not JSON, or not JSON that can be relied on."""


def decode(text: str) -> Any:
    """Return the value of a JSON text.

    Raises StrictJsonError for bad syntax, NaN and infinities, numbers beyond a double, duplicate names, lone
    surrogates and deep nesting.
    """
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_float=_float, parse_int=_int, parse_constant=_constant
        )
    except json.JSONDecodeError as error:
        raise StrictJsonError(f"{error.msg} at line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise StrictJsonError(f"nested more than {MOST_LEVELS} levels deep") from error
    _check_levels(value)
    return value


def decode_body(body: bytes) -> dict[str, Any]:
    """Return the object that a request body holds. Raises RequestError."""
    try:
        value = decode(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise RequestError(
            400, "invalid_json", f"the body is not UTF-8: byte {error.start} is out of place"
        ) from error
    except StrictJsonError as error:
        raise RequestError(400, "invalid_json", f"the body is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise RequestError(400, "invalid_json", "the body must be a JSON object", pointer="")
    return cast(dict[str, Any], value)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise StrictJsonError(f"the name {twice[:80]!r} stands twice in one object")
    return value


def _float(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise StrictJsonError(f"the number {digits[:20]} is too large")
    return value


def _int(digits: str) -> int:
    if len(digits) > 308:  # the digits of the largest double; more would also exceed Python's own limit
        raise StrictJsonError(f"the number {digits[:20]}… is too large")
    return int(digits)


def _constant(name: str) -> NoReturn:
    raise StrictJsonError(f"{name} is not a JSON number")


def _check_levels(value: object) -> None:
    level: list[object] = [value]
    for _ in range(MOST_LEVELS):
        if not level:
            return
        for item in level:
            _check_text(item)
        level = [inner for item in level for inner in _children(item)]
    if level:
        raise StrictJsonError(f"nested more than {MOST_LEVELS} levels deep")


def _children(value: object) -> list[object]:
    if _is_object(value):
        return [*value.values(), *value]
    return value if _is_array(value) else []


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _is_array(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def _check_text(value: object) -> None:
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise StrictJsonError("a string holds half of a surrogate pair") from error
