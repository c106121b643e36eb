"""Judges one server mutant: examples and trials first, then generated requests, to the first finding."""

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml
from attrs import frozen

from eigen_contract.checks import check_exchange
from eigen_contract.examples import examples
from eigen_contract.exchange import Exchange, Finding
from eigen_contract.fuzz import Generated, Generator, stock_findings
from eigen_contract.oracle import Oracle
from eigen_contract.runner import Run, Tally
from eigen_contract.spec import Contract
from eigen_contract.targets.reference import KEY, over
from eigen_contract.targets.target import Target
from eigen_contract.trials import TRIALS
from eigen_reference.app import create_app
from eigen_reference.engines.engines import Engines
from mutants.errors import BrokenError
from mutants.mutant import Mutant
from mutants.server import acceptance, answers, media, requests
from mutants.server.rewriting import Planting, Rewriting

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
    yield from acceptance.acceptance_faults(contract)


@frozen
class Bench:
    """What all mutants of a process share: the judge, and warm engines."""

    oracle: Oracle
    engines: Engines


@cache
def bench() -> Bench:
    """Make the bench of this process."""
    return Bench(Oracle.of(Contract.load()), Engines())


@cache
def generated_requests() -> tuple[Generated, ...]:
    """Generate once for all mutants of this process, and only if one of them comes so far."""
    generator = Generator.of(bench().oracle.contract)
    return (*generator.coverage(), *generator.fuzz(seed=SEED, cases=CASES))


def application(planting: Planting, engines: Engines) -> Rewriting:
    """Make the server with a fault planted."""
    if planting.spec is None:
        return Rewriting(create_app(api_key=KEY, engines=engines), planting)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "openapi.yaml"
        path.write_text(yaml.safe_dump(dict(planting.spec), sort_keys=False), "utf-8")
        return Rewriting(create_app(path, KEY, engines=engines), planting)


def caught_by(mutant: Mutant) -> str | None:
    """Return what catches a mutant first: phase and check; None if it lives.

    Raises:
        BrokenError: the fault itself failed, which the judge would take for a failing server.
    """
    shared = bench()
    faulty = application(mutant.plant, shared.engines)
    with over(faulty) as target:
        first = next(findings(shared, target), None)
    if faulty.broken:
        raise BrokenError(faulty.broken)
    return None if first is None else f"{first[0]}: {first[1].check}"


def findings(shared: Bench, target: Target) -> Iterator[tuple[str, Finding]]:
    """Yield findings as they come, each with its phase; whoever needs one alone stops the rest."""
    run = Run(shared.oracle, target)
    for example in examples(shared.oracle.contract):
        tally = Tally("examples")
        run.example(tally, example)
        yield from (("examples", finding) for finding in tally.findings)
    for trial in TRIALS:
        tally = Tally("trials")
        run.trial(tally, trial)
        yield from ((f"trial {trial.name}", finding) for finding in tally.findings)
    for generated in generated_requests():
        exchange = Exchange(generated.request, target.send(generated.request))
        for finding in (*check_exchange(shared.oracle, exchange), *stock_findings(generated, exchange)):
            yield "generated", finding
