"""What a report makes of findings: causes, severities, and what changed since an earlier report."""

from pathlib import Path

import pytest

from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import AuthClass, Exchange, Finding, Request, Response
from eigen_contract.oracle import Oracle
from eigen_contract.report import Result, load_earlier, prepare, write
from eigen_contract.report.causes import DEPTHS
from eigen_contract.report.severity import BY_CHECK, severity_of
from eigen_contract.runner import Judgement, PhaseResult
from eigen_contract.scenarios import SCENARIOS
from eigen_contract.survey import Survey
from tests.report.judging import document

JSON = (("content-type", "application/json"),)


def exchange(status: int, auth: AuthClass = "good") -> Exchange:
    return Exchange(
        Request("POST", "/api/v1/generate", JSON, b"{}", auth), Response(status, JSON, b"{}"), "x"
    )


def finding(check: str, seen: Exchange | None, pointer: str = "#/paths", message: str = "wrong") -> Finding:
    return Finding(check, message, pointer, seen)


def result_of(oracle: Oracle, *findings: Finding, earlier: Path | None = None) -> Result:
    phase_result = PhaseResult("examples", len(findings), 0.5, list(findings))
    survey = Survey.of(oracle.contract)
    survey.judged["generate", "media_is_whole"] += 1
    judgement = Judgement("reference", oracle.contract.sha256, 1, (), (phase_result,), "reference", survey)
    compared = load_earlier(earlier) if earlier else None
    return Result.of(oracle, judgement, findings, earlier=compared)


def named(result: Result) -> list[tuple[int, str, int]]:
    return [(group.number, group.check, group.cause) for group in result.groups]


def test_what_follows_from_a_failure_stands_under_it(oracle: Oracle) -> None:
    failed = exchange(500)
    effects = ("examples_succeed", "status_is_documented", "same_seed_same_bytes", "schemathesis.ST103")
    found = [finding(check, failed) for check in (*effects, "the_server_did_not_fail")]
    result = result_of(oracle, *found)
    assert named(result)[0] == (1, "the_server_did_not_fail", 0)
    assert {check for _, check, cause in named(result) if cause == 1} == {*effects}
    assert result.verdict == "5 findings from 1 cause"


def test_a_group_that_is_explained_in_part_stands_for_itself(oracle: Oracle) -> None:
    failed, answered = exchange(200), exchange(200)
    found = [
        finding("content_type_follows_the_request", failed),
        finding("media_is_whole", failed),
        finding("media_is_whole", answered),
    ]
    assert {cause for _, _, cause in named(result_of(oracle, *found))} == {0}


def test_findings_of_other_exchanges_have_other_causes(oracle: Oracle) -> None:
    found = [finding("the_server_did_not_fail", exchange(500)), finding("size_is_honoured", exchange(200))]
    assert {cause for _, _, cause in named(result_of(oracle, *found))} == {0}


def test_effects_lead_to_the_deepest_cause(oracle: Oracle) -> None:
    """A scenario is explained by the schema, which a wrong media type explains."""
    seen = exchange(200)
    chain = ("models_answer_in_their_own_shape", "json_matches_its_schema", "content_type_is_documented")
    result = result_of(oracle, *(finding(check, seen) for check in chain))
    assert [cause for _, _, cause in named(result)] == [0, 1, 1]
    assert result.groups[0].check == "content_type_is_documented"


def test_the_worst_comes_first(oracle: Oracle) -> None:
    found = [
        finding("headers_are_well_formed", exchange(200)),
        finding("status_is_documented", exchange(201)),
        finding("size_is_honoured", exchange(200)),
        finding("bad_keys_are_refused", exchange(404, "wrong")),
        finding("the_server_did_not_fail", exchange(500)),
    ]
    severities = [group.severity for group in result_of(oracle, *found).groups]
    assert severities == ["server error", "security", "wrong data", "wrong status", "protocol"]


