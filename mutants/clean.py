"""Judges the clean server over and over: what is found there is a false alarm."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from attrs import frozen

from eigen_contract.exchange import describe
from eigen_contract.oracle import Oracle
from eigen_contract.runner import Plan, run
from eigen_contract.spec import Contract
from eigen_contract.targets.reference import load, over

SEEDS, CASES = range(1, 11), 2000
WORKERS = 2


@frozen
class Alarms:
    """What one seed found on the clean server."""

    seed: int
    exchanges: int
    findings: int
    said: str


def judged(seed: int) -> Alarms:
    """Judge the clean server with requests drawn by a seed; the first seed walks all other phases too."""
    phases = None if seed == SEEDS[0] else frozenset({"fuzz"})
    with over(load()) as target:
        judgement = run(target, Oracle.of(Contract.load()), Plan(seed, CASES, phases))
    return Alarms(seed, judgement.exchanges, len(judgement.findings), describe(judgement.findings, 3))


def alarms() -> Iterator[Alarms]:
    """Judge the clean server with every seed, two at a time."""
    with ProcessPoolExecutor(WORKERS, mp_context=multiprocessing.get_context("spawn")) as workers:
        yield from workers.map(judged, SEEDS)
