"""The command line as a whole: exit 0 where all is clean, 1 where there are findings, over a tape."""

import json
from pathlib import Path

import pytest

from eigen_contract.command_line import main

ROOT = Path(__file__).parents[2]


def test_findings_are_reported_with_their_place_in_the_spec(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = (ROOT / "openapi.yaml").read_text("utf-8")
    faulty = tmp_path / "openapi.yaml"
    faulty.write_text(spec.replace("required: [text]", "required: [texts]"), "utf-8")
    arguments = ["run", "--target", "recorded", "--spec", str(faulty), "--report", str(tmp_path / "report")]
    assert main(arguments) == 1
    assert "json_matches_its_schema" in capsys.readouterr().out
    report = json.loads((tmp_path / "report" / "report.json").read_text("utf-8"))
    assert all(finding["pointer"].startswith("#/") for finding in report["findings"])
    assert "recorded under another spec" in " ".join(report["notes"])


def test_the_tape_of_the_repository_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--target", "recorded"]) == 0
    assert "clean" in capsys.readouterr().out


def test_the_phases_are_named_as_they_begin(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--target", "recorded"]) == 0
    assert capsys.readouterr().err.splitlines() == ["eigen-contract: tape", "eigen-contract: examples"]
