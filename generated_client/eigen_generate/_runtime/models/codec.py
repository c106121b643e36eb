"""Turns JSON values into models and back, by small decoders that `objects` composes.

A decoder takes a JSON value and returns the typed one, or raises DecodeError saying where it does not fit.
Values are passed as they came: a number stays the int or float that the sender wrote.
"""

import enum
import json
from collections.abc import Callable, Mapping
from typing import Any, cast

from ..errors import ArgumentError
from ..unset import UNSET

Decoder = Callable[[Any], Any]

_KINDS: Mapping[type[object], str] = {
    bool: "a boolean",
    str: "a string",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
}


class DecodeError(ValueError):
    """A JSON value does not fit its type; `path` is where, as a JSON pointer."""

    def __init__(self, problem: str, path: str = "") -> None:
        super().__init__(f"{path or '(the whole value)'}: {problem}")
        self.problem = problem
        self.path = path


def anything(value: Any) -> Any:
    """Take any JSON value."""
    return value


def of_type(*types: type, name: str) -> Decoder:
    """Take values of these Python types; a bool is no number."""

    def decode(value: Any) -> Any:
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            raise DecodeError(f"expected {name}, not {_kind(value)}")
        return value

    return decode


string = of_type(str, name="a string")
number = of_type(int, float, name="a number")
boolean = of_type(bool, name="a boolean")
null = of_type(type(None), name="null")


def integer(value: Any) -> Any:
    """Take a number without a fraction; `15.0` is one (JSON Schema 2020-12, 6.1.1) and becomes 15."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise DecodeError(f"expected an integer, not {_kind(value)}")
    return value


def literal(*allowed: Any) -> Decoder:
    """Take exactly one of these values."""

    def decode(value: Any) -> Any:
        for candidate in allowed:
            if value == candidate and isinstance(value, bool) == isinstance(candidate, bool):
                return candidate
        raise DecodeError(f"expected {' or '.join(map(repr, allowed))}, not {value!r}"[:200])

    return decode


def model(cls: Any) -> Decoder:
    """Take an object and make it a model by its `from_dict`."""

    def decode(value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise DecodeError(f"expected an object, not {_kind(value)}")
        return cls.from_dict(value)

    return decode


def array(item: Decoder) -> Decoder:
    """Take a list whose items fit `item`."""

    def decode(value: Any) -> Any:
        if not isinstance(value, list):
            raise DecodeError(f"expected a list, not {_kind(value)}")
        elements = cast("list[object]", value)
        return [at(str(index), item, element) for index, element in enumerate(elements)]

    return decode


def one_of(*decoders: Decoder) -> Decoder:
    """Take what the first fitting decoder makes of it."""

    def decode(value: Any) -> Any:
        problems: list[str] = []
        for candidate in decoders:
            try:
                return candidate(value)
            except DecodeError as error:
                problems.append(str(error) if error.path else error.problem)
        raise DecodeError("; ".join(dict.fromkeys(problems)))

    return decode


def parsed(kind: Any) -> Decoder:
    """Take a string that a class of the standard library reads: a date, a datetime, a UUID."""
    parse = getattr(kind, "fromisoformat", kind)

    def decode(value: Any) -> Any:
        try:
            return parse(string(value))
        except DecodeError:
            raise
        except ValueError:
            raise DecodeError(f"expected a {kind.__name__}, not {value!r}"[:200]) from None

    return decode


def to_json(value: Any) -> Any:
    """The JSON value of a typed one. Members that are UNSET are left out; files and bytes stay."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Mapping):
        held = cast("Mapping[str, Any]", value)
        return {name: to_json(item) for name, item in held.items() if item is not UNSET}
    if isinstance(value, list):
        return [to_json(item) for item in cast("list[object]", value)]
    if hasattr(value, "isoformat"):  # a date; its module is not imported for those who have none
        return value.isoformat()
    if hasattr(value, "urn"):  # a UUID
        return str(value)
    return value.to_dict() if hasattr(value, "to_dict") else value


def at(name: str, decoder: Decoder, value: Any) -> Any:
    """Read a member; where it does not fit, the error says so by its pointer."""
    try:
        return decoder(value)
    except DecodeError as error:
        token = name.replace("~", "~0").replace("/", "~1")
        raise DecodeError(error.problem, f"/{token}{error.path}") from None


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    kind = cast("type[object]", type(value))
    return _KINDS.get(kind, kind.__name__)


def json_text(value: Any) -> Any:
    """A value as JSON text, for parameters that are written so; what was not given stays so."""
    if value is None or value is UNSET:
        return value
    return json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":"))


def body_fields(body: Any) -> dict[str, Any]:
    """Return the properties of a body that is an object; raises ArgumentError for anything else."""
    if body is UNSET:
        return body_value(body)
    plain: object = to_json(body)
    if isinstance(plain, dict):
        return cast("dict[str, Any]", plain)
    raise ArgumentError(f"body: expected a model or a mapping, not {_kind(plain)}")


def body_value(body: Any) -> dict[str, Any]:
    """A request body that is one value, such as a list or a file, under the name that the runtime knows."""
    return {"body": to_json(body)}


def body_fields_or_value(body: Any) -> dict[str, Any]:
    """A request body that may be an object or, in another media type, one value."""
    return body_fields(body) if isinstance(body, Mapping) or hasattr(body, "to_dict") else body_value(body)
