"""How a JSON value is decoded follows from the type that a model gives it."""

import datetime as dt
import uuid
from typing import Any, Literal

import pytest

from generator.runtime.models.codec import DecodeError
from generator.runtime.models.objects import decoder_of
from generator.runtime.request.files import FileInput as File
from generator.runtime.unset import Unset

DECODED: list[tuple[Any, object, object]] = [
    (str, "a", "a"),
    (float, 15, 15),
    (int, 15.0, 15),
    (bool, True, True),
    (None, None, None),
    (Any, {"a": [1]}, {"a": [1]}),
    (dt.date, "2026-11-01", dt.date(2026, 11, 1)),
    (uuid.UUID, "00000000-0000-0000-0000-000000000001", uuid.UUID(int=1)),
    (list[int], [1.0, 2], [1, 2]),
    (Literal["a", 1], 1, 1),
    (Literal["a"] | str, "b", "b"),
    (str | float | None | Unset, None, None),
    (list[str | list[int]], ["a", [1.0]], ["a", [1]]),
    (File | Unset, b"GIF89a", b"GIF89a"),
    (list[File], [b"GIF89a"], [b"GIF89a"]),
]
REFUSED: list[tuple[Any, object, str]] = [
    (str, 1, "(the whole value): expected a string, not a number"),
    (float, True, "(the whole value): expected a number, not a boolean"),
    (int, 1.5, "(the whole value): expected an integer, not a number"),
    (Literal[1], True, "(the whole value): expected 1, not True"),
    (list[list[int]], [[1], [1, "a"]], "/1/1: expected an integer, not a string"),
    (str | None, 1, "(the whole value): expected a string, not a number; expected null, not a number"),
]


@pytest.mark.parametrize(("python_type", "json_value", "expected"), DECODED)
def test_decodes_a_value_to_its_type(python_type: Any, json_value: object, expected: object) -> None:
    value = decoder_of(python_type)(json_value)
    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(("python_type", "json_value", "message"), REFUSED)
def test_names_where_a_value_does_not_fit(python_type: Any, json_value: object, message: str) -> None:
    with pytest.raises(DecodeError) as caught:
        decoder_of(python_type)(json_value)
    assert str(caught.value) == message
