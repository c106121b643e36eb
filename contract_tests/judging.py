"""What the tests of a server have in common: one target, one survey, and one report at the end."""

import pickle
from collections.abc import Iterable
from pathlib import Path

import pytest
from attrs import evolve, field, frozen

from eigen_contract import report
from eigen_contract.corpus import Corpus
from eigen_contract.exchange import Finding
from eigen_contract.ledger import weighed
from eigen_contract.oracle import Oracle
from eigen_contract.planning import affordable
from eigen_contract.runner import Judgement, PhaseResult, Plan, Run, judgement, origin_of
from eigen_contract.targets import Target


@frozen
class Judging:
    """One target under one contract, for all tests of a worker."""

    run: Run
    strict: bool | None = None
    """Whether every finding fails, whatever it rests on; by who answers if None."""
    phase_results: list[PhaseResult] = field(factory=list[PhaseResult])

    @classmethod
    def of(
        cls, oracle: Oracle, target: Target, plan: Plan, corpus: Path | None, strict: bool | None
    ) -> "Judging":
        """Start to judge a target.

        Args:
            corpus: where generated requests are kept.
        """
        return cls(Run(oracle, target, plan, Corpus(corpus)), strict)

    def perform(self, phase: str, name: str, plan: Plan | None = None) -> tuple[PhaseResult, list[Finding]]:
        """Perform one step; return what came of it, and the findings that fail the test.

        The test is left out where the target does not allow the step, or the budget does not reach it.

        Args:
            plan: what to do in place of the plan of all others.
        """
        run = (
            self.run
            if plan is None
            else Run(self.run.oracle, self.run.target, plan, self.run.corpus, self.run.survey)
        )
        [step] = [step for step in run.planner.steps() if (step.phase, step.name) == (phase, name)]
        if not run.planner.allows(step):
            pytest.skip(f"the target {run.target.name} does not allow {name}")
        part = affordable(step, run.target.requests_left)
        if part < step.requests and not part:
            pytest.skip(f"{name}: the budget does not reach it; give a larger --budget")
        phase_result = PhaseResult(phase)
        self.phase_results.append(phase_result)
        run.step(step, phase_result, part)
        origin = origin_of(run.target, run.survey, run.plan.origin)
        return phase_result, weighed(run.oracle, origin, phase_result.findings, strict=self.strict)[0]

    def judgement(self) -> Judgement:
        return judgement(self.run, tuple(self.phase_results))


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


def write(folder: Path, oracle: Oracle, judgements: list[bytes], *, strict: bool | None, key: str) -> None:
    """Write the report of everything that workers judged, if they judged anything."""
    if judgements:
        whole = merged(judgements)
        report.prepare(folder)
        report.write(folder, report.Result.of(oracle, whole, whole.findings, strict=strict), key)
