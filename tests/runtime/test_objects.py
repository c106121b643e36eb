"""How a JSON value is decoded follows from the type that a model gives it."""

import copy
import datetime as dt
import pickle
import re
import uuid
from typing import Any, Literal, cast

import pytest
from attrs import define

from generator.runtime.models import codec
from generator.runtime.models.codec import DecodeError
from generator.runtime.models.objects import ClosedObject, Discriminator, OpenObject, decoder_of
from generator.runtime.request.files import FileInput as File
from generator.runtime.unset import UNSET, Unset

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


@define
class OpenA(OpenObject):
    a: int | Unset = UNSET


@define
class OpenB(OpenObject):
    b: int | Unset = UNSET


@define
class ClosedA(ClosedObject):
    a: int | Unset = UNSET


@define
class ClosedB(ClosedObject):
    b: int | Unset = UNSET


@define
class Holder(OpenObject):
    inner: OpenA | list[OpenA] | Unset = UNSET


@define
class OtherHolder(OpenObject):
    inner: OpenB | list[OpenB] | Unset = UNSET


@pytest.mark.parametrize(
    ("union", "json_value", "expected"),
    [
        (OpenA | OpenB, {"b": 1}, OpenB),
        (OpenA | OpenB, {"a": 1}, OpenA),
        (OpenA | OpenB, {"a": 1, "b": 1}, OpenA),
        (OpenA | OpenB, {}, OpenA),
        (ClosedA | ClosedB, {"b": 1}, ClosedB),
        (ClosedA | OpenB, {"b": 1, "c": 2}, OpenB),
        (Holder | OtherHolder, {"inner": {"b": 1}}, OtherHolder),
        (Holder | OtherHolder, {"inner": [{"b": 1}]}, OtherHolder),
        (Holder | OtherHolder, {"inner": [{"a": 1}], "more": 1}, Holder),
    ],
)
def test_a_union_takes_the_branch_that_declares_most_of_an_object(
    union: Any, json_value: dict[str, Any], expected: type
) -> None:
    value = decoder_of(union)(json_value)
    assert type(value) is expected
    assert isinstance(value, ClosedObject)
    assert value.to_dict() == json_value


def test_a_closed_object_keeps_what_it_does_not_declare() -> None:
    value = ClosedA.from_dict({"a": 1, "extra": [2]})
    assert value.to_dict() == {"a": 1, "extra": [2]}
    assert repr(value) == "ClosedA(a=1)"
    assert value != ClosedA(a=1)


