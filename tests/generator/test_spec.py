"""Reading a document: YAML 1.2, the line of everything, and bad input that is named and refused."""

import time
from pathlib import Path
from typing import Any

import pytest

from generator.errors import GeneratorError
from generator.spec import load, resolve, walk


def read(tmp_path: Path, text: str | bytes) -> Any:
    path = tmp_path / "api.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(path)


def refusal(tmp_path: Path, text: str | bytes) -> str:
    with pytest.raises(GeneratorError) as caught:
        read(tmp_path, text)
    message = str(caught.value)
    assert message.startswith(str(tmp_path / "api.yaml"))
    assert "\n" not in message
    return message.removeprefix(str(tmp_path / "api.yaml"))


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("2026-01-01", "2026-01-01"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("0o17", 15),
        ("0x1F", 31),
        ("017", 17),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("-7", -7),
        ("true", True),
        ("~", None),
        ("", None),
        ("'true'", "true"),
        ('"12"', "12"),
    ],
)
def test_scalars_are_those_of_yaml_12(tmp_path: Path, scalar: str, value: object) -> None:
    found = read(tmp_path, f"a: {scalar}\n").data["a"]
    assert found == value
    assert type(found) is type(value)


def test_json_is_read_too(tmp_path: Path) -> None:
    assert read(tmp_path, '{"a": [1, {"b": "\\u00e9"}]}').data == {"a": [1, {"b": "é"}]}


def test_knows_the_line_of_every_pointer(tmp_path: Path) -> None:
    document = read(tmp_path, "a:\n  b/c:\n    - 1\n    - d: 2\n")
    assert document.lines["/a/b~1c"] == 2
    assert document.lines["/a/b~1c/1/d"] == 4
    assert str(document.error("/a/b~1c/1/e/f", "wrong")).endswith("api.yaml:4 #/a/b~1c/1/e/f: wrong")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: 1\nb:\n  c: 1\n  c: 2\n", ":4 #/b/c: the key `c` stands twice"),
        ("? [a]\n: 1\n", ":1 #: a key is not a string"),
        ("- a\n", ": holds no OpenAPI document"),
        ("", ": holds no OpenAPI document"),
        ("a: [1,\n", ":2: is not YAML"),
        ('{"openapi": "3.1.0", "paths": {', ":2: is not YAML"),
        ("a: &x\n  b: *x\n", " #/a/b: an alias contains itself"),
        (b"a: \xff\n", ": is not UTF-8 (byte 3)"),
        ("a: \x00\n", ": is not YAML"),
    ],
)
def test_bad_input_is_refused_with_its_place(tmp_path: Path, text: str | bytes, complaint: str) -> None:
    assert complaint in refusal(tmp_path, text)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GeneratorError, match=r"api\.yaml: cannot be read: No such file"):
        load(tmp_path / "api.yaml")
    with pytest.raises(GeneratorError, match="cannot be read: Is a directory"):
        load(tmp_path)


def test_an_alias_bomb_is_refused_soon(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    before = time.process_time()
    assert "2,000,000 values once its aliases are expanded" in refusal(tmp_path, "\n".join(lines))
    assert time.process_time() - before < 60


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    assert "is nested too deeply" in refusal(tmp_path, "a: " + "[" * 20_000 + "]" * 20_000)


def test_pointers_are_escaped_as_rfc_6901_says() -> None:
    data = {"a/b": [{"c~d": 1}]}
    assert resolve(data, "/a~1b/0/c~0d") == 1
    assert [pointer for pointer, _ in walk(data)] == ["", "/a~1b/0"]
    with pytest.raises(KeyError):
        resolve(data, "/a~1b/1")
