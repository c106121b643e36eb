"""Values as text, for forms and parameters, and as JSON."""

import enum
import json
from collections.abc import Mapping
from typing import Any, cast

from ..errors import ArgumentError
from .files import is_file


def plain(value: object) -> object:
    """Make JSON-ready data of one generated model or mapping; the encoder asks for each in turn."""
    if hasattr(value, "to_dict"):
        return cast("Any", value).to_dict()
    if isinstance(value, Mapping):
        return dict(cast("Mapping[str, object]", value))
    if isinstance(value, enum.Enum):
        return value.value
    if is_file(value):
        raise TypeError("a file cannot be sent in JSON")
    raise TypeError(f"{type(value).__name__} cannot be sent in JSON")


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=plain).encode


def json_bytes(values: Mapping[str, object]) -> bytes:
    """Encode an object as compact UTF-8 JSON; 15 stays 15.

    Raises ArgumentError that names the member which cannot be encoded: NaN, bytes, a cycle.
    """
    try:
        return _encode(values).encode()
    except (ValueError, TypeError, RecursionError):
        for name, value in values.items():
            json_text(name, value)
        raise


def json_text(argument: str, value: object) -> str:
    """Encode one value as JSON; raises ArgumentError that names `argument`."""
    try:
        text = _encode(value)
    except RecursionError:
        raise ArgumentError(f"{argument}: is nested too deeply to be sent as JSON") from None
    except ValueError as error:
        wrong = "holds itself" if "Circular" in str(error) else "NaN and infinity are no numbers of JSON"
        raise ArgumentError(f"{argument}: {wrong}") from None
    except TypeError as error:
        raise ArgumentError(f"{argument}: {error}") from None
    utf8(argument, text)
    return text


def text_of(argument: str, value: object) -> str:
    """Write a value as a form field or parameter: true, 15, a str as it is, an object as JSON."""
    if isinstance(value, str):
        return str.__str__(value)
    return json_text(argument, value)


def utf8(argument: str, text: str) -> bytes:
    """Encode text; raises ArgumentError that names `argument` for what is no text."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise ArgumentError(f"{argument}: holds half of a surrogate pair, which is no character") from None
