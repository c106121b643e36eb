"""The forms of a report for other programs: JUnit, SARIF, annotations, an HTTP archive."""

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from starlette.types import ASGIApp

from eigen_contract.checks import CHECKS
from eigen_contract.command_line import main
from eigen_contract.har import read_har
from eigen_contract.oracle import Oracle
from eigen_contract.report.annotations import as_annotations
from eigen_contract.report.bodies import BodyFiles
from eigen_contract.report.junit import as_junit
from eigen_contract.report.lines import Lines
from eigen_contract.report.sarif import as_sarif
from eigen_contract.scenarios import SCENARIOS
from tests.report.judging import faulty, judged, served
from tests.report.test_causes import exchange, finding, result_of

ROOT = Path(__file__).parents[2]


def cases(document: str) -> dict[tuple[str, str], str]:
    """Return the outcome of each case of a JUnit document, by class and name."""
    suite = ET.fromstring(document)[0]
    listed = [case for case in suite if case.tag == "testcase"]
    assert suite.get("tests") == str(len(listed))
    outcomes = {
        (str(case.get("classname")), str(case.get("name"))): case[0].tag if len(case) else "passed"
        for case in listed
    }
    assert len(outcomes) == len(listed)
    return outcomes


def test_junit_has_a_case_for_each_check_and_operation(oracle: Oracle, app: ASGIApp) -> None:
    outcomes = cases(as_junit(judged(oracle, faulty(app, "missing-field")), BodyFiles()))
    assert outcomes["eigen_contract.generate", "json_matches_its_schema"] == "failure"
    assert outcomes["eigen_contract.generate", "media_is_whole"] == "passed"
    assert outcomes["eigen_contract.generate", "errors_have_a_message"] == "skipped"
    assert outcomes["eigen_contract.getResult", "media_is_whole"] == "skipped"
    names = {name for _, name in outcomes}
    assert names >= {check.name for check in CHECKS} | {scenario.name for scenario in SCENARIOS}


def test_junit_names_the_run_and_what_to_do(oracle: Oracle, app: ASGIApp) -> None:
    suite = ET.fromstring(as_junit(judged(oracle, faulty(app, "missing-field")), BodyFiles()))[0]
    values = {str(each.get("name")): each.get("value") for each in suite.iter("property")}
    assert values["target"] == "reference"
    assert values["seed"] == "1"
    failure = suite.find(".//failure")
    assert failure is not None
    assert "curl -sS" in str(failure.text)
    assert failure.get("type") == "wrong data"


@pytest.mark.parametrize(
    ("pointer", "text"),
    [
        ("#/paths/~1api~1v1~1generate", "/api/v1/generate:"),
        ("#/components/schemas/Speech/properties/text", "text:"),
        ("#/components/schemas/Speech/nothing/of/the/kind", "Speech:"),
        ("#/servers/0", "url:"),
        ("#", "The contract"),
    ],
)
def test_a_pointer_leads_to_its_line(pointer: str, text: str) -> None:
    data = (ROOT / "openapi.yaml").read_bytes()
    line = Lines.of(data).of_pointer(pointer)
    assert text in data.decode().splitlines()[line - 1]


def test_a_document_that_does_not_parse_has_one_line() -> None:
    assert Lines.of(b"a: [").of_pointer("#/a") == 1
    assert Lines.of(b"").of_pointer("#/a") == 1


def test_sarif_leads_to_the_line_of_the_contract(oracle: Oracle) -> None:
    pointer = "#/components/schemas/Speech/properties/text"
    found = [
        finding("the_server_did_not_fail", exchange(500), pointer),
        finding("headers_are_well_formed", exchange(200)),
        finding("headers_are_well_formed", exchange(200)),
    ]
    log: Any = as_sarif(result_of(oracle, *found))
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    failed, malformed = run["results"]
    location = failed["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "openapi.yaml"
    number = int(location["region"]["startLine"])
    line = (ROOT / "openapi.yaml").read_text("utf-8").splitlines()[number - 1]
    assert line.strip() == "text:"
    assert [result["level"] for result in (failed, malformed)] == ["error", "warning"]
    assert malformed["occurrenceCount"] == 2
    assert [rules[result["ruleIndex"]]["id"] for result in (failed, malformed)] == [
        "the_server_did_not_fail",
        "headers_are_well_formed",
    ]


def test_sarif_without_findings_is_a_log_all_the_same(oracle: Oracle) -> None:
    log: Any = as_sarif(result_of(oracle))
    assert log["runs"][0]["results"] == []


def test_annotations_stay_in_their_line(oracle: Oracle) -> None:
    failed = exchange(500)
    found = [
        finding("the_server_did_not_fail", failed, message="100 %\r\nof it: a, b"),
        finding("examples_succeed", failed),
    ]
    [line] = as_annotations(result_of(oracle, *found)).splitlines()
    assert line.startswith("::error file=openapi.yaml,line=")
    assert line.endswith("::100 %25%0D%0Aof it: a, b. From this probably follow: examples_succeed")
    assert "title=the_server_did_not_fail (server error)" in line


@pytest.mark.usefixtures("key")
def test_a_run_exports_compares_and_annotates(
    app: ASGIApp, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    with served(faulty(app, "missing-field")) as host:
        target = ["run", "--target", f"live:http://{host}", "--budget", "20", "--phase", "examples"]
        assert main([*target, "--report", str(tmp_path / "one"), "--no-github"]) == 1
        assert "::error" not in capsys.readouterr().out
        archive = tmp_path / "run.har"
        assert main([*target, "--har", str(archive), "--compare", str(tmp_path / "one")]) == 1
    out = capsys.readouterr().out
    assert "::error file=openapi.yaml,line=" in out
    assert "still there: json_matches_its_schema" in out
    entries = read_har(archive.read_bytes())
    assert len(entries) >= 10
    assert {entry.base_url for entry in entries} == {f"http://{host}"}
    assert {entry.exchange.request.auth for entry in entries} == {"good"}
    assert b"test-key" not in archive.read_bytes()


def test_an_archive_that_cannot_be_written_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "--target", "recorded", "--har", str(tmp_path / "none" / "run.har")]) == 2
    assert "cannot write the archive" in capsys.readouterr().err
