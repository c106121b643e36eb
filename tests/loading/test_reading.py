"""Reading a document: YAML 1.2, the line of every value, and bad input, which is refused with its place."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.errors import GeneratorError
from generator.loading.document import Document
from generator.loading.reading import load_document
from generator.validation.lint import lint

ROOT = Path(__file__).parents[2]
EMPTY_DOCUMENT: dict[str, Any] = {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": {}}


def read(tmp_path: Path, text: str | bytes) -> Any:
    path = tmp_path / "api.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_document(path)


def read_refused(tmp_path: Path, text: str | bytes) -> str:
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
        ("!!str 12", "12"),
        ("! 12", 12),
        (".nan", ".nan"),
        ("-.inf", "-.inf"),
    ],
)
def test_scalars_are_those_of_yaml_12(tmp_path: Path, scalar: str, value: object) -> None:
    parsed = read(tmp_path, f"a: {scalar}\n").data["a"]
    assert parsed == value
    assert type(parsed) is type(value)


def test_json_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, '{"a": [1, {"b": "\\u00e9"}]}').data == {"a": [1, {"b": "é"}]}


def test_every_pointer_has_its_line(tmp_path: Path) -> None:
    document = read(tmp_path, "a:\n  b/c:\n    - 1\n    - d: 2\n")
    assert document.lines["/a/b~1c"] == 2
    assert document.lines["/a/b~1c/1/d"] == 4
    assert str(document.error("/a/b~1c/1/e/f", "wrong")).endswith("api.yaml:4 #/a/b~1c/1/e/f: wrong")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: 1\nb:\n  c: 1\n  c: 2\n", ":4 #/b/c: the key `c` is there twice"),
        ("? [a]\n: 1\n", ":1 #: a key is not a string"),
        ("- a\n", ": the file holds no OpenAPI document"),
        ("", ": the file holds no OpenAPI document"),
        ("a: [1,\n", ":2: the file is not valid YAML"),
        ('{"openapi": "3.1.0", "paths": {', ":2: the file is not valid YAML"),
        ("a: &x\n  b: *x\n", " #/a/b: the alias `*x` is inside its own anchor"),
        (b"a: \xff\n", ": the file is not UTF-8 (byte 3)"),
        ("a: \x00\n", ": the file is not valid YAML"),
        ("a:\n\tb: 1\n", ":2: the file is not valid YAML"),
        ("a: *b\n", ":1 #/a: the alias `*b` has no anchor `&b` above it"),
        ("a: &b 1\n---\nc: *b\n", ":2: the file holds a second document"),
        ("a: !include b.yaml\n", ":1 #/a: the tag `!include` is not supported"),
        ("a: !!python/object:os.system {}\n", ":1 #/a: the tag `tag:yaml.org,2002:python/object:os.system`"),
        ("a: &a {b: 1}\nc:\n  <<: *a\n", ":3 #/c/<<: YAML 1.2 has no merge key `<<`"),
        (f"a: {'9' * 5000}\n", ":1: a number of 5,000 digits cannot be read"),
        ("*a : 1\n", ":1 #: a key is not a string"),
    ],
)
def test_bad_input_is_refused_with_its_place(tmp_path: Path, text: str | bytes, complaint: str) -> None:
    assert complaint in read_refused(tmp_path, text)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GeneratorError, match=r"api\.yaml: cannot be read: No such file"):
        load_document(tmp_path / "api.yaml")
    with pytest.raises(GeneratorError, match="cannot be read: Is a directory"):
        load_document(tmp_path)
    with pytest.raises(GeneratorError, match="is not a regular file"):
        load_document(Path(os.devnull))


def test_an_alias_bomb_is_refused_soon(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    before = time.process_time()
    assert "the document holds more than 2,000,000 values, those of aliases included" in read_refused(
        tmp_path, "\n".join(lines)
    )
    assert time.process_time() - before < 60


@pytest.mark.parametrize("depth", [100, 20_000, 1_000_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}"), ("- ", "")])
def test_deep_nesting_is_refused(depth: int, opening: str, closing: str, tmp_path: Path) -> None:
    assert ":2: the document is nested more than 100 levels deep (" in read_refused(
        tmp_path, f"a:\n  {opening * depth}1{closing * depth}\n"
    )


def test_nesting_up_to_the_limit_is_read(tmp_path: Path) -> None:
    document = read(tmp_path, f"a: {'[' * 99}1{']' * 99}")
    assert len(document.lines) == 101
    lint(Document(document.path, {**EMPTY_DOCUMENT, "x-deep": document.data}, document.lines))


def test_an_alias_is_a_copy_of_its_anchor(tmp_path: Path) -> None:
    document = read(tmp_path, "a: &a\n  b: [1]\nc: *a\nd: &e text\nf: [*e]\n")
    assert document.data == {"a": {"b": [1]}, "c": {"b": [1]}, "d": "text", "f": ["text"]}
    assert document.data["a"]["b"] is not document.data["c"]["b"]
    assert document.lines["/c/b/0"] == document.lines["/a/b/0"] == 2
    assert (document.lines["/c"], document.lines["/f/0"]) == (3, 5)


def test_a_byte_order_mark_is_ignored(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbfa: 1\n").data == {"a": 1}


# Deep: 18 s of processor time, and only an edit of the reader can break its bounds.
@pytest.mark.deep
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(lambda: f"x: '{'a' * 50_000_000}'", id="one string"),
        pytest.param(lambda: f"{'a' * 50_000_000}: 1", id="one key"),
        pytest.param(lambda: f"x: {'9' * 50_000_000}", id="one number"),
        pytest.param(lambda: "x:\n" + "- 1\n" * 12_500_000, id="one list"),
        pytest.param(lambda: "x: " + "[" * 50_000_000, id="brackets"),
        pytest.param(lambda: "x: " + "{a: " * 12_500_000, id="braces"),
        pytest.param(lambda: "a" * 110_000_000, id="too large"),
    ],
)
def test_50_mb_are_read_or_refused_soon_and_in_little_memory(text: Callable[[], str], tmp_path: Path) -> None:
    """In a process of its own with 2 GB of address space and a minute of processor time."""
    (tmp_path / "api.yaml").write_text(text(), encoding="utf-8")
    bounds = (
        "import resource as r; r.setrlimit(r.RLIMIT_AS, (2 << 30,) * 2); r.setrlimit(r.RLIMIT_CPU, (60, 60))"
    )
    command = (
        "import sys; from generator.__main__ import main; sys.exit(main(['explain', '--spec', 'api.yaml']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{bounds}; {command}"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("generator: api.yaml")
    assert len(done.stderr) < 500


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": "\\ud83d\\udc4d"}', "👍"),
        ('{"a": "x\\uD83D\\uDC4Dy\\ud83d\\ude00"}', "x👍y😀"),
        ('{"a": "\\\\ud83d\\\\udc4d"}', "\\ud83d\\udc4d"),
        ('{"a": "\\\\\\ud83d\\udc4d"}', "\\👍"),
        ("a: \\ud83d\\udc4d", "\\ud83d\\udc4d"),
    ],
    ids=["a pair", "two pairs", "escaped backslashes", "after a backslash", "plain text of YAML"],
)
def test_two_escapes_of_json_are_one_character(tmp_path: Path, text: str, value: str) -> None:
    assert read(tmp_path, text).data == {"a": value}


def test_half_of_a_pair_is_refused(tmp_path: Path) -> None:
    assert "not valid YAML" in read_refused(tmp_path, '{"a": "\\ud83d"}')
