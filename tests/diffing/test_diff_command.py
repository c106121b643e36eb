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
REPORT_SCHEMA = HERE.parents[1] / "generator" / "diffing" / "report.schema.json"


def write_edited_contract(folder: Path, old: str, new: str) -> str:
    """Write the contract with `old` replaced by `new`, and return its path."""
    text = LIBRARY.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = folder / "new.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return str(path)


def test_exits_0_if_nothing_changes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(LIBRARY), str(LIBRARY)]) == 0
    assert capsys.readouterr().out == "Nothing changes for callers. The version stays 0.3.1.\n"


def test_exits_1_and_prints_the_place_of_a_breaking_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = write_edited_contract(tmp_path, "required: [title]", "required: [title, copies]")
    assert main(["diff", str(LIBRARY), new]) == 1
    text = capsys.readouterr().out
    assert "client.books.lend(copies=), models.Order.copies" in text
    assert f"{new}:" in text
    assert "#/components/schemas/Order/properties/copies" in text
    assert text.endswith("version 0.3.1 -> 0.4.0\n")


def test_exits_0_and_prints_the_documented_json_of_an_additive_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = write_edited_contract(tmp_path, "cover: {enum: [hard, soft]}", "cover: {enum: [hard, soft, none]}")
    assert main(["diff", str(LIBRARY), new, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    validator: Any = Draft202012Validator(json.loads(REPORT_SCHEMA.read_text(encoding="utf-8")))
    assert validator.is_valid(report)
    assert (report["breaking"], report["next_version"]) == (False, "0.3.2")
    assert [(change["kind"], change["after"]) for change in report["changes"]] == [
        ("request-value-added", "none")
    ]


@pytest.mark.parametrize("text", ["", "openapi: 2.0.0\n", "openapi: [\n"])
def test_exits_2_with_one_line_for_a_document_that_cannot_be_used(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(text, encoding="utf-8")
    assert main(["diff", str(LIBRARY), str(bad)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"generator: {bad}")
    assert captured.err.count("\n") == 1


def change_of(severity: Severity) -> Change:
    """Return some change of a severity."""
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
def test_the_next_version_follows_the_most_severe_change(
    version: str, severity: Severity, expected: str
) -> None:
    assert next_version(version, [change_of(Severity.DOCUMENTATION), change_of(severity)]) == expected


def test_rejects_what_is_not_a_version() -> None:
    with pytest.raises(GeneratorError, match="is not a version"):
        next_version("next", [change_of(Severity.ADDITIVE)])
