"""Strict reading of JSON bodies."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eigen_reference.json_text import MOST_LEVELS, StrictJsonError, decode, decode_body
from eigen_reference.problems import RequestError

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
        ("[" * 200_000, "levels deep"),
        ("", "column 1"),
        ("\ufeff{}", "BOM"),
    ],
)
def test_refuses_what_cannot_be_relied_on(text: str, reason: str) -> None:
    with pytest.raises(StrictJsonError, match=reason):
        decode(text)


@pytest.mark.parametrize(("body", "reason"), [(b"\xff{}", "UTF-8"), (b"[]", "object"), (b'"x"', "object")])
def test_a_body_must_be_an_object_in_utf8(body: bytes, reason: str) -> None:
    with pytest.raises(RequestError, match=reason) as caught:
        decode_body(body)
    assert caught.value.status == 400
