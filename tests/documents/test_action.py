"""The GitHub action does what its page says: its steps run here, against a right and a wrong server."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.types import ASGIApp

from eigen_reference.app import create_app
from eigen_reference.engines.engines import Engines
from tests.report.judging import Lasting, faulty, served

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
PAGE = (ROOT / "docs" / "check-your-deployment.md").read_text("utf-8")
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")


@pytest.fixture(scope="module")
def app() -> Iterator[ASGIApp]:
    engines = Engines()
    yield Lasting(create_app(engines=engines))
    engines.close()


def step(name: str) -> dict[str, Any]:
    return next(one for one in STEPS if one.get("name") == name)


def run_step(name: str, inputs: dict[str, str], temporary: Path) -> subprocess.CompletedProcess[str]:
    """Run a step as GitHub does: its script in a shell that stops at a failure, inputs as variables."""
    given = {key: value.get("default", "") for key, value in ACTION["inputs"].items()} | inputs
    variables = {
        key: EXPRESSION.sub(lambda match: given[match[1].removeprefix("inputs.")], value)
        for key, value in step(name)["env"].items()
    }
    environment = {**os.environ, "RUNNER_TEMP": str(temporary), "GITHUB_ACTION_PATH": str(ROOT), **variables}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step(name)["run"]],
        cwd=temporary,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder as the step `Install` leaves it, with the judge of this checkout."""
    command = tmp_path / "eigen-contract" / "bin" / "eigen-contract"
    command.parent.mkdir(parents=True)
    path = ROOT / "contract_tests"
    command.write_text(
        f'#!/bin/sh\nPYTHONPATH={path} exec {sys.executable} -m eigen_contract "$@"\n', "utf-8"
    )
    command.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(("fault", "status"), [(None, 0), ("missing-field", 1)])
def test_the_outcome_is_that_of_the_judge(
    fault: str | None, status: int, app: ASGIApp, installed: Path
) -> None:
    with served(faulty(app, fault) if fault else app) as host:
        inputs = {"url": f"http://{host}", "key": "test-key", "budget": "12", "report": "the report"}
        done = run_step("Judge", inputs, installed)
    assert done.returncode == status, done.stdout + done.stderr
    assert (installed / "the report" / "report.html").is_file()
    assert "test-key" not in done.stdout + done.stderr


@pytest.mark.deep
def test_what_must_be_refused_is_sent_if_that_is_allowed(app: ASGIApp, installed: Path) -> None:
    with served(faulty(app, "no-auth")) as host:
        inputs = {"url": f"http://{host}", "key": "test-key", "budget": "200"}
        lenient = run_step("Judge", inputs | {"budget": "12"}, installed)
        strict = run_step("Judge", inputs | {"allow-negative": "true"}, installed)
    assert (lenient.returncode, strict.returncode) == (0, 1)


def test_inputs_are_variables_and_no_part_of_a_command(installed: Path) -> None:
    """A URL that is a command does nothing but not be a URL."""
    hostile = '$(touch stolen); "; touch stolen; #'
    done = run_step("Judge", {"url": hostile, "key": "test-key", "budget": hostile}, installed)
    assert done.returncode == 2
    assert not (installed / "stolen").exists()
    assert not any(EXPRESSION.search(one.get("run", "")) for one in STEPS)


def test_what_the_action_uses_is_pinned_by_hash() -> None:
    used = [one["uses"] for one in STEPS if "uses" in one]
    assert len(used) == 2
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", name) for name in used)


def test_the_page_lists_the_inputs() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \|.*\|([^|]*)\|$", PAGE, re.MULTILINE)
    defaults = {
        name: "required" if value.get("required") else str(value["default"])
        for name, value in ACTION["inputs"].items()
    }
    assert {name: default.strip() for name, default in rows} == defaults


def test_the_example_uses_inputs_that_exist() -> None:
    [source] = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    workflow = yaml.safe_load(source)
    assert workflow["permissions"] == {}
    [used] = [one["with"] for one in workflow["jobs"]["contract"]["steps"] if "with" in one]
    assert set(used) <= set(ACTION["inputs"])
