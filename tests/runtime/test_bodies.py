"""Bodies on the wire, read back with a parser that is not ours."""

import io
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import multipart
from generator.runtime.contract import Body, Call, PartEncoding
from generator.runtime.errors import ArgumentError
from generator.runtime.request.bodies import choose_body, encode_body
from generator.runtime.request.multipart import encode_multipart
from generator.runtime.request.request import Payload
from generator.runtime.unset import UNSET
from tests.runtime.calls import FORM, HEAR, JSON, LISTING, MAKE, PAINT, PNG

FILES = [PNG, bytearray(PNG), Path("x"), io.BytesIO(PNG), ("a", PNG), [PNG]]


def make_payload(
    call: Call[Any], fields: dict[str, object], extra: dict[str, object] | None, media_type: str | None
) -> Payload | None:
    body_and_fields = choose_body(call, fields, extra, media_type)
    return None if body_and_fields is None else encode_body(*body_and_fields)


def content(payload: Payload | None) -> bytes:
    assert payload is not None
    data = b"".join(payload.chunks())
    assert payload.size in (None, len(data))
    return data


class Part(NamedTuple):
    name: str
    filename: str | None
    media_type: str | None
    raw: bytes


# The package python-multipart puts a module of the same name before it, and type checkers see that one.
_parser: Any = multipart.MultipartParser


def parts(payload: Payload | None) -> list[Part]:
    assert payload is not None
    boundary = payload.content_type.removeprefix("multipart/form-data; boundary=")
    data = content(payload)
    parsed_parts: list[Part] = []
    for part in _parser(io.BytesIO(data), boundary, strict=True):
        parsed_parts.append(Part(part.name, part.filename, part.headers.get("Content-Type"), part.raw))
        part.close()
    return parsed_parts


def form(values: dict[str, object]) -> list[Part]:
    return parts(encode_multipart(FORM, values))


def text(value: object) -> list[bytes]:
    return [part.raw for part in form({"x": value})]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("é\r\n", ["é\r\n".encode()]),
        ("15", [b"15"]),
        (15, [b"15"]),
        (15.0, [b"15.0"]),
        (0.1, [b"0.1"]),
        (10**30, [str(10**30).encode()]),
        (True, [b"true"]),
        (False, [b"false"]),
        (None, []),
        ({"a": [1, None, "é"]}, ['{"a":[1,null,"é"]}'.encode()]),
        ([{"a": 1}, {"b": 2}], [b'[{"a":1},{"b":2}]']),
        (["a", 1, None, True], [b"a", b"1", b"true"]),
    ],
)
def test_writes_scalars_as_text(value: object, expected: list[bytes]) -> None:
    assert text(value) == expected


def test_text_parts_have_no_content_type_and_files_have_name_and_type() -> None:
    assert form({"model": "m", "file": PNG}) == [
        ("model", None, None, b"m"),
        ("file", "upload.png", "image/png", PNG),
    ]


def test_sends_a_list_of_files_as_repeated_parts(tmp_path: Path) -> None:
    path = tmp_path / "b.gif"
    path.write_bytes(b"GIF89a")
    assert [part[:3] for part in form({"files": [PNG, str(path), ("c.bin", b"c")]})] == [
        ("files", "upload.png", "image/png"),
        ("files", "b.gif", "image/gif"),
        ("files", "c.bin", "application/octet-stream"),
    ]


