"""Strict reading of JSON bodies."""

import json
import marshal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eigen_reference.json_text import (
    MOST_CHARACTERS,
    MOST_LEVELS,
    MOST_VALUES,
    StrictJsonError,
    TooLargeJsonError,
    answer,
    decode,
    decode_body,
)

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_reads_what_json_writes(value: object) -> None:
    assert decode(json.dumps(value)) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "line 1, column 2"),
        ('{"a":1,}', "column 8"),
        ("[NaN]", "NaN"),
        ("[-Infinity]", "-Infinity"),
        ("[1e999]", "too large"),
        ("1" * 5000, "too large"),
        ('{"a":1,"a":2}', "'a' stands twice"),
        (r'"\ud800"', "surrogate"),
        (r'{"\udfff":1}', "surrogate"),
        ("[" * (MOST_LEVELS + 2) + "]" * (MOST_LEVELS + 2), "levels deep"),
        ("[" * 9_000, "levels deep"),
        ("[" * 200_000, "more than 10000 values"),
        ("", "column 1"),
        ("\ufeff{}", "BOM"),
    ],
)
def test_refuses_what_cannot_be_relied_on(text: str, reason: str) -> None:
    with pytest.raises(StrictJsonError, match=reason):
        decode(text)


@pytest.mark.parametrize(("body", "reason"), [(b"\xff{}", "UTF-8"), (b"[]", "object"), (b'"x"', "object")])
def test_a_body_must_be_an_object_in_utf8(body: bytes, reason: str) -> None:
    with pytest.raises(StrictJsonError, match=reason):
        decode_body(body)


@pytest.mark.parametrize(
    "text",
    [
        "[" + ",".join("[]" for _ in range(MOST_VALUES)) + "]",
        "{" + ",".join(f'"k{number}":0' for number in range(MOST_VALUES)) + "}",
        "[" + ",".join('"a,b"' for _ in range(MOST_VALUES + 1)) + "]",
        "[" + ",".join('{"a":{}}' for _ in range(MOST_VALUES)) + "]",
        "[" + ",".join("1" for _ in range(MOST_VALUES + 2)) + "]",
        '{"prompt":"' + "a" * (MOST_CHARACTERS + 1) + '"}',
        '{"' + "a" * (MOST_CHARACTERS + 1) + '":1}',
        '{"voice_settings":{"speed":"data:' + "a" * MOST_CHARACTERS + '"}}',
    ],
)
def test_refuses_more_than_anyone_reads(text: str) -> None:
    with pytest.raises(TooLargeJsonError):
        decode(text)


@pytest.mark.parametrize(
    "value",
    [
        {"prompt": ",:[{" * 20_000},
        {"prompt": '\\",[' * 20_000},
        {"prompt": "\\" * 50_000, "text": ",\\" * 30_000},
        {"image_url": "data:;base64," + "a" * (2 * MOST_CHARACTERS)},
        [0] * (MOST_VALUES - 2),
    ],
)
def test_marks_inside_strings_are_no_values(value: object) -> None:
    assert decode(json.dumps(value)) == value


def test_finds_a_repeated_name_among_many_at_once() -> None:
    names = [f'"k{number}":0' for number in range(MOST_VALUES // 2 - 2)]
    with pytest.raises(StrictJsonError, match="'k0' stands twice"):
        decode("{" + ",".join([*names, '"k0":1']) + "}")


def test_answers_another_process_with_the_value_or_the_reason() -> None:
    header, marshalled = answer({}, b'{"a": [1, "\xc3\xa9", null]}')
    assert (header, marshal.loads(marshalled)) == ({}, {"a": [1, "\u00e9", None]})
    assert answer({}, b"[]")[0]["refused"] == "NotAnObjectError"
    assert answer({}, b"{")[0]["refused"] == "StrictJsonError"
