"""`pytest --eigen-contract-url URL`: the checks of a deployment stand among a team's own tests."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from eigen_reference.app import create_app
from eigen_reference.engines.engines import Engines
from tests.pytest_plugin.suites import ROOT, Suite
from tests.report.judging import Counted, Lasting, faulty, served

KEY = {"EIGENAI_API_KEY": "test-key"}
OWN = "def test_of_our_own() -> None:\n    assert True\n"


@pytest.fixture(scope="module")
def app() -> Iterator[ASGIApp]:
    engines = Engines()
    yield Lasting(create_app(engines=engines))
    engines.close()


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    return Suite(tmp_path / "suite", test_own=OWN)


def test_a_right_deployment_passes_beside_own_tests(app: ASGIApp, suite: Suite) -> None:
    counted = Counted(app)
    with served(counted) as host:
        outcome = suite.run(f"--eigen-contract-url=http://{host}", "--eigen-contract-budget=15", "-v", **KEY)
    assert outcome.status == 0, outcome.output
    assert "test_own.py::test_of_our_own PASSED" in outcome.output
    assert "eigen-contract::generate media_is_whole PASSED" in outcome.output
    assert "eigen-contract::generate examples_succeed PASSED" in outcome.output
    assert "eigen-contract::uploadVoice json_matches_its_schema" in outcome.output
    assert 10 <= len(counted.requests) <= 15


def test_a_fault_fails_its_check_and_says_how_to_see_it(app: ASGIApp, suite: Suite) -> None:
    with served(faulty(app, "missing-field")) as host:
        outcome = suite.run(f"--eigen-contract-url=http://{host}", "--eigen-contract-budget=12", **KEY)
    assert outcome.status == 1
    assert "FAILED eigen-contract::generate json_matches_its_schema" in outcome.output
    assert "curl -sS -i --globoff" in outcome.output
    assert '"$BASE_URL"/api/v1/generate' in outcome.output
    assert "Traceback" not in outcome.output
    assert "contract_outcomes.py" not in outcome.output, "no line of the judge"
    assert "test-key" not in outcome.output


def test_one_check_can_be_chosen(app: ASGIApp, suite: Suite) -> None:
    with served(faulty(app, "missing-field")) as host:
        url = f"--eigen-contract-url=http://{host}"
        outcome = suite.run(url, "--eigen-contract-budget=12", "-k", "media_is_whole and generate", **KEY)
    assert outcome.status in (0, 1)
    assert "test_of_our_own" not in outcome.output
    assert "deselected" in outcome.counts()


@pytest.mark.deep
@pytest.mark.parametrize("workers", ["2"])
def test_workers_share_one_judgement(workers: str, app: ASGIApp, suite: Suite) -> None:
    counted = Counted(app)
    with served(counted) as host:
        url = f"--eigen-contract-url=http://{host}"
        outcome = suite.run(url, "--eigen-contract-budget=12", "-n", workers, **KEY)
    assert outcome.status == 0, outcome.output
    assert len(counted.requests) <= 12


def test_a_report_is_written(app: ASGIApp, suite: Suite) -> None:
    with served(app) as host:
        url = f"--eigen-contract-url=http://{host}"
        suite.run(url, "--eigen-contract-budget=12", "--eigen-contract-report=report", **KEY)
    assert {"report.html", "report.json", "junit.xml"} <= {
        path.name for path in (suite.folder / "report").iterdir()
    }


@pytest.mark.parametrize(
    ("url", "variables", "said"),
    [
        ("http://127.0.0.1:9", KEY, "gives no whole answer"),
        ("http://127.0.0.1:9", {}, "a live target needs a key; set EIGENAI_API_KEY"),
        ("nowhere", KEY, "is no URL"),
    ],
)
def test_what_cannot_be_judged_fails_once(
    url: str, variables: dict[str, str], said: str, suite: Suite
) -> None:
    outcome = suite.run(f"--eigen-contract-url={url}", **variables)
    assert outcome.status == 1
    assert said in outcome.output
    assert outcome.counts().startswith("1 failed, 1 passed,"), outcome.counts()


def test_collecting_sends_nothing(app: ASGIApp, suite: Suite) -> None:
    counted = Counted(app)
    with served(counted) as host:
        outcome = suite.run(f"--eigen-contract-url=http://{host}", "--collect-only", "-q", **KEY)
    assert outcome.status == 0
    assert "eigen-contract::getResult status_is_documented" in outcome.output
    assert counted.requests == []


def test_without_the_option_nothing_of_the_judge_is_loaded(suite: Suite) -> None:
    outcome = suite.run("--collect-only", "-q")
    assert outcome.status == 0
    assert "eigen-contract::" not in outcome.output
    code = (
        "import sys; import pytest; before = set(sys.modules); "
        "pytest.main(['--collect-only', '-q', '-p', 'eigen_contract.pytest_plugin']); "
        "print('loaded', sorted(set(sys.modules) - before))"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "contract_tests"),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=suite.folder, capture_output=True, text=True, check=True, env=environment
    )
    [loaded] = [line for line in done.stdout.splitlines() if line.startswith("loaded")]
    assert "eigen_contract.pytest_plugin.contract_options" in loaded
    for name in (
        "contract_items",
        "contract_outcomes",
        "'httpx'",
        "'attrs'",
        "'yaml'",
        "eigen_contract.spec",
    ):
        assert name not in loaded
