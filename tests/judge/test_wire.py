"""Bytes are read by the declared type, and what is malformed or doubtful is seen."""

from typing import Any

import pytest

from eigen_contract.compose import FORM, JSON, Upload, compose
from eigen_contract.exchange import Request
from eigen_contract.media import png
from eigen_contract.spec import Contract
from eigen_contract.wire import Wire, WireError, read, read_json

CONTRACT = Contract.load()
OPERATION = next(operation for operation in CONTRACT.operations if operation.id == "generate")


def read_form(**members: Any) -> Wire:
    return read(compose(OPERATION, FORM, members), OPERATION.bodies[FORM], CONTRACT)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("prompt", "15", "15"),
        ("prompt", "true", "true"),
        ("prompt", '{"a": 1}', '{"a": 1}'),
        ("seed", "15", 15),
        ("seed", "15.0", 15.0),
        ("seed", "-1e3", -1000.0),
        ("seed", "NaN", "NaN"),
        ("seed", " 15", " 15"),
        ("seed", "+15", "+15"),
        ("binary_response", "true", True),
        ("binary_response", "True", "True"),
        ("sampling", '{"top_k": 4}', {"top_k": 4}),
        ("sampling", "[4]", "[4]"),
        ("sampling", "{", "{"),
        ("not_known_yet", "15", "15"),
    ],
)
def test_a_part_is_read_by_its_declared_type(name: str, text: str, value: object) -> None:
    read_value = read_form(**{name: text}).instance[name]
    assert (read_value, type(read_value)) == (value, type(value))


def test_a_file_keeps_its_bytes_and_its_name() -> None:
    wire = read_form(image_file=Upload('a "b".png', "image/png", png()))
    assert wire.instance == {"image_file": ""}
    assert wire.files["image_file"][0].data == png()
    assert wire.doubts == ()


def test_a_file_without_a_name_is_doubtful() -> None:
    assert read_form(image_file="text").doubts


def test_repeated_parts_are_a_list() -> None:
    images = [Upload("a.png", "image/png", png()), Upload("b.png", "image/png", png())]
    assert read_form(images=images, prompt=["a", "b"]).instance == {"images": ["", ""], "prompt": ["a", "b"]}


@pytest.mark.parametrize(
    "body", [b"", b"{", b'{"a": NaN}', b'{"a": Infinity}', b'"\xff"', b"{'a': 1}", b"{} {}"]
)
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(WireError):
        read_json(body)


@pytest.mark.parametrize(
    "body", [b'{"a": 1, "a": 2}', b"\xef\xbb\xbf{}", b'{"a": 1e999}', b'"\\ud800"', b"[" * 5000 + b"]" * 5000]
)
def test_what_no_rule_settles_is_doubtful(body: bytes) -> None:
    assert read_json(body).doubts


@pytest.mark.parametrize("content_type", [FORM, f"{FORM}; boundary=", f"{FORM}; boundary=other"])
def test_a_form_without_its_boundary_is_refused(content_type: str) -> None:
    form = compose(OPERATION, FORM, {"model": "m"})
    request = Request(form.method, form.target, (("content-type", content_type),), form.body)
    with pytest.raises(WireError):
        read(request, OPERATION.bodies[FORM], CONTRACT)


def test_json_is_not_read_as_a_form() -> None:
    request = compose(OPERATION, JSON, {"seed": "15"})
    assert read(request, OPERATION.bodies[JSON], CONTRACT).instance == {"seed": "15"}