SECOND = dt.datetime(2020, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-01-02", dt.date(2020, 1, 2)),
        ("2020-W01-1", "2020-W01-1"),
        ("20200102", "20200102"),
        ("00000000-0000-0000-0000-00000000000a", uuid.UUID(int=10)),
        ("00000000-0000-0000-0000-00000000000A", uuid.UUID(int=10)),
        ("{00000000-0000-0000-0000-00000000000a}", "{00000000-0000-0000-0000-00000000000a}"),
        # The corners of RFC 3339, section 5.6 and 5.8, and what servers write beside it.
        ("2020-01-02T03:04:05Z", SECOND),
        ("2020-01-02t03:04:05z", SECOND),
        ("2020-01-02 03:04:05-00:00", SECOND),
        ("2020-01-02T03:04:05+0000", SECOND),
        ("2020-01-02T04:04:05.000+01:00", SECOND),
        ("2020-01-02T03:04:05.123456789+00:00", SECOND.replace(microsecond=123456)),
        ("2016-12-31T23:59:60Z", dt.datetime(2017, 1, 1, tzinfo=dt.UTC)),
        ("2020-01-02T03:04", dt.datetime(2020, 1, 2, 3, 4)),  # noqa: DTZ001 - as the text
        ("2020-01-02T24:00:00Z", "2020-01-02T24:00:00Z"),
        ("9999-12-31T23:59:60Z", "9999-12-31T23:59:60Z"),
    ],
)
def test_a_text_is_typed_and_stays_the_text_that_came(text: str, expected: object) -> None:
    value = decoder_of(uuid.UUID | dt.date | dt.datetime | str)(text)
    assert value == expected
    assert isinstance(value, type(expected))
    for copied in (value, copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert codec.to_json(copied) == text


def test_a_moment_that_was_computed_has_a_text_of_its_own() -> None:
    value = decoder_of(dt.datetime)("2020-01-02T03:04:05.500Z")
    assert codec.to_json(value + dt.timedelta(days=1)) == "2020-01-03T03:04:05.500000+00:00"
    assert codec.to_json(value.replace(year=2021)) == "2021-01-02T03:04:05.500000+00:00"


@define
class Pet(OpenObject):
    kind: str


@define
class Cat(OpenObject):
    kind: str
    name: str | Unset = UNSET


@define
class Dog(OpenObject):
    kind: str
    name: str | Unset = UNSET
    bark: str | Unset = UNSET


DISCRIMINATORS = (
    Discriminator("kind", {"cat": (Cat,), "dog": (Dog,)}),
    Discriminator("kind", {"katze": (Cat,), "hund": (Dog,)}),
)


@pytest.mark.parametrize(
    ("union", "json_value", "expected"),
    [
        (Cat | Dog, {"kind": "dog", "name": "a"}, Dog),
        (Cat | Dog, {"kind": "hund", "name": "a"}, Dog),
        (Cat | Dog, {"kind": "katze", "bark": "a"}, Cat),
        (Cat | Dog | Pet, {"kind": "lizard", "bark": "a"}, Pet),
        (Cat | Dog | Pet | None, {"kind": "dog"}, Dog),
        (Cat | OpenA, {"kind": "dog", "a": 1}, Cat),
    ],
)
def test_a_discriminator_decides_before_what_fits(
    union: Any, json_value: dict[str, Any], expected: type
) -> None:
    value = decoder_of(union)(json_value)
    assert type(value) is expected
    assert isinstance(value, ClosedObject)
    assert value.to_dict() == json_value


Size = Literal["big", "small"]


@define
class Flat(OpenObject):
    kind: Literal["flat"]
    size: Size


@define
class House(OpenObject):
    kind: Literal["house"]
    size: Size | Unset = UNSET
    homes: "list[Flat | House] | Unset" = UNSET


@pytest.mark.parametrize(
    ("python_type", "json_value", "expected", "places"),
    [
        # An unknown choice and a variant without a class stay as they came.
        (Size, "huge", "huge", [""]),
        (list[Size], ["big", "huge"], ["big", "huge"], ["/1"]),
        (Cat | Dog, {"kind": "lizard", "bark": "a"}, {"kind": "lizard", "bark": "a"}, ["/kind"]),
        (Flat | House, {"kind": "tent"}, {"kind": "tent"}, [""]),
        (Size | int, "huge", "huge", [""]),
        (Flat, {"size": "big", "kind": "tent"}, Flat(kind=cast("Any", "tent"), size="big"), ["/kind"]),
        (Flat | House, {"size": "huge", "kind": "flat"}, Flat("flat", cast("Any", "huge")), ["/size"]),
        # The constant of a class decides, however many other values are unknown.
        (
            Flat | House,
            {"kind": "house", "size": "huge", "homes": [{"kind": "flat", "size": "wide"}, {"kind": "tent"}]},
            House(
                kind="house",
                size=cast("Any", "huge"),
                homes=[Flat(kind="flat", size=cast("Any", "wide")), cast("Any", {"kind": "tent"})],
            ),
            ["/size", "/homes/0/size", "/homes/1"],
        ),
    ],
)
def test_a_lenient_decoding_keeps_what_does_not_fit_and_says_where(
    python_type: Any, json_value: object, expected: object, places: list[str]
) -> None:
    with pytest.raises(DecodeError):
        decoder_of(python_type)(json_value)
    value, drift = codec.decode_leniently(decoder_of(python_type), json_value)
    assert value == expected
    assert [error.path for error in drift] == places
    assert codec.to_json(value) == json_value
    with pytest.raises(DecodeError):  # strict again
        decoder_of(python_type)(json_value)


@pytest.mark.parametrize(
    ("python_type", "json_value", "place"),
    [
        (Flat, [], "(the whole value)"),
        (list[str], {}, "(the whole value)"),
        (Flat | int, "a", "(the whole value)"),
        (Cat | Dog, 1, "(the whole value)"),
        (Flat, {"kind": "flat", "size": 5}, "/size"),
        (Flat, {"kind": "flat"}, "/size"),
        (Flat | House, {"kind": "flat"}, "(the whole value): /size: is missing"),
        (list[dt.date], ["2020-01-01", "soon"], "/1"),
    ],
)
def test_a_lenient_decoding_refuses_a_value_of_another_type(
    python_type: Any, json_value: object, place: str
) -> None:
    with pytest.raises(DecodeError, match=re.escape(place)):
        codec.decode_leniently(decoder_of(python_type), json_value)


def test_a_discriminator_leaves_other_values_of_a_union_alone() -> None:
    assert decoder_of(Cat | Dog | str | None)("dog") == "dog"
    assert decoder_of(Cat | Dog | str | None)(None) is None
    with pytest.raises(DecodeError, match="/kind: is missing"):
        decoder_of(Cat | Dog)({"name": "a"})
