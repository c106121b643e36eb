"""Reads a file of JSON by the standard library, which takes a tenth of the time that events of YAML take.

The lines of values, which only errors name, are found by the reader of YAML when they are first asked for.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from ..errors import GeneratorError
from .json_data import Json, is_list, is_object

# Half of a character: a text that holds it cannot be written to a file.
_LONE_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def read_json(text: str, max_values: int, max_depth: int) -> Json | None:
    """Return the value of a text of JSON whose pairs of surrogates are joined; None for any other text.

    None also for JSON that is to be refused: with a repeated key, with a number that Python cannot read, with
    more than `max_values` values, or nested deeper than `max_depth`. The reader of YAML says where that is.
    """
    if _LONE_SURROGATE.search(text):
        return None
    try:
        data = json.loads(text, object_pairs_hook=_make_object, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return None
    return data if _is_within_limits(data, max_values, max_depth) else None


def _make_object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """Return the object with these pairs. Raises ValueError if a key is repeated."""
    made_object = dict(pairs)
    if len(made_object) < len(pairs):
        raise ValueError("a key is there twice")
    return made_object


def _refuse_constant(name: str) -> Json:
    """Refuse `NaN` and `Infinity`, which Python reads and JSON does not have."""
    raise ValueError(f"{name} is not JSON")


def _is_within_limits(data: Json, max_values: int, max_depth: int) -> bool:
    level, value_count = [data], 1
    for _ in range(max_depth):
        level = [item for value in level for item in _list_items(value)]
        value_count += len(level)
    # These values have `max_depth` collections around them, so none may be a collection itself.
    return value_count <= max_values and not any(is_object(value) or is_list(value) for value in level)


def _list_items(value: Json) -> Iterator[Json]:
    if is_object(value):
        return iter(value.values())
    return iter(value) if is_list(value) else iter(())


class LinesOnDemand(Mapping[str, int]):
    """The line of each value by its JSON pointer, read when it is first asked for."""

    def __init__(self, read_lines: Callable[[], Mapping[str, int]]) -> None:
        self._read_lines = read_lines

    @cached_property
    def _lines(self) -> Mapping[str, int]:
        try:
            return self._read_lines()
        except GeneratorError:  # YAML does not take every character that JSON takes
            return {}

    def __getitem__(self, pointer: str) -> int:
        return self._lines[pointer]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)