@pytest.mark.parametrize(
    ("check", "seen", "severity"),
    [
        ("headers_are_well_formed", exchange(502), "server error"),
        ("declared_headers_match", exchange(503), "protocol"),
        ("the_verdict_is_the_contracts", exchange(200, "wrong"), "security"),
        ("the_verdict_is_the_contracts", exchange(200), "wrong status"),
        ("schemathesis.ST108", exchange(200), "wrong data"),
        ("deviations", None, "protocol"),
        ("a_check_that_is_new", exchange(200), "wrong data"),
    ],
)
def test_severities(check: str, seen: Exchange | None, severity: str) -> None:
    assert severity_of(finding(check, seen)) == severity


def test_every_name_that_is_weighed_is_one_that_is_judged() -> None:
    from eigen_contract.checks import CHECKS
    from eigen_contract.report.rules import OTHERS

    known = {check.name for check in CHECKS} | {scenario.name for scenario in SCENARIOS} | {*OTHERS}
    assert {*BY_CHECK, *DEPTHS} <= known


def test_every_occurrence_is_kept_with_its_exchange(oracle: Oracle, tmp_path: Path) -> None:
    found = [
        Finding(
            "media_is_whole",
            f"broken {number}",
            "#/paths",
            Exchange(Request("GET", f"/{number}"), Response(200, JSON, b"[1]"), f"fuzz {number}"),
        )
        for number in range(3)
    ]
    prepare(tmp_path)
    write(tmp_path, result_of(oracle, *found), "test-key")
    [group] = document(tmp_path)["findings"]
    assert (group["times"], group["answer"]) == (3, "200 application/json")
    kept = [
        (occurrence["message"], occurrence["request"]["target"], occurrence["response"]["body"])
        for occurrence in group["occurrences"]
    ]
    assert kept == [(f"broken {number}", f"/{number}", "[1]") for number in range(3)]


def test_answers_of_another_kind_are_another_group(oracle: Oracle) -> None:
    found = [finding("status_is_documented", exchange(201)), finding("status_is_documented", exchange(202))]
    assert [group.answer for group in result_of(oracle, *found).groups] == [
        "201 application/json",
        "202 application/json",
    ]


def test_a_report_names_its_run(oracle: Oracle, tmp_path: Path) -> None:
    prepare(tmp_path)
    write(tmp_path, result_of(oracle), "test-key")
    report = document(tmp_path)
    assert report["versions"].keys() == {"eigen-contract", "python", "contract", "openapi"}
    assert report["recorded"].endswith("+00:00")
    assert (report["target"], report["seed"], report["budget"], report["seconds"]) == (
        "reference",
        1,
        None,
        0.5,
    )


def test_changes_since_an_earlier_report_are_named(oracle: Oracle, tmp_path: Path) -> None:
    before = [
        finding("media_is_whole", exchange(200), "#/a"),
        finding("media_is_whole", exchange(200), "#/b"),
        finding("the_voice_matters", exchange(200), "#/c"),
    ]
    prepare(tmp_path)
    write(tmp_path, result_of(oracle, *before), "test-key")
    now = [*[finding("media_is_whole", exchange(200), "#/a")] * 2, finding("media_is_whole", None, "#/d")]
    trend = result_of(oracle, *now, earlier=tmp_path).trend
    assert trend.remaining == ((1, 1),)
    assert trend.new == {2}
    assert [(gone.check, gone.pointer) for gone in trend.fixed] == [("media_is_whole", "#/b")]
    # The run has no exchange for this scenario, so it proves nothing about it.
    assert [gone.check for gone in trend.not_judged] == ["the_voice_matters"]
    assert "reference" in trend.since


@pytest.mark.parametrize("text", [None, "no report", "{}", '{"target": "x", "findings": [1]}'])
def test_what_is_no_earlier_report_is_said(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "report.json").write_text(text, "utf-8")
    with pytest.raises(CannotJudgeError, match="--compare"):
        load_earlier(tmp_path / "report.json")
