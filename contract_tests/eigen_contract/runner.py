"""Judges a target. What is sent, and in which order, stands in `planning`; how, in `performing`."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from attrs import define, evolve, field

from eigen_contract.corpus import Corpus
from eigen_contract.errors import BudgetSpentError, StoppedError
from eigen_contract.exchange import Origin
from eigen_contract.judgement import Judgement, PhaseResult, Plan
from eigen_contract.oracle import Oracle
from eigen_contract.performing import OnExchange, Run, ignore_exchange
from eigen_contract.planning import PHASES, PlannedStep, affordable, listed
from eigen_contract.survey import Survey
from eigen_contract.tape_review.notes import age_notes, lasting_notes
from eigen_contract.targets.recorded import tape_of
from eigen_contract.targets.target import Target

__all__ = [
    "PHASES",
    "Judgement",
    "Performance",
    "PhaseResult",
    "Plan",
    "Run",
    "judgement",
    "origin_of",
    "run",
]


def run(
    target: Target,
    oracle: Oracle,
    plan: Plan | None = None,
    began: Callable[[str], object] = lambda _: None,
    corpus: Corpus | None = None,
    on_exchange: OnExchange = ignore_exchange,
) -> Judgement:
    """Perform every step that the plan selects and the target allows, as far as its budget goes.

    Args:
        began: is called with the name of each phase as it begins.
        corpus: where generated requests are kept; nowhere if None.
        on_exchange: is called with each exchange and the time at which its request was sent.

    Raises:
        CannotJudgeError: the target gives no answer, or a tape does not hold what is asked of it.
    """
    current_run = Run(oracle, target, plan or Plan(), corpus or Corpus(), on_exchange=on_exchange)
    performance = Performance(current_run, began)
    performance.perform(current_run.planner.allowed)
    return judgement(
        current_run, merged(performance.results), performance.stopped, tuple(performance.not_judged)
    )


@define
class Performance:
    """Performs steps one after the other, or as many at a time as the target takes requests."""

    run: Run
    began: Callable[[str], object] = lambda _: None
    results: list[PhaseResult] = field(factory=list[PhaseResult])
    """What came of each step that was begun, in the order of the plan."""
    not_judged: list[PlannedStep] = field(factory=list[PlannedStep])
    stopped: StoppedError | None = None
    _running: list[tuple[PlannedStep, int, Future[None]]] = field(
        factory=list[tuple[PlannedStep, int, Future[None]]]
    )
    """Steps that other threads perform, with how many requests are set aside for each."""

    def perform(self, steps: Iterable[PlannedStep]) -> None:
        """Perform steps in their order, as far as the budget goes."""
        size = self.run.target.concurrency
        workers = ThreadPoolExecutor(size) if size > 1 else None
        try:
            for step in steps:
                self._begin(step, workers if self.results and not step.is_alone else None)
            self._wait_for_all()
        finally:
            if workers is not None:
                workers.shutdown(cancel_futures=True)

    def _begin(self, step: PlannedStep, workers: ThreadPoolExecutor | None) -> None:
        """Perform one step now, or hand it to a thread if it need not be alone."""
        is_by_itself = workers is None or step.is_divisible
        while self._running and (is_by_itself or len(self._running) >= self.run.target.concurrency):
            self._wait_for_first()
        part = affordable(step, self._left())
        if part < step.requests and self._running:
            self._wait_for_all()  # they may need less than is set aside for them
            part = affordable(step, self._left())
        if self.stopped is not None or part < step.requests:
            missed = step.requests if self.stopped is not None else step.requests - part
            self.not_judged.append(evolve(step, requests=missed))
            if self.stopped is not None or not part:
                return
        if all(result.phase != step.phase for result in self.results):
            self.began(step.phase)
        result = PhaseResult(step.phase)
        self.results.append(result)
        future: Future[None] = Future()
        if workers is not None and not is_by_itself:
            future = workers.submit(self.run.step, step, result, part)
        else:
            self._perform_now(step, result, part, future)
        self._running.append((step, part, future))
        if is_by_itself:
            self._wait_for_first()

    def _perform_now(self, step: PlannedStep, result: PhaseResult, part: int, future: Future[None]) -> None:
        try:
            self.run.step(step, result, part)
        except StoppedError as error:
            future.set_exception(error)
        else:
            future.set_result(None)

    def _left(self) -> int | None:
        """Return how many requests the budget has left that are not set aside for running steps."""
        left = self.run.target.requests_left
        return None if left is None else max(0, left - sum(part for _, part, _ in self._running))

    def _wait_for_first(self) -> None:
        step, _, future = self._running.pop(0)
        try:
            future.result()
        except BudgetSpentError:
            self.not_judged.append(evolve(step, requests=1))
        except StoppedError as error:
            self.stopped = self.stopped or error
            self.not_judged.append(evolve(step, requests=1))

    def _wait_for_all(self) -> None:
        while self._running:
            self._wait_for_first()


def merged(results: Iterable[PhaseResult]) -> tuple[PhaseResult, ...]:
    """Sum up the results of steps by their phases, in the order of the plan."""
    by_phase: dict[str, PhaseResult] = {}
    for result in results:
        whole = by_phase.setdefault(result.phase, PhaseResult(result.phase))
        whole.exchanges += result.exchanges
        whole.seconds += result.seconds
        whole.findings += result.findings
        whole.remembered += result.remembered
    return tuple(by_phase.values())


def judgement(
    current_run: Run,
    phase_results: tuple[PhaseResult, ...],
    stopped: StoppedError | None = None,
    not_judged: tuple[PlannedStep, ...] = (),
) -> Judgement:
    """Sum up a run."""
    notes = [
        *notes_on(current_run.target, current_run.oracle),
        *age_notes_on(current_run.target, current_run.started),
    ]
    if stopped:
        notes.append(f"not finished: {stopped}")
    if not_judged:
        budget = current_run.target.budget
        limit = f" within the budget of {budget.limit} requests" if budget else ""
        notes.append(f"not judged{limit}: {listed(not_judged)}")
    return Judgement(
        target=current_run.target.name,
        spec_sha256=current_run.oracle.contract.sha256,
        seed=current_run.plan.seed,
        notes=tuple(notes),
        phase_results=phase_results,
        origin=origin_of(current_run.target, current_run.survey, current_run.plan.origin),
        survey=current_run.survey,
        stopped=stopped,
        base_url=current_run.target.base_url if current_run.target.name == "live" else "",
        started=current_run.started,
        budget=current_run.target.budget.limit if current_run.target.budget else None,
        not_judged=not_judged,
    )


def origin_of(target: Target, survey: Survey, stated: Origin | None = None) -> Origin:
    """Say who answered: a tape knows, and so does the reference server; of any other server, who runs it.

    A tape may hold answers of several origins; each of its exchanges names its own. For the whole of it
    stands the one that proves least, so that nothing counts as confirmed by whoever did not answer.

    Args:
        stated: what the caller says about the server. Only if that is `vendor` do its answers count as the
            vendor's, and not even then if they say that the reference made them.
    """
    if "replay" in target.capabilities:
        origins = tape_of(target).origins
        return origins[0] if origins else "reference"
    if target.name != "live" or survey.by_reference:
        return "reference"
    return stated or "deployment"


def age_notes_on(target: Target, now: datetime) -> tuple[str, ...]:
    """Say how old a tape is."""
    return tuple(age_notes(tape_of(target), now)) if "replay" in target.capabilities else ()


def notes_on(target: Target, oracle: Oracle) -> tuple[str, ...]:
    """Say what a reader must know to weigh the run, and what is not a finding.

    The text does not depend on the day.
    """
    return tuple(lasting_notes(tape_of(target), oracle)) if "replay" in target.capabilities else ()