def test_takes_a_pair_of_strings_for_a_named_path(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(PNG)
    assert form({"file": ("b.png", str(path))}) == [("file", "b.png", "image/png", PNG)]
    assert form({"files": [("b.png", str(path))]}) == [("files", "b.png", "image/png", PNG)]


def test_takes_a_tuple_of_paths_for_several_files_in_a_list_field(tmp_path: Path) -> None:
    paths = [tmp_path / "a.png", tmp_path / "b.png"]
    for path in paths:
        path.write_bytes(PNG)
    a, b = map(str, paths)
    for value in ((a, b), (a, paths[1]), tuple(paths), [a, b]):
        assert sorted(part[:2] for part in form({"files": value})) == [("files", "a.png"), ("files", "b.png")]
    assert form({"files": (a, PNG)}) == form({"files": [(a, PNG)]}) == [("files", a, "image/png", PNG)]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"a.png", "b.png"}, "files: a set of files has no order. Give a list"),
        ([PNG, None], "files: item 1 is None, not a file"),
        ((24000, PNG), "files: int is not a file"),
    ],
)
def test_refuses_what_is_no_list_of_files(value: object, message: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        encode_multipart(FORM, {"files": value})
    assert str(caught.value).startswith(message)


def test_applies_the_part_encoding_of_the_contract() -> None:
    encoding = {
        "options": PartEncoding("application/json"),
        "file": PartEncoding("image/png, image/jpeg", (("X-Own", "1"),)),
    }
    payload = encode_multipart(FORM._replace(encoding=encoding), {"options": {"a": 1}, "file": b"GIF89a"})
    options, file = parts(payload)
    assert (options.media_type, options.raw) == ("application/json", b'{"a":1}')
    assert file.media_type == "image/gif"
    assert b"\r\nX-Own: 1\r\n" in content(payload)


@pytest.mark.parametrize("name", ['a"b', "a\r\nX-Evil: 1", "a\nb", 'a"; filename="x', "ü"])
def test_escapes_names_so_that_none_ends_its_header(name: str) -> None:
    escaped = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    payload = encode_multipart(FORM, {name: "v", "file": (name, PNG)})
    data = content(payload)
    assert f'name="{escaped}"\r\n'.encode() in data
    assert f'filename="{escaped}"\r\n'.encode() in data
    assert b"\nX-Evil" not in data
    assert len(re.findall(rb"(?m)^Content-", data)) == 3


def test_the_boundary_is_new_each_time() -> None:
    types = {encode_multipart(FORM, {"model": "m"}).content_type for _ in range(20)}
    assert len(types) == 20


def test_a_large_file_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(1_000_000))
    payload = encode_multipart(FORM, {"model": "m", "file": path})
    assert payload.size is not None
    assert max(map(len, payload.chunks())) <= 256 * 1024
    assert [part[3] for part in form({"model": "m", "file": path})] == [b"m", bytes(1_000_000)]


