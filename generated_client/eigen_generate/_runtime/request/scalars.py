"""Values as text for forms and parameters, and values as JSON."""

import datetime as dt
import enum
import json
import uuid
from collections.abc import Mapping
from typing import Any, cast

from ..errors import ArgumentError
from ..response.results import Job, Media, Result, Text
from .files import is_file

# Values that the contract knows as strings of a format. A datetime is a date.
_TEXT_TYPES = (dt.date, dt.time, uuid.UUID)


def _text_of(value: dt.date | dt.time | uuid.UUID) -> str:
    return str(value) if isinstance(value, uuid.UUID) else value.isoformat()


def to_json_data(value: object) -> object:
    """Return one model, mapping or enumeration constant as data that the JSON encoder can take.

    The encoder calls this for each value that it does not know itself, nested ones included. Raises TypeError
    for a file and for a value of any other class.
    """
    if isinstance(value, Media):
        raise TypeError("a file cannot be sent in JSON")
    if isinstance(value, Result):  # its `to_dict` says what came back, which is no request
        attribute = "text" if isinstance(value, Text) else "id" if isinstance(value, Job) else "data"
        raise TypeError(f"a {type(value).__name__} cannot be sent in JSON; give its `.{attribute}`")
    if hasattr(value, "to_dict"):
        return cast("Any", value).to_dict()
    if isinstance(value, Mapping):
        return dict(cast("Mapping[str, object]", value))
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, _TEXT_TYPES):
        return _text_of(value)
    if is_file(value):
        raise TypeError("a file cannot be sent in JSON")
    raise TypeError(f"{type(value).__name__} cannot be sent in JSON")


# NaN and infinity are not JSON (RFC 8259, section 6), so they are refused.
_encode_json = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=to_json_data
).encode


def json_bytes(properties: Mapping[str, object]) -> bytes:
    """Return an object as compact UTF-8 JSON; the int 15 becomes 15 and the float 15.0 becomes 15.0.

    Raises ArgumentError that names the property which cannot be encoded, such as NaN, a file or a cycle.
    """
    try:
        return _encode_json(properties).encode()
    except (ValueError, TypeError, RecursionError):
        # Encode the properties one by one, to find which of them fails.
        for name, value in properties.items():
            json_text(name, value)
        raise


def json_text(argument: str, value: object) -> str:
    """Return one value as JSON; raises ArgumentError that names `argument` if it cannot be encoded."""
    try:
        text = _encode_json(value)
    except RecursionError:
        raise ArgumentError(f"{argument}: is nested too deeply to be sent as JSON") from None
    except ValueError as error:
        # The encoder has one error class for both causes, and tells them apart by its message only.
        is_cycle = "Circular" in str(error)
        problem = "contains itself" if is_cycle else "NaN and infinity are not numbers in JSON"
        raise ArgumentError(f"{argument}: {problem}") from None
    except TypeError as error:
        raise ArgumentError(f"{argument}: {error}") from None
    encode_utf8(argument, text)
    return text


def value_text(argument: str, value: object) -> str:
    """Return a value as a form field or a parameter holds it.

    A str stays as it is, and a date, a time or a UUID is its text. Everything else is written as JSON, such
    as `true`, `15` or an object.
    """
    if isinstance(value, str):
        return str.__str__(value)  # of a StrEnum or another subclass, the text and not its own `__str__`
    if isinstance(value, _TEXT_TYPES):
        return _text_of(value)
    return json_text(argument, value)


def encode_utf8(argument: str, text: str) -> bytes:
    """Return text as UTF-8; raises ArgumentError that names `argument` if it holds a lone surrogate."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise ArgumentError(
            f"{argument}: contains half of a surrogate pair, which is not a character"
        ) from None
