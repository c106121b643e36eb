"""Judges one misreading: tape, tables and scenarios first, then the client that is built from it."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import Finding
from eigen_contract.oracle import Oracle
from eigen_contract.runner import PhaseResult, Plan, Run
from eigen_contract.spec import Contract
from eigen_contract.targets.recorded import recorded
from eigen_contract.targets.reference import KEY, over
from eigen_reference.app import create_app
from eigen_reference.contract import ContractError
from eigen_reference.engines.engines import Engines
from mutants.client.judging import SUITES, first_failure
from mutants.errors import RefusedError
from mutants.mutant import Mutant
from mutants.server.rewriting import Planting, Rewriting
from mutants.spec import operators

ROOT = Path(__file__).parents[2]
SPEC = "openapi.yaml"
TABLES = ("test_page.py", "test_docs.py", "test_variants.py")
LONGEST = 120
"""Seconds that the factory may take."""

pool = operators.pool


@cache
def engines() -> Engines:
    """Make the engines of this process."""
    return Engines()


def caught_by(mutant: Mutant) -> str | None:
    """Return the check or test that catches a misreading first; None if it lives.

    Raises:
        RefusedError: it cannot be planted: the factory builds no client from it.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_out(folder, operators.changed(Contract.load(), mutant.plant))
        return next(catches(folder), None)


def lay_out(folder: Path, document: dict[str, Any]) -> None:
    """Lay out a faulty contract, and the tables that it is compared with."""
    (folder / SPEC).write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
    (folder / "tests" / "contract").mkdir(parents=True)
    for table in (ROOT / "tests").glob("*.toml"):
        shutil.copy(table, folder / "tests")
    for name in TABLES:
        shutil.copy(ROOT / "tests" / "contract" / name, folder / "tests" / "contract")
    shutil.copy(ROOT / "pyproject.toml", folder)


def catches(folder: Path) -> Iterator[str]:
    """Yield what catches a misreading, the cheapest first."""
    try:
        oracle = Oracle.of(Contract.load(folder / SPEC))
        yield from (f"tape: {finding.check}" for finding in on_tape(oracle))
        yield from in_tables(folder)
        yield from (f"{where}: {finding.check}" for where, finding in on_server(folder, oracle))
    except CannotJudgeError as error:
        yield f"the judge cannot read it: {error}"
    yield from by_client(folder)


def on_tape(oracle: Oracle) -> Iterator[Finding]:
    """Judge what was once answered, and look for every example on the tape."""
    with recorded(ROOT / "contract_tests" / "recordings") as target:
        run = Run(oracle, target, Plan(require_complete=True))
        phase_result = PhaseResult("tape")
        run.tape(phase_result)
        for example in run.examples.values():
            run.example(phase_result, example)
        yield from phase_result.findings


def in_tables(folder: Path) -> Iterator[str]:
    """Compare the spec with what was transcribed from the vendor's pages and programs."""
    failed = first_failure(folder, [folder], [f"tests/contract/{name}" for name in TABLES])
    if failed:
        yield failed


def on_server(folder: Path, oracle: Oracle) -> Iterator[tuple[str, Finding]]:
    """Judge the reference server, which obeys the faulty contract as the judge does."""
    try:
        app = create_app(folder / SPEC, KEY, engines=engines())
    except ContractError as error:
        raise CannotJudgeError(f"the server does not start: {error}") from error
    with over(Rewriting(app, Planting())) as target:
        yield from findings(Run(oracle, target))


def findings(run: Run) -> Iterator[tuple[str, Finding]]:
    for step in run.planner.allowed:
        if step.phase in ("examples", "scenarios", "walk"):
            phase_result = PhaseResult(step.phase)
            run.step(step, phase_result)
            yield from ((f"{step.phase} {step.name}", finding) for finding in phase_result.findings)


def by_client(folder: Path) -> Iterator[str]:
    """Build the client from the faulty contract, and run its suites over the tape.

    Raises:
        RefusedError: the factory builds none.
    """
    build(folder)
    ignored = shutil.ignore_patterns("__pycache__", ".*", "eigen_reference")
    shutil.copytree(ROOT / "contract_tests", folder / "contract_tests", ignore=ignored)
    packages = [folder / "generated_client", folder / "contract_tests", folder]
    paths = [f"contract_tests/{suite}" for suite in SUITES]
    failed = first_failure(folder, packages, ["--target", "recorded", *paths])
    if failed:
        yield failed


def build(folder: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "generator",
        "build",
        "--spec",
        str(folder / SPEC),
        "--out",
        str(folder / "generated_client"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST, check=False)
    if done.returncode:
        raise RefusedError((done.stdout + done.stderr).strip().splitlines()[-1])