def test_an_iterator_makes_a_body_of_unknown_size() -> None:
    payload = encode_multipart(FORM, {"file": iter([PNG])})
    assert (payload.size, payload.repeatable) == (None, False)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"x": float("nan")}, "^x: "),
        ({"x": {"y": float("inf")}}, "^x: "),
        ({"x": "\ud800"}, "^x: .*surrogate"),
        ({"x": {"y": "\ud800"}}, "^x: .*surrogate"),
        ({"x": object()}, "^x: object"),
        ({"x": []}, "^x: an empty list"),
        ({"file": "missing"}, "^file: no such file"),
        ({"\ud800": "x"}, "surrogate"),
    ],
)
def test_a_form_names_the_field_that_it_cannot_encode(values: dict[str, object], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        encode_multipart(FORM, values)


def chosen(call: Call[Any], fields: dict[str, object], extra: dict[str, object] | None = None) -> str:
    body_and_fields = choose_body(call, fields, extra, None)
    assert body_and_fields is not None
    return body_and_fields[0].media_type


@pytest.mark.parametrize("file", FILES)
def test_chooses_a_form_if_any_value_is_a_file(file: object) -> None:
    assert chosen(PAINT, {"file": file}) == "multipart/form-data"
    assert chosen(PAINT, {"model": "m"}, {"new": file}) == "multipart/form-data"


def test_chooses_the_first_body_that_supports_the_fields() -> None:
    assert chosen(PAINT, {"model": "m"}) == "application/json"
    assert chosen(PAINT, {"model": "m", "options": {}}) == "multipart/form-data"
    assert chosen(PAINT, {"mask": 1, "options": {}}) == "application/json"
    assert chosen(PAINT, {"model": "m"}, {"unknown": "text"}) == "application/json"
    assert chosen(PAINT._replace(bodies=(FORM, JSON)), {"model": "m"}) == "multipart/form-data"
    assert chosen(HEAR, {"model": "m"}) == "multipart/form-data"


def test_refuses_a_file_if_no_body_can_hold_one() -> None:
    with pytest.raises(ArgumentError, match=r"^new: make takes no file"):
        choose_body(PAINT._replace(bodies=(JSON,)), {}, {"new": PNG}, None)


def json_of(fields: dict[str, object], extra: dict[str, object] | None = None) -> bytes:
    return content(make_payload(PAINT, fields, extra, None))


def test_json_keeps_the_types_of_values() -> None:
    assert json_of({"a": 15, "b": 15.0, "c": "é", "d": True, "e": (1,)}) == (
        '{"a":15,"b":15.0,"c":"é","d":true,"e":[1]}'.encode()
    )


def test_json_leaves_out_none_and_unset_unless_null_is_a_value() -> None:
    assert json_of({"model": None, "mask": None, "seed": UNSET, "prompt": ""}) == b'{"prompt":"","mask":null}'
    assert json_of({"model": None}, {"model": "m", "x": None, "y": UNSET}) == b'{"model":"m","x":null}'


class Model:
    def to_dict(self) -> dict[str, object]:
        return {"a": 1}


def test_encodes_models_as_objects() -> None:
    assert json_of({"model": Model(), "prompt": [Model()]}) == b'{"model":{"a":1},"prompt":[{"a":1}]}'
    assert text(Model()) == [b'{"a":1}']


@pytest.mark.parametrize("value", [float("nan"), float("-inf"), b"x", {"y": b"x"}, object(), "\ud800"])
def test_json_names_the_property_that_it_cannot_encode(value: object) -> None:
    with pytest.raises(ArgumentError, match=r"^seed: "):
        json_of({"model": "m", "seed": value})


def test_json_names_the_property_that_is_nested_too_deeply() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ArgumentError, match=r"^seed: .*deeply"):
        json_of({"model": "m", "seed": deep})


def test_refuses_a_name_in_both_arguments_and_extra() -> None:
    with pytest.raises(ArgumentError, match="'model' is given twice"):
        json_of({"model": "m"}, {"model": "n"})


def test_media_type_selects_the_body() -> None:
    payload = make_payload(PAINT, {"model": "m"}, None, "multipart/form-data")
    assert [part.raw for part in parts(payload)] == [b"m"]
    with pytest.raises(ArgumentError, match="not text/csv"):
        make_payload(PAINT, {"model": "m"}, None, "text/csv")


def test_refuses_fields_for_a_call_without_a_body() -> None:
    assert make_payload(LISTING, {"a": None}, None, None) is None
    with pytest.raises(ArgumentError, match=r"^a: list takes no body"):
        make_payload(LISTING, {"a": 1}, None, None)


def test_a_web_form_percent_encodes_its_values() -> None:
    call = Call[object](MAKE, (Body("application/x-www-form-urlencoded"),))
    payload = make_payload(call, {"a": "x y&z", "b": [1, True], "c": {"d": "é"}}, None, None)
    assert content(payload) == b"a=x+y%26z&b=1&b=true&c=%7B%22d%22%3A%22%C3%A9%22%7D"


def test_sends_a_body_of_bytes_unchanged() -> None:
    call = Call[object](MAKE, (Body("application/octet-stream", files=frozenset({"body"})),))
    payload = make_payload(call, {"body": PNG}, None, None)
    assert content(payload) == PNG
    with pytest.raises(ArgumentError, match=r"^body: "):
        make_payload(call, {"other": PNG}, None, None)
    text_call = Call[object](MAKE, (Body("text/plain"),))
    assert content(make_payload(text_call, {"body": "é"}, None, None)) == "é".encode()
