"""A baseline made from a report accepts what was found, and fails when it is gone."""

from pathlib import Path

import pytest

from eigen_contract.accepting import baseline_of
from eigen_contract.command_line import main
from eigen_contract.deviations import load_deviations, unexpected
from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import Exchange, Finding, Request, Response
from eigen_contract.identity import digest_of
from eigen_contract.oracle import Oracle
from eigen_contract.report import Result, prepare, write
from eigen_contract.runner import Judgement, PhaseResult
from eigen_contract.spec import Contract
from eigen_contract.survey import Survey

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


def result_with(oracle: Oracle, *findings: Finding) -> Result:
    survey = Survey.of(oracle.contract)
    survey.requests |= {digest_of(finding) for finding in findings}
    phase_result = PhaseResult("fuzz", len(findings), 0.5, list(findings))
    judgement = Judgement("reference", oracle.contract.sha256, 1, (), (phase_result,), "reference", survey)
    return Result.of(oracle, judgement, findings)


def broken(prompt: str, message: str) -> Finding:
    request = Request("POST", "/api/v1/generate", (), f'{{"prompt": "{prompt}"}}'.encode())
    return Finding("media_is_whole", message, "#/paths", Exchange(request, Response(200)))


def test_an_entry_accepts_one_finding_and_not_its_group(tmp_path: Path) -> None:
    """Another request, or another fault of the same answer, is a new finding at the same place."""
    accepted = broken("a cat", 'the PNG "\x7f" of 512 bytes is cut short')
    prepare(tmp_path)
    write(tmp_path, result_with(Oracle.of(Contract.load()), accepted, accepted), "test-key")
    text, count = baseline_of(tmp_path, "known")
    (tmp_path / "known.toml").write_text(text, "utf-8")
    known = load_deviations(tmp_path / "known.toml", "reference")
    assert count == len(known) == 1
    same = broken("a cat", 'the PNG "\x7f" of 300 bytes is cut short')
    others = [broken("a dog", same.message), broken("a cat", "the PNG has a wrong CRC")]
    assert unexpected([same, *others], known, sent={digest_of(same)}) == others


def test_an_accepted_finding_is_gone_only_if_its_request_was_sent(tmp_path: Path) -> None:
    """With another seed other requests are sent, which prove nothing about the accepted one."""
    finding = broken("a cat", "the PNG is cut short")
    prepare(tmp_path)
    write(tmp_path, result_with(Oracle.of(Contract.load()), finding), "test-key")
    (tmp_path / "known.toml").write_text(baseline_of(tmp_path, "known")[0], "utf-8")
    known = load_deviations(tmp_path / "known.toml", "reference")
    assert unexpected([], known, sent={"of another request"}) == []
    [gone] = unexpected([], known, sent={digest_of(finding)})
    assert gone.check == "deviations"
    assert "the PNG is cut short" in gone.message
    assert unexpected([], known, sent={digest_of(finding)}, is_whole=False) == []


def test_an_entry_that_would_hide_a_group_is_refused(tmp_path: Path) -> None:
    entry = '[[deviation]]\ntarget = "live"\ncheck = "media_is_whole"\npointer = "#/paths"\nreason = "r"\n'
    path = tmp_path / "known.toml"
    path.write_text(entry + 'since = 2026-01-31\nmessage = ""\n', "utf-8")
    with pytest.raises(CannotJudgeError, match="would hide every finding"):
        load_deviations(path, "live")
    path.write_text(entry + "since = 2026-01-31\n", "utf-8")
    with pytest.raises(CannotJudgeError, match="message"):
        load_deviations(path, "live")


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
