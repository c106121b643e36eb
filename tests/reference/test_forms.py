"""Reading multipart forms by declared types."""

import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eigen_reference.contract import Member, RequestBody
from eigen_reference.forms import Form, Garbled, Repeated, read
from eigen_reference.json_text import MOST_CHARACTERS
from eigen_reference.problems import RequestError

TEXT = Member()
NUMBER = Member(frozenset({"number"}))
DECLARED = RequestBody(
    variants={},
    members={
        "prompt": TEXT,
        "seed": NUMBER,
        "width": Member(frozenset({"integer"})),
        "stream": Member(frozenset({"boolean"})),
        "settings": Member(frozenset({"object"})),
        "sampling": Member(frozenset({"object", "string"})),
        "image": Member(is_file=True),
        "images": Member(is_file=True, is_list=True),
    },
)


def part(name: str, value: bytes, filename: str | None = None, extra: str = "") -> bytes:
    file = "" if filename is None else f'; filename="{filename}"'
    return (
        f'--B\r\nContent-Disposition: form-data; name="{name}"{file}\r\n{extra}\r\n'.encode()
        + value
        + b"\r\n"
    )


def form(*parts: bytes) -> Form:
    return read(b"".join(parts) + b"--B--\r\n", b"B", DECLARED)


def refusal(*parts: bytes) -> RequestError:
    with pytest.raises(RequestError) as caught:
        form(*parts)
    assert caught.value.status == 400
    return caught.value


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("prompt", "15", "15"),
        ("prompt", "true", "true"),
        ("prompt", '{"a":1}', '{"a":1}'),
        ("prompt", "", ""),
        ("seed", "15", 15),
        ("seed", "-1.5e2", -150.0),
        ("seed", "15 apples", "15 apples"),
        ("seed", "true", "true"),
        ("seed", "NaN", "NaN"),
        ("seed", "", ""),
        ("width", "512", 512),
        ("width", "5.5", 5.5),
        ("stream", "true", True),
        ("stream", "True", "True"),
        ("stream", "1", "1"),
        ("settings", '{"speed":1.5}', {"speed": 1.5}),
        ("settings", "[1]", "[1]"),
        ("sampling", '{"top_k":40}', {"top_k": 40}),
        ("sampling", "warm", "warm"),
        ("sampling", "40", "40"),
        ("unheard_of", "15", "15"),
    ],
)
def test_reads_a_part_by_its_declared_type(name: str, text: str, value: Any) -> None:
    read_value = form(part(name, text.encode())).values[name]
    assert (read_value, type(read_value)) == (value, type(value))


@given(st.binary(max_size=300).filter(lambda content: b"--B" not in content))
def test_a_file_arrives_byte_for_byte(content: bytes) -> None:
    received = form(part("image", content, "a.bin"))
    assert received.files["image"][0].content == content
    assert received.values == {"image": ""}


def test_several_files_arrive_in_order() -> None:
    received = form(part("images", b"1", "a"), part("images", b"2", "b"))
    assert [upload.content for upload in received.files["images"]] == [b"1", b"2"]
    assert received.values == {"images": ["", ""]}


@pytest.mark.parametrize(
    ("parts", "field", "code"),
    [
        ([part("image", b"text")], "image", "not_a_file"),
        ([part("images", b"text")], "images", "not_a_file"),
        ([part("prompt", b"a", "a.txt")], "prompt", "not_text"),
        ([part("prompt", b"a", "")], "prompt", "not_text"),
    ],
)
def test_refuses_a_wrong_part_naming_it(parts: list[bytes], field: str, code: str) -> None:
    problem = refusal(*parts)
    assert (problem.field, problem.code, problem.pointer) == (field, code, f"/{field}")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--B",
        b"no boundary at all",
        part("prompt", b"cut"),
        part("prompt", b"cut") + b"--B",
        b"--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--\r\n",
        b"--B\r\nContent-Disposition: attachment; name=prompt\r\n\r\nx\r\n--B--\r\n",
        b'--B\r\nContent-Disposition: form-data; name="\xff\xfe"\r\n\r\nx\r\n--B--\r\n',
        b"--B\r\n\r\nx\r\n--B--\r\n",
    ],
)
def test_refuses_a_malformed_or_truncated_form(body: bytes) -> None:
    with pytest.raises(RequestError) as caught:
        read(body, b"B", DECLARED)
    assert caught.value.status == 400


def test_keeps_every_value_of_a_member_that_comes_twice() -> None:
    received = form(part("prompt", b"a"), part("prompt", b"b"), part("prompt", b"c")).values["prompt"]
    assert isinstance(received, Repeated)


@pytest.mark.parametrize(
    "garbled",
    [part("prompt", b"\xff"), part("prompt", b"a", extra="Content-Type: text/plain; charset=utf-16\r\n")],
)
def test_marks_a_text_that_is_not_utf8(garbled: bytes) -> None:
    assert isinstance(form(garbled).values["prompt"], Garbled)


def test_tolerates_what_nobody_knows() -> None:
    received = form(part("new", b"\xff"), part("new", b"2"), part("file9", b"\x00", "x.bin"))
    assert received.values == {"new": "2", "file9": ""}


def test_refuses_a_thousand_and_one_parts() -> None:
    assert "1000 parts" in refusal(*[part(f"n{number}", b"") for number in range(1001)]).message


def test_a_part_that_comes_again_and_again_is_one_flat_list() -> None:
    values = form(*[part("prompt", b"a")] * 999).values["prompt"]
    assert isinstance(values, Repeated)
    assert values == ["a"] * 999
    assert len(repr(values)) < 100


@pytest.mark.parametrize("name", ["prompt", "settings", "unknown"])
def test_a_text_that_nobody_would_read_is_a_413(name: str) -> None:
    with pytest.raises(RequestError) as caught:
        form(part(name, b"a" * (MOST_CHARACTERS + 1)))
    assert (caught.value.status, caught.value.field) == (413, name)


@pytest.mark.parametrize(
    "body",
    [
        b"\r\n--" * 500_000,
        b"--B" * 500_000,
        b"--B\r\n" + b"X: y\r\n" * 300_000,
        b"--B\r\n" + b"X" * 2_000_000,
        b'--B\r\nContent-Disposition: form-data; name="' + b"a" * 2_000_000,
        b"--B\r\nContent-Disposition: form-data;" + b'a=";' * 1_000,
        part("image", b"\r\n--" * 500_000, "f") + b"--B",
        part("x", b"") * 1_000_000,
    ],
)
def test_a_hostile_form_takes_time_by_its_length_alone(body: bytes) -> None:
    began = time.process_time()
    with suppress(RequestError):
        read(body, b"B", DECLARED)
    assert time.process_time() - began < 10
