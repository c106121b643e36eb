"""Turns JSON values into typed values and back. `objects` composes the small decoders of this module.

A decoder takes a JSON value and returns the typed one, or raises DecodeError that says where it does not fit.
Numbers are not converted: they stay the int or float that the sender wrote.
"""

import datetime as dt
import enum
import json
import uuid
from collections.abc import Callable, Generator, Mapping, Set
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any, Literal, cast

from ..errors import ArgumentError
from ..unset import UNSET
from .texts import parse_date, parse_datetime, parse_uuid

Decoder = Callable[[Any], Any]

# In characters. An error quotes the value, which may be a file in base64.
MAX_PROBLEM_LENGTH = 200
# The JSON types of Python types, as errors name them.
_JSON_TYPE_NAMES: Mapping[type[object], str] = {
    bool: "a boolean",
    str: "a string",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
}
# By type of a value that is a text in JSON: what parses it, and raises ValueError.
_PARSERS: Mapping[object, Callable[[str], object]] = {
    dt.datetime: parse_datetime,
    dt.date: parse_date,
    uuid.UUID: parse_uuid,
}


# What is wrong: the type of the value, a property that is missing, a value that is not in a choice or not the
# constant of a class, or an object that fits no variant of a union.
DecodeErrorKind = Literal["type", "missing", "choice", "constant", "variant"]
# What a later version of a service may bring, without breaking those who know its contract.
_LENIENT_KINDS: Set[DecodeErrorKind] = frozenset(("choice", "constant", "variant"))


class DecodeError(ValueError):
    """A JSON value does not fit its type; `path` is where, as a JSON pointer."""

    def __init__(self, problem: str, path: str = "", kind: DecodeErrorKind = "type") -> None:
        super().__init__(f"{path or '(the whole value)'}: {problem}")
        self.problem = problem
        self.path = path
        self.kind: DecodeErrorKind = kind

    def inside(self, token: str) -> "DecodeError":
        """Return the same error with a property's name, or an item's index, in front of its path."""
        escaped_token = token.replace("~", "~0").replace("/", "~1")  # RFC 6901, 3
        return DecodeError(self.problem, f"/{escaped_token}{self.path}", self.kind)


Drift = list[DecodeError]
# What a lenient decoding has accepted although it does not fit; None while decoding is strict.
_DRIFT: ContextVar[Drift | None] = ContextVar("drift", default=None)


def anything(value: Any) -> Any:
    """Accept any JSON value."""
    return value


def of_type(*types: type, name: str) -> Decoder:
    """Return a decoder that accepts values of these Python types; `name` is for errors."""

    def decode(value: Any) -> Any:
        # In Python a bool is an int, in JSON it is not a number.
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            raise DecodeError(f"expected {name}, not {_json_type_name(value)}")
        return value

    return decode


string = of_type(str, name="a string")
number = of_type(int, float, name="a number")
boolean = of_type(bool, name="a boolean")
null = of_type(type(None), name="null")


