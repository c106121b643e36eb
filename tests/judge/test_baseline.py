"""A baseline made from a report accepts what was found, and fails when it is gone."""

from pathlib import Path

import pytest

from eigen_contract.command_line import main

ROOT = Path(__file__).parents[2]


def faulty_spec(folder: Path) -> Path:
    """Write a spec that the tape contradicts."""
    path = folder / "openapi.yaml"
    spec = (ROOT / "openapi.yaml").read_text("utf-8")
    path.write_text(spec.replace("required: [text]", "required: [texts]"), "utf-8")
    return path


def test_what_was_found_is_accepted_until_it_is_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec, report, baseline = faulty_spec(tmp_path), tmp_path / "report", tmp_path / "baseline.toml"
    judging = ["run", "--target", "recorded", "--spec", str(spec)]
    assert main([*judging, "--report", str(report)]) == 1
    assert main(["baseline", str(report), "--out", str(baseline), "--reason", 'a "known" one']) == 0
    assert "findings accepted" in capsys.readouterr().out
    assert main([*judging, "--baseline", str(baseline)]) == 0
    assert main(["run", "--target", "recorded", "--baseline", str(baseline)]) == 1
    assert "is gone" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, "no report", '{"findings": [1]}', "[]"])
def test_what_is_no_report_is_said_in_one_line(
    content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / "report.json").write_text(content, "utf-8")
    assert main(["baseline", str(tmp_path), "--out", str(tmp_path / "baseline.toml")]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "report" in line
    assert not (tmp_path / "baseline.toml").exists()
