"""Read JSON strictly: what RFC 8259 leaves open, or Python lets pass, is an error here.

All of it takes time in proportion to the length of the text. It runs in the server for short texts and in a
child process for long ones (`json_reader`), so it imports nothing of the server.
"""

import json
import marshal
from typing import Any, NoReturn, TypeGuard

MOST_LEVELS = 128
"""Of nesting.

Nothing in the contract needs more than three, and Python's own limit is a crash in other places.
"""
MOST_VALUES = 10_000
"""Of values and names in one text. Half a megabyte of `[],` would hold the interpreter for a second."""
MOST_CHARACTERS = 200_000
"""Of one string, unless it is a `data:` URL: no prompt is longer, and the engines read each several times."""
DATA_URL = "data:"


class StrictJsonError(ValueError):
    """The text is not JSON, or not JSON that can be relied on."""


class TooLargeJsonError(StrictJsonError):
    """The text is JSON, but more of it than the server takes."""


class NotAnObjectError(StrictJsonError):
    """The text is JSON, and no object."""


def decode(text: str) -> Any:
    """Return the value of a JSON text.

    Raises StrictJsonError for bad syntax, NaN and infinities, numbers beyond a double, duplicate names, lone
    surrogates and deep nesting; TooLargeJsonError for more values or longer strings than the limits.
    """
    _check_size(text)
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
    """Return the object that a request body holds. Raises StrictJsonError, with a message for the caller."""
    try:
        value = decode(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise StrictJsonError(f"the body is not UTF-8: byte {error.start} is out of place") from error
    except TooLargeJsonError as error:
        raise TooLargeJsonError(f"the body is too much JSON: {error}") from error
    except StrictJsonError as error:
        raise StrictJsonError(f"the body is not JSON: {error}") from error
    if not _is_object(value):
        raise NotAnObjectError("the body must be a JSON object")
    return value


def answer(arguments: dict[str, object], payload: bytes) -> tuple[dict[str, object], bytes]:
    """Read a body for another process: return its object, marshalled, or why it was refused."""
    del arguments
    try:
        return {}, marshal.dumps(decode_body(payload))
    except StrictJsonError as error:
        return {"refused": type(error).__name__, "message": str(error)}, b""


def _check_size(text: str) -> None:
    """Count values before they are made: each is a separator or a bracket, and 50 bytes of memory or more."""
    if _marks(text) <= MOST_VALUES:
        return
    # Some of these stand inside strings. A quote that no backslash escapes begins or ends one.
    outside = "".join(text.replace("\\\\", "").replace('\\"', "").split('"')[::2])
    if _marks(outside) > MOST_VALUES:
        raise TooLargeJsonError(f"it has more than {MOST_VALUES} values and names")


def _marks(text: str) -> int:
    return sum(text.count(mark) for mark in ",:[{")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise StrictJsonError(f"the name {_first_repeated(pairs)[:80]!r} stands twice in one object")
    return value


def _first_repeated(pairs: list[tuple[str, Any]]) -> str:
    names: set[str] = set()
    for name, _ in pairs:
        if name in names:
            return name
        names.add(name)
    raise AssertionError("no name is repeated")


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
    for depth in range(MOST_LEVELS):
        if not level:
            return
        for item in level:
            # A `data:` URL is as long as its file, and stands for one in a property of the body alone.
            _check_string(item, may_be_data=depth == 1)
        level = [inner for item in level for inner in _children(item)]
    if level:
        raise StrictJsonError(f"nested more than {MOST_LEVELS} levels deep")


def _children(value: object) -> list[object]:
    if _is_object(value):
        for name in value:
            _check_string(name)
        return list(value.values())
    return value if _is_array(value) else []


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _is_array(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def _check_string(value: object, *, may_be_data: bool = False) -> None:
    if not isinstance(value, str):
        return
    check_length(value, may_be_data=may_be_data)
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise StrictJsonError("a string holds half of a surrogate pair") from error


def check_length(text: str, *, may_be_data: bool = True) -> None:
    """Raise TooLargeJsonError for a text that is longer than any engine reads.

    A `data:` URL is not read but decoded, and `may_be_data` says that one may stand here.
    """
    is_data = may_be_data and text[: len(DATA_URL)].lower() == DATA_URL
    if len(text) > MOST_CHARACTERS and not is_data:
        raise TooLargeJsonError(f"a text has more than {MOST_CHARACTERS} characters")
