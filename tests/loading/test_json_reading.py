"""A document of JSON is read by the standard library, and is what the reader of YAML makes of it."""

import json
from pathlib import Path

import pytest

from generator.errors import GeneratorError
from generator.loading.document import Document
from generator.loading.json_reading import LinesOnDemand
from generator.loading.reading import load_document

NESTED: dict[str, object] = {
    "a": {"b/c": [1, -0.5, 1e3, True, None, "no"], "é~": dict[str, object]()},
    "empty": [list[object](), dict[str, object]()],
    "text": 'x "y" \\ \n \u2028 \U0001f600',
}


def read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "api.json"
    path.write_text(text, encoding="utf-8")
    return load_document(path)


def is_read_as_json(document: Document) -> bool:
    return isinstance(document.lines, LinesOnDemand)


@pytest.mark.parametrize("ensure_ascii", [True, False])
def test_values_are_those_of_json(tmp_path: Path, ensure_ascii: bool) -> None:
    document = read(tmp_path, json.dumps(NESTED, ensure_ascii=ensure_ascii, indent=1))
    assert is_read_as_json(document)
    assert document.data == NESTED


def test_every_pointer_has_its_line(tmp_path: Path) -> None:
    document = read(tmp_path, '\n{"a":\n {"b/c": [1,\n {"d": 2}]}}')
    assert is_read_as_json(document)
    assert (document.lines["/a"], document.lines["/a/b~1c/1/d"]) == (2, 4)
    assert set(document.lines) == {"", "/a", "/a/b~1c", "/a/b~1c/0", "/a/b~1c/1", "/a/b~1c/1/d"}
    assert len(document.lines) == 6
    assert str(document.error("/a/b~1c/1/e/f", "wrong")).endswith("api.json:4 #/a/b~1c/1/e/f: wrong")


def test_a_value_of_a_text_that_yaml_refuses_has_no_line(tmp_path: Path) -> None:
    document = read(tmp_path, '{"a": "\x7f"}')
    assert document.data == {"a": "\x7f"}
    assert document.lines.get("/a") is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"a": {\n"b": 1, "b": 2}}', ":2 #/a/b: the key `b` is there twice"),
        (f'{{"a":\n{"9" * 5000}}}', ":2: a number of 5,000 digits cannot be read"),
        ('{"a": ' + "[" * 100 + "]" * 100 + "}", ":1: the document is nested more than 100 levels deep"),
        ('{"a": ' + "[" * 50_000, ":1: the document is nested more than 100 levels deep"),
        ('{"a": "\\ud800"}', ": the file is not valid YAML"),
    ],
)
def test_bad_input_is_refused_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(GeneratorError) as caught:
        read(tmp_path, text)
    assert complaint in str(caught.value)


@pytest.mark.parametrize("text", ['{"a": 1,}', '{"a": NaN}', "{a: 1}", '{"a": 1} # a comment'])
def test_what_is_not_json_is_read_as_yaml(tmp_path: Path, text: str) -> None:
    document = read(tmp_path, text)
    assert not is_read_as_json(document)
    assert document.data["a"] in (1, "NaN")


def test_nesting_up_to_the_limit_is_read(tmp_path: Path) -> None:
    assert is_read_as_json(read(tmp_path, '{"a": ' + "[" * 99 + "1" + "]" * 99 + "}"))


def test_more_values_than_the_limit_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.loading.reading.MAX_VALUES", 4)
    assert is_read_as_json(read(tmp_path, '{"a": [1, 2]}'))
    with pytest.raises(GeneratorError, match="the document holds more than 4 values"):
        read(tmp_path, '{"a": [1, 2, 3]}')
