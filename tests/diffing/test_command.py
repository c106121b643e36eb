"""`python -m generator diff`: exit status, text, JSON, and the version that follows."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.__main__ import main
from generator.diffing.change import Change, Severity
from generator.diffing.version import next_version
from generator.errors import GeneratorError

HERE = Path(__file__).parent
LIBRARY = HERE / "library.yaml"
SHAPE = HERE.parents[1] / "generator" / "diffing" / "report.schema.json"


def edited(folder: Path, old: str, new: str) -> str:
    """The path of the contract after an edit."""
    text = LIBRARY.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = folder / "new.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return str(path)


def test_nothing_is_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(LIBRARY), str(LIBRARY)]) == 0
    assert capsys.readouterr().out == "Nothing changes for callers. The version stays 0.3.1.\n"


def test_breaking_is_1_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = edited(tmp_path, "required: [title]", "required: [title, copies]")
    assert main(["diff", str(LIBRARY), new]) == 1
    said = capsys.readouterr().out
    assert "client.books.lend(copies=), models.Order.copies" in said
    assert f"{new}:" in said
    assert "#/components/schemas/Order/properties/copies" in said
    assert said.endswith("version 0.3.1 -> 0.4.0\n")


def test_additive_is_0_and_json_has_the_documented_shape(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = edited(tmp_path, "cover: {enum: [hard, soft]}", "cover: {enum: [hard, soft, none]}")
    assert main(["diff", str(LIBRARY), new, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    validator: Any = Draft202012Validator(json.loads(SHAPE.read_text(encoding="utf-8")))
    assert validator.is_valid(said)
    assert (said["breaking"], said["next_version"]) == (False, "0.3.2")
    assert [(one["kind"], one["after"]) for one in said["changes"]] == [("request-value-added", "none")]


@pytest.mark.parametrize("text", ["", "openapi: 2.0.0\n", "openapi: [\n"])
def test_bad_input_is_2(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(text, encoding="utf-8")
    assert main(["diff", str(LIBRARY), str(bad)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"generator: {bad}")
    assert captured.err.count("\n") == 1


def change(severity: Severity) -> Change:
    """A change of a severity."""
    return Change("text-changed", severity, "Why.", "new", "", 1, ("client",))


@pytest.mark.parametrize(
    ("version", "severity", "expected"),
    [
        ("0.3.1", Severity.BREAKING, "0.4.0"),
        ("0.3.1", Severity.ADDITIVE, "0.3.2"),
        ("0.3.1", Severity.DOCUMENTATION, "0.3.2"),
        ("1.3.1", Severity.BREAKING, "2.0.0"),
        ("1.3.1", Severity.ADDITIVE, "1.4.0"),
        ("1.3.1", Severity.DOCUMENTATION, "1.3.2"),
    ],
)
def test_the_version_that_follows(version: str, severity: Severity, expected: str) -> None:
    assert next_version(version, [change(Severity.DOCUMENTATION), change(severity)]) == expected


def test_what_is_no_version_is_refused() -> None:
    with pytest.raises(GeneratorError, match="is not a version"):
        next_version("next", [change(Severity.ADDITIVE)])
