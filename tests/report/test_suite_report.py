"""The suite under pytest: one budget and one report, however many workers there are."""

import subprocess
import sys
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from eigen_contract.tape import Tape
from judging import share
from tests.report.judging import Counted, document, faulty, served

ROOT = Path(__file__).parents[2]


def suite(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the examples of the suite in a process of its own."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, "contract_tests/test_server_examples.py", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(("budget", "workers"), [(20, 2), (5, 2), (1, 2), (0, 3), (7, 1)])
def test_the_shares_of_a_budget_are_the_budget(budget: int, workers: int) -> None:
    assert sum(share(budget, workers, number) or 0 for number in range(workers)) == budget


@pytest.mark.deep
@pytest.mark.usefixtures("key")
def test_workers_share_a_budget_and_write_one_report(app: ASGIApp, tmp_path: Path) -> None:
    counted = Counted(app)
    with served(counted) as host:
        target = ["--target", f"live:http://{host}", "--budget", "4"]
        done = suite("--numprocesses=2", *target, "--report", str(tmp_path))
    assert done.returncode == 0, done.stdout
    assert len(counted.requests) == 4
    assert "4 passed, 7 skipped" in done.stdout
    assert [phase["exchanges"] for phase in document(tmp_path)["phases"]] == [4]
    assert all(phase["seconds"] > 0 for phase in document(tmp_path)["phases"])


@pytest.mark.deep
@pytest.mark.usefixtures("key")
def test_a_finding_fails_the_suite_and_stands_in_the_report(app: ASGIApp, tmp_path: Path) -> None:
    with served(faulty(app, "missing-field")) as host:
        done = suite("--target", f"live:http://{host}", "--budget", "20", "--report", str(tmp_path))
    assert done.returncode == 1, done.stdout
    found = document(tmp_path)["findings"]
    assert {finding["check"] for finding in found} == {"json_matches_its_schema"}


@pytest.mark.deep
def test_an_example_that_the_tape_lacks_is_skipped_or_fails_by_choice(tmp_path: Path) -> None:
    tape = Tape.load(ROOT / "contract_tests" / "recordings")
    tape.without(["example transcription", "example video, video"]).save(tmp_path, "test-key")
    done = suite("--target", "recorded", "--tape", str(tmp_path))
    assert done.returncode == 0, done.stdout
    assert "9 passed, 2 skipped" in done.stdout
    for label in ("example transcription", "example video, video"):
        assert f"unrecorded: {label}; eigen-contract record --missing records it" in done.stdout
    done = suite("--target", "recorded", "--tape", str(tmp_path), "--require-complete")
    assert done.returncode == 1
    assert "2 failed, 9 passed" in done.stdout
    assert "examples_are_on_the_tape" in done.stdout


@pytest.mark.deep
def test_a_report_that_cannot_be_written_is_no_run(tmp_path: Path) -> None:
    (tmp_path / "report").write_text("no folder", "utf-8")
    done = suite("--target", "recorded", "--report", str(tmp_path / "report"))
    assert done.returncode == 2
    assert "cannot write the report" in done.stdout + done.stderr
