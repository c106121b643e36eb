"""What the tests of a server have in common: one target, one survey, and one report at the end."""

import pickle
import time
from collections.abc import Iterable
from pathlib import Path

from attrs import evolve, field, frozen

from eigen_contract import report
from eigen_contract.corpus import Corpus
from eigen_contract.exchange import Finding
from eigen_contract.ledger import weighed
from eigen_contract.oracle import Oracle
from eigen_contract.runner import Judgement, PhaseResult, Plan, Run, judgement, origin_of
from eigen_contract.survey import Survey
from eigen_contract.targets import Target


@frozen
class Judging:
    """One target under one contract, for all tests of a worker."""

    oracle: Oracle
    target: Target
    survey: Survey
    strict: bool = False
    corpus: Path | None = None
    """Where generated requests are kept."""
    plan: Plan = field(factory=Plan)
    phase_results: list[PhaseResult] = field(factory=list[PhaseResult])
    _began: dict[int, float] = field(factory=dict[int, float], repr=False)

    def run(self, plan: Plan | None = None) -> Run:
        return Run(self.oracle, self.target, plan or self.plan, Corpus(self.corpus), self.survey)

    def phase_result(self, phase: str) -> PhaseResult:
        """Start to count for a test."""
        self.phase_results.append(PhaseResult(phase))
        self._began[id(self.phase_results[-1])] = time.perf_counter()
        return self.phase_results[-1]

    def failing(self, phase_result: PhaseResult) -> list[Finding]:
        """End a test's count; return what it found that is not merely the spec's own affair."""
        phase_result.seconds = time.perf_counter() - self._began[id(phase_result)]
        origin = origin_of(self.target, self.survey)
        return weighed(self.oracle, origin, phase_result.findings, strict=self.strict)[0]

    def judgement(self) -> Judgement:
        return judgement(self.run(), tuple(self.phase_results))


def share(budget: int | None, workers: int, number: int) -> int | None:
    """Return a worker's share of the budget of requests, so that all together never exceed it.

    Args:
        number: which worker, from 0.
    """
    return None if budget is None else budget // workers + (number < budget % workers)


def packed(one: Judgement) -> bytes:
    """Pack a judgement, to send it from a worker to the controller: both are this very program."""
    return pickle.dumps(one)


def merged(judgements: list[bytes]) -> Judgement:
    """Unpack what workers judged, and sum it up."""
    first, *others = [pickle.loads(one) for one in judgements]
    for other in others:
        first.survey.add(other.survey)
    by_phase: dict[str, list[PhaseResult]] = {}
    for phase_result in (phase_result for one in (first, *others) for phase_result in one.phase_results):
        by_phase.setdefault(phase_result.phase, []).append(phase_result)
    phase_results = tuple(summed(phase, found) for phase, found in sorted(by_phase.items()))
    whole: Judgement = evolve(first, phase_results=phase_results)
    return whole


def summed(phase: str, phase_results: Iterable[PhaseResult]) -> PhaseResult:
    """Sum up what tests did for a phase; findings in an order that does not depend on the workers."""
    whole = PhaseResult(phase)
    for phase_result in phase_results:
        whole.exchanges += phase_result.exchanges
        whole.seconds += phase_result.seconds
        whole.findings += phase_result.findings
    whole.findings.sort(key=str)
    return whole


def write(folder: Path, oracle: Oracle, judgements: list[bytes], *, strict: bool, key: str) -> None:
    """Write the report of everything that workers judged, if they judged anything."""
    if judgements:
        whole = merged(judgements)
        report.prepare(folder)
        report.write(folder, report.Result.of(oracle, whole, whole.findings, strict=strict), key)