def integer(value: Any) -> Any:
    """Accept a number without a fraction; `15.0` is one (JSON Schema 2020-12, 6.1.1) and becomes 15."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise DecodeError(f"expected an integer, not {_json_type_name(value)}")
    return value


def literal(*allowed: Any) -> Decoder:
    """Return a decoder that accepts exactly these values."""

    def decode(value: Any) -> Any:
        for candidate in allowed:
            # In Python 1 equals True, in JSON it does not.
            if value == candidate and isinstance(value, bool) == isinstance(candidate, bool):
                return candidate
        problem = f"expected {' or '.join(map(repr, allowed))}, not {value!r}"
        kind: DecodeErrorKind = "constant" if len(allowed) == 1 else "choice"
        is_same_type = any(type(value) is type(candidate) for candidate in allowed)
        raise DecodeError(problem[:MAX_PROBLEM_LENGTH], kind=kind if is_same_type else "type")

    return decode


def model(model_class: Any) -> Decoder:
    """Return a decoder that turns an object into a model by the `from_dict` of `model_class`."""

    def decode(value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise DecodeError(f"expected an object, not {_json_type_name(value)}")
        return model_class.from_dict(value)

    return decode


def array(decode_item: Decoder) -> Decoder:
    """Return a decoder for a list whose items `decode_item` reads."""

    def decode(value: Any) -> Any:
        if not isinstance(value, list):
            raise DecodeError(f"expected a list, not {_json_type_name(value)}")
        decode_inner = inner_decoder()
        items = cast("list[object]", value)
        return [decode_inner(str(index), decode_item, item) for index, item in enumerate(items)]

    return decode


def best_fitting(*decoders: Decoder, count_undeclared: Callable[[Any], int]) -> Decoder:
    """Return a decoder that returns the result of the one of `decoders` that fits a value best.

    It is the first of those whose result has the fewest properties that its class does not declare, as
    `count_undeclared` counts them. Most alternatives admit further properties, so the first one that accepts
    an object may be one that declares nothing of it. A lenient decoding accepts the one that differs least.
    """

    def decode(value: Any) -> Any:
        drift = _DRIFT.get()
        if drift is None:
            return decode_strictly(value)
        with _collecting(None):
            try:
                return decode_strictly(value)
            except DecodeError as error:
                strict_error = error
        return _least_different(decoders, count_undeclared, value, drift, strict_error)

    def decode_strictly(value: Any) -> Any:
        problems: list[str] = []
        kinds: set[DecodeErrorKind] = set()
        best_result, fewest_undeclared = UNSET, -1
        for decode_candidate in decoders:
            try:
                result = decode_candidate(value)
            except DecodeError as error:
                problems.append(str(error) if error.path else error.problem)
                # An alternative of another type says nothing of the value.
                kinds.update([error.kind] if error.path or error.kind != "type" else ())
                continue
            undeclared_count = count_undeclared(result)
            if undeclared_count == 0:
                return result
            if fewest_undeclared < 0 or undeclared_count < fewest_undeclared:
                best_result, fewest_undeclared = result, undeclared_count
        if best_result is UNSET:
            is_unknown = bool(kinds) and kinds <= _LENIENT_KINDS
            kind: DecodeErrorKind = "variant" if is_unknown else "type"
            raise DecodeError("; ".join(dict.fromkeys(problems)), kind=kind)  # each problem once
        return best_result

    return decode


def parsed(python_type: Any) -> Decoder:
    """Return a decoder for a string that states a date, a datetime or a UUID, and whose text is kept."""
    parse = _PARSERS[python_type]

    def decode(value: Any) -> Any:
        text = string(value)
        try:
            return parse(text)
        except ValueError:
            problem = f"expected a {python_type.__name__}, not {value!r}"
            raise DecodeError(problem[:MAX_PROBLEM_LENGTH]) from None

    return decode


def _least_different(
    decoders: tuple[Decoder, ...],
    count_undeclared: Callable[[Any], int],
    value: Any,
    drift: Drift,
    strict_error: DecodeError,
) -> Any:
    """Return the lenient result of the alternative that differs least, and add its differences to `drift`.

    Raises `strict_error` if none can be, such as for an object without the constant of any alternative.
    """
    candidates: list[tuple[int, int, Any, Drift]] = []
    for decode_candidate in decoders:
        differences: Drift = []
        with _collecting(differences):
            try:
                result = decode_candidate(value)
            except DecodeError:
                continue
        is_another = any(error.kind == "constant" and error.path.count("/") == 1 for error in differences)
        if not is_another:
            candidates.append((len(differences), count_undeclared(result), result, differences))
    if not candidates:
        raise strict_error
    _, _, result, differences = min(candidates, key=lambda candidate: candidate[:2])
    drift += differences
    return result


def decode_leniently(decode: Decoder, value: Any) -> tuple[Any, Drift]:
    """Return a value in which choices and variants that are not known stay as they came, and where they are.

    Raises DecodeError for a value of another type, and for a required property that is missing.
    """
    drift: Drift = []
    with _collecting(drift):
        try:
            return decode(value), drift
        except DecodeError as error:
            if error.kind not in _LENIENT_KINDS:
                raise
            return value, [error]


@contextmanager
def _collecting(drift: Drift | None) -> Generator[None]:
    """Decode leniently and collect in `drift`; strictly if it is None."""
    token = _DRIFT.set(drift)
    try:
        yield
    finally:
        _DRIFT.reset(token)


def inner_decoder() -> Callable[[str, Decoder, Any], Any]:
    """Return what decodes the parts of a value: `decode_at`, or its lenient form."""
    drift = _DRIFT.get()
    return decode_at if drift is None else partial(_decode_leniently_at, drift)


def _decode_leniently_at(drift: Drift, token: str, decode: Decoder, value: Any) -> Any:
    count_before = len(drift)
    try:
        result = decode(value)
    except DecodeError as error:
        if error.kind not in _LENIENT_KINDS:
            raise error.inside(token) from None
        drift[count_before:] = [error]
        result = value
    drift[count_before:] = [error.inside(token) for error in drift[count_before:]]
    return result


def decode_at(token: str, decode: Decoder, value: Any) -> Any:
    """Decode a property or an item; an error gets its name or index in front of its path."""
    try:
        return decode(value)
    except DecodeError as error:
        raise error.inside(token) from None


def to_json(value: Any) -> Any:
    """Return the JSON value of a typed value.

    Properties that are UNSET are left out; files and bytes stay.
    """
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Mapping):
        properties = cast("Mapping[str, Any]", value)
        return {name: to_json(item) for name, item in properties.items() if item is not UNSET}
    if isinstance(value, list):
        return [to_json(item) for item in cast("list[object]", value)]
    if isinstance(value, dt.date | dt.time):  # a datetime is a date
        return getattr(value, "text", "") or value.isoformat()
    if isinstance(value, uuid.UUID):
        return getattr(value, "text", "") or str(value)
    # A model, or a class of the caller's own with the same method.
    return value.to_dict() if hasattr(value, "to_dict") else value


def json_text(value: Any) -> Any:
    """Return a value as JSON text, for parameters with a JSON media type; None and UNSET stay as they are."""
    if value is None or value is UNSET:
        return value
    return json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":"))


def body_fields(body: Any) -> dict[str, Any]:
    """Return the properties of a body that is an object, as JSON values; raises ArgumentError for others."""
    if body is UNSET:
        return body_value(body)
    json_value: object = to_json(body)
    if isinstance(json_value, dict):
        return cast("dict[str, Any]", json_value)
    raise ArgumentError(f"body: expected a model or a mapping, not {_json_type_name(json_value)}")


def body_value(body: Any) -> dict[str, Any]:
    """Return a body that is one value, such as a list or a file, as `{"body": value}`: see `Body`."""
    return {"body": to_json(body)}


def body_fields_or_value(body: Any) -> dict[str, Any]:
    """Return `body_fields` of an object, and `body_value` of a value that is not an object."""
    return body_fields(body) if isinstance(body, Mapping) or hasattr(body, "to_dict") else body_value(body)


def _json_type_name(value: Any) -> str:
    if value is None:
        return "null"
    value_type = cast("type[object]", type(value))
    return _JSON_TYPE_NAMES.get(value_type, value_type.__name__)
