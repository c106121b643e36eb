"""Judges one server mutant: examples and scenarios first, then generated requests, to the first finding."""

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml
from attrs import frozen

from eigen_contract.checks import check_exchange
from eigen_contract.corpus import Corpus, Entry
from eigen_contract.exchange import Exchange, Finding
from eigen_contract.fuzz import Generator
from eigen_contract.oracle import Oracle
from eigen_contract.runner import PhaseResult, Plan, Run
from eigen_contract.spec import Contract
from eigen_contract.survey import Survey
from eigen_contract.targets.reference import KEY, over
from eigen_contract.targets.target import Target
from eigen_reference.app import create_app
from eigen_reference.engines.engines import Engines
from mutants.errors import BrokenError
from mutants.mutant import Mutant
from mutants.server import acceptance, answers, conduct, lies, media, requests
from mutants.server.rewriting import Planting, Rewriting

PLANNED = frozenset({"examples", "scenarios", "walk"})
"""Phases whose steps are performed as they are planned."""
SEED, CASES = 1, 500
"""What is drawn beyond the walk of every field and keyword, where nothing was found before."""


def pool() -> Iterator[Mutant]:
    """Yield every server mutant that can be planted."""
    contract = Contract.load()
    yield from answers.status_faults(contract)
    yield from answers.member_faults(contract)
    yield from answers.error_faults(contract)
    yield from answers.header_faults(contract)
    yield from media.media_faults(contract)
    yield from media.base64_faults(contract)
    yield from media.event_faults(contract)
    yield from requests.auth_faults(contract)
    yield from requests.ignoring_faults(contract)
    yield from requests.seed_faults(contract)
    yield from requests.limit_faults(contract)
    yield from conduct.conduct_faults(contract)
    yield from acceptance.acceptance_faults(contract)
    yield from lies.lie_faults(contract)


@frozen
class JudgeParts:
    """What all mutants of a process share: the judge, and warm engines."""

    oracle: Oracle
    engines: Engines
    generator: Generator


@cache
def judge_parts() -> JudgeParts:
    """Make the parts for this process."""
    contract = Contract.load()
    return JudgeParts(Oracle.of(contract), Engines(), Generator.of(contract))


@cache
def generated(folder: Path | None) -> tuple[Entry, ...]:
    """Generate once for all mutants of this process, and only if one of them comes so far.

    Args:
        folder: of a corpus: what was generated is read from there, with how the clean server answered it.
            Where it holds nothing yet, the clean server is asked first.
    """
    shared = judge_parts()
    contract, survey = shared.oracle.contract, Survey.of(shared.oracle.contract)
    if folder is None:
        drawn = (*shared.generator.coverage(), *shared.generator.fuzz(seed=SEED, cases=CASES))
        return (Entry(None, list(drawn)),)
    corpus = Corpus(folder)
    # Behind the same rewriter as the mutants: it leaves its mark on headers, and the engines open.
    with over(application(Planting(), shared.engines)) as clean:
        run = Run(shared.oracle, clean, Plan(SEED, CASES), corpus)
        run.coverage(PhaseResult("coverage"))
        run.fuzz(PhaseResult("fuzz"))
    return corpus.entry(contract, survey, "coverage"), corpus.entry(contract, survey, "fuzz", SEED, CASES)


def application(planting: Planting, engines: Engines) -> Rewriting:
    """Make the server with a fault planted."""
    if planting.spec is None:
        return Rewriting(create_app(api_key=KEY, engines=engines), planting)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "openapi.yaml"
        path.write_text(yaml.safe_dump(dict(planting.spec), sort_keys=False), "utf-8")
        return Rewriting(create_app(path, KEY, engines=engines), planting)


def caught_by(mutant: Mutant, corpus: Path | None = None) -> str | None:
    """Return what catches a mutant first: phase and check; None if it lives.

    Args:
        corpus: where generated requests are kept from run to run; nowhere if None.

    Raises:
        BrokenError: the fault itself failed, which the judge would take for a failing server.
    """
    shared = judge_parts()
    faulty = application(mutant.plant, shared.engines)
    with over(faulty) as target:
        first = next(findings(shared, target, corpus), None)
    if faulty.broken:
        raise BrokenError(faulty.broken)
    return None if first is None else f"{first[0]}: {first[1].check}"


def findings(shared: JudgeParts, target: Target, corpus: Path | None) -> Iterator[tuple[str, Finding]]:
    """Yield findings as they come, each with its phase; whoever needs one alone stops the rest."""
    run = Run(shared.oracle, target, Plan(phases=PLANNED))
    for step in run.planner.allowed:
        phase_result = PhaseResult(step.phase)
        run.step(step, phase_result)
        yield from ((f"{step.phase} {step.name}", finding) for finding in phase_result.findings)
    for entry in generated(corpus):
        yield from (("generated", finding) for finding in in_answers(shared, target, entry))


def in_answers(shared: JudgeParts, target: Target, entry: Entry) -> Iterator[Finding]:
    """Yield what is wrong with answers to generated requests; what the clean server said is right."""
    for index, kept in enumerate(entry.requests):
        response = target.send(kept.request)
        if entry.recall(index, response) is None:
            exchange = Exchange(kept.request, response)
            yield from check_exchange(shared.oracle, exchange)
            yield from shared.generator.stock_findings(kept, exchange)
