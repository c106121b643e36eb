"""Same seed, same cases, same report but for times; and what is kept for the next run changes neither."""

import importlib
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import evolve
from starlette.types import ASGIApp

from eigen_contract import report
from eigen_contract.corpus import Corpus, digest, key
from eigen_contract.exchange import Response
from eigen_contract.fuzz import Generator
from eigen_contract.latency import Latencies
from eigen_contract.oracle import Oracle
from eigen_contract.runner import Judgement, Plan, run
from eigen_contract.spec import Contract
from eigen_contract.targets.reference import over
from eigen_reference.app import create_app
from eigen_reference.faults import FAULTS
from eigen_reference.faulty import FaultyApp
from mutants.server.rewriting import Planting, Rewriting

STARTED = datetime(2026, 1, 31, tzinfo=UTC)
PLAN = Plan(seed=3, cases=60, phases=frozenset({"fuzz"}))
# Enough to be kept and read again, where the answers do not matter and the run is made several times.
FEW = evolve(PLAN, cases=12)


@pytest.fixture(scope="module")
def app() -> ASGIApp:
    return create_app()


def judged(app: ASGIApp, corpus: Corpus, plan: Plan = PLAN) -> Judgement:
    """Judge an application whose lifespan is kept from it, so that its engines stay."""
    with over(Rewriting(app, Planting())) as target:
        return run(target, Oracle.of(Contract.load()), plan, corpus=corpus)


def texts(judgement: Judgement, folder: Path) -> dict[str, str]:
    """Write a report, and return its files with every time at zero."""
    for phase_result in judgement.phase_results:
        phase_result.seconds = 0.0
    judgement = evolve(judgement, started=STARTED)
    judgement.survey.latencies = Latencies()
    result = report.Result.of(Oracle.of(Contract.load()), judgement, judgement.findings)
    report.prepare(folder)
    report.write(folder, result, "test-key")
    return {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.is_file()}


def test_the_same_seed_draws_the_same_requests_and_another_others() -> None:
    contract = Contract.load()
    first, again, other = (
        [drawn.request for drawn in Generator.of(contract).fuzz(seed=seed, cases=60)] for seed in (3, 3, 4)
    )
    assert first == again
    assert first != other
    assert len(set(first)) == len(first) >= 55


def test_what_else_is_loaded_draws_no_other_requests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contract = Contract.load()
    first = [*Generator.of(contract).fuzz(seed=3, cases=60)]
    constants = [constant for n in range(99) for constant in (f"word {n}", 1000 + n, 1000.5 + n)]
    (tmp_path / "loaded_late.py").write_text(f"CONSTANTS = {constants}", "utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    importlib.import_module("loaded_late")
    assert [*Generator.of(contract).fuzz(seed=3, cases=60)] == first


def test_a_second_run_makes_the_same_report_and_judges_nothing_twice(app: ASGIApp, tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus")
    first, second = judged(app, corpus), judged(app, corpus)
    assert [phase_result.remembered for phase_result in first.phase_results] == [0]
    assert [phase_result.remembered for phase_result in second.phase_results] == [
        phase_result.exchanges for phase_result in first.phase_results
    ]
    assert texts(first, tmp_path / "first") == texts(second, tmp_path / "second")


def test_a_server_that_changes_is_judged_anew(app: ASGIApp, tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    assert judged(app, corpus).findings == ()
    faulty = judged(FaultyApp(app, FAULTS["truncated-png"]), corpus)
    assert "media_is_whole" in {finding.check for finding in faulty.findings}


def test_a_damaged_entry_is_drawn_anew(app: ASGIApp, tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    judged(app, corpus, FEW)
    [path] = tmp_path.iterdir()
    whole = path.read_bytes()
    for damaged in (whole[:-1], b"{}\n", b"\xff", json.dumps({"requests": [[1]]}).encode()):
        path.write_bytes(damaged)
        assert [phase_result.remembered for phase_result in judged(app, corpus, FEW).phase_results] == [0]
        assert path.read_bytes().partition(b"\n")[2] == whole.partition(b"\n")[2]


def test_another_contract_phase_or_seed_has_another_key() -> None:
    contract = Contract.load()
    other = Contract.of({**contract.document, "x-changed": True})
    keys = {
        key(contract, "fuzz", 1),
        key(contract, "fuzz", 2),
        key(contract, "coverage"),
        key(other, "fuzz", 1),
    }
    assert len(keys) == 4


def test_ids_and_dates_do_not_tell_answers_apart_and_all_else_does() -> None:
    ids = [f'{{"task_id": "{letter * 8}-0000-0000-0000-000000000000"}}'.encode() for letter in "ab"]
    one, same = (Response(200, (("date", text),), body) for text, body in zip("12", ids, strict=True))
    assert digest(one) == digest(same)
    others = [Response(202, (), ids[0]), Response(200, (("allow", "GET"),), ids[0]), Response(200, (), b"{}")]
    assert len({digest(response) for response in (one, *others)}) == 4
