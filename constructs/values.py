"""Between JSON and the types of a built client: arguments by what a signature says, answers back to JSON."""

import enum
import inspect
import io
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, cast

from generator.loading.json_data import is_list, is_object, object_or_empty

# A value of this one key stands for a file that holds the text.
FILE = "$file"


def is_file(value: object) -> bool:
    """Whether a value, or an item of it, stands for a file."""
    return any(map(is_file, value)) if is_list(value) else FILE in object_or_empty(value)


def annotated(function: Callable[..., Any]) -> dict[str, Any]:
    """The types of a function's parameters, as objects."""
    try:
        return typing.get_type_hints(function)
    except (NameError, TypeError):
        return {name: one.annotation for name, one in inspect.signature(function).parameters.items()}


def classes(hint: Any) -> list[type]:
    """The classes that a type is made of, in order."""
    if isinstance(hint, type) and not isinstance(hint, types.GenericAlias):
        return [hint]
    return [found for inner in typing.get_args(hint) for found in classes(inner)]


def told(function: Callable[..., Any], hints: Mapping[str, Any]) -> str:
    """What a function and the classes of its arguments say in docstrings, and by their fields."""
    found = [function.__doc__ or "", *map(str, inspect.signature(function).parameters.values())]
    for cls in dict.fromkeys(one for hint in hints.values() for one in classes(hint)):
        found += [cls.__doc__ or "", repr(getattr(cls, "model_fields", ""))]
    return " ".join(" ".join(found).split())


def argument(hint: Any, value: Any, file: Callable[[bytes], Any]) -> Any:
    """A value of the type `hint` for a JSON value; the JSON value itself if no class takes it."""
    if is_file(value):
        return _with_files(hint, value, file)
    if is_list(value) and typing.get_origin(hint) in (list, typing.Sequence):
        return [argument(typing.get_args(hint)[0], item, file) for item in value]
    for cls in classes(hint):
        read: Callable[[dict[str, Any]], Any] | None = getattr(cls, "from_dict", None)
        try:
            if issubclass(cls, enum.Enum):
                return cls(value)
            if is_object(value) and read is not None:
                return read(dict(value))
        except (TypeError, ValueError, KeyError, AttributeError):
            continue
    return value


def _with_files(hint: Any, value: Any, file: Callable[[bytes], Any]) -> Any:
    if is_list(value):
        return [_with_files(hint, item, file) for item in value]
    if set(value) == {FILE}:
        return file(value[FILE].encode())
    return value


def members(cls: type, value: Mapping[str, Any], file: Callable[[bytes], Any]) -> Any:
    """A model made by its constructor, since no `from_dict` takes files."""
    hints = {name: one.annotation for name, one in inspect.signature(cls).parameters.items()}
    return cls(**{name: argument(hints.get(name), item, file) for name, item in value.items()})


def as_json(value: Any) -> Any:
    """A value in hand as JSON; bytes as the text that they hold, one character a byte."""
    if hasattr(value, "actual_instance"):
        return as_json(value.actual_instance)
    if hasattr(value, "to_dict"):
        return as_json(value.to_dict())
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, bytes | bytearray):
        return value.decode("latin-1")
    if hasattr(value, "payload"):
        value = value.payload
    if isinstance(value, io.IOBase):
        return as_json(value.read())
    if isinstance(value, Mapping):
        return {name: as_json(item) for name, item in cast("Mapping[str, object]", value).items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in cast("list[object]", value)]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
