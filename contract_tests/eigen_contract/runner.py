"""Judges a target, phase by phase. Read `PHASES` first: it is the whole run."""

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cached_property

from attrs import Factory, define, field, frozen

from eigen_contract.checks import CheckContext, run_checks
from eigen_contract.corpus import Corpus, Entry, Kept
from eigen_contract.errors import StoppedError
from eigen_contract.examples import Example, examples
from eigen_contract.exchange import Exchange, Finding, Origin, Request
from eigen_contract.fuzz import Generator
from eigen_contract.oracle import Oracle
from eigen_contract.recording.steps import steps_of
from eigen_contract.recording.unrecorded import Unrecorded, lacking
from eigen_contract.retention import Retention
from eigen_contract.scenarios import SCENARIOS, Scenario, ScenarioContext
from eigen_contract.survey import Sighting, Survey
from eigen_contract.tape_review.notes import COMPLETE, age_findings, age_notes, lasting_notes
from eigen_contract.targets.recorded import tape_of
from eigen_contract.targets.target import Capability, Target


@frozen
class Plan:
    """How much to send. Same seed, same requests."""

    seed: int = 1
    cases: int = 2000
    phases: frozenset[str] | None = None
    """Names of the phases to run; all that the target is capable of if None."""
    require_complete: bool = False
    """Whether an example that a tape lacks is a finding."""
    max_age: float | None = None
    """Days after which an exchange on a tape is too old; no exchange is if None."""


@define
class PhaseResult:
    """What one phase did."""

    phase: str
    exchanges: int = 0
    seconds: float = 0.0
    findings: list[Finding] = field(factory=list[Finding])
    remembered: int = 0
    """How many answers were known, byte for byte, from an earlier run that found them right."""


@frozen
class Judgement:
    """A whole run: against whom, by which spec, and what came of it."""

    target: str
    spec_sha256: str
    seed: int
    notes: tuple[str, ...]
    phase_results: tuple[PhaseResult, ...]
    origin: Origin
    survey: Survey = field(repr=False)
    stopped: StoppedError | None = None
    """Why the run ended before its end, if it did."""
    base_url: str = ""
    """Where the target answers, without a key; empty if it is asked in this process."""
    started: datetime | None = None
    budget: int | None = None
    """The most requests that could be sent; None where there is no limit."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for phase_result in self.phase_results for finding in phase_result.findings)

    @property
    def exchanges(self) -> int:
        return sum(phase_result.exchanges for phase_result in self.phase_results)


OnExchange = Callable[[Exchange, datetime], object]
"""Is called with each exchange and the time at which its request was sent."""


def ignore_exchange(_: Exchange, __: datetime) -> None:
    """Do nothing with an exchange."""


@frozen
class Run:
    """One target under one contract."""

    oracle: Oracle
    target: Target
    plan: Plan = field(factory=Plan)
    corpus: Corpus = field(factory=Corpus)
    survey: Survey = field(
        repr=False, default=Factory(lambda self: Survey.of(self.oracle.contract), takes_self=True)
    )
    on_exchange: OnExchange = field(repr=False, default=ignore_exchange)
    retention: Retention = field(repr=False, factory=Retention)
    started: datetime = field(factory=lambda: datetime.now(UTC))

    @cached_property
    def generator(self) -> Generator:
        return Generator.of(self.oracle.contract)

    def send(self, request: Request, label: str) -> Exchange:
        """Send a request; every request of a run goes through here."""
        began = datetime.now(UTC)
        exchange = Exchange(request, self.target.send(request), label, self._origin(request))
        self.on_exchange(exchange, began)
        return exchange

    def _origin(self, request: Request) -> Origin | None:
        """Say who answers a request, where a tape with answers of several origins does."""
        matching = tape_of(self.target).matching(request) if "replay" in self.target.capabilities else ()
        return matching[-1].provenance.origin if matching else None

    def keep(self, phase_result: PhaseResult, findings: Iterable[Finding]) -> None:
        """Add findings to a phase, with as much of their exchanges as memory allows."""
        phase_result.findings += self.retention.keep(findings)

    def examples(self, phase_result: PhaseResult) -> None:
        """Send every named example of the spec; each must succeed."""
        for example in examples(self.oracle.contract):
            self.example(phase_result, example)

    def example(self, phase_result: PhaseResult, example: Example) -> tuple[Unrecorded, ...]:
        """Send one example; return what a tape lacks of it, which is a finding only if the plan says so."""
        pointer = f"{example.body.pointer.removesuffix('/schema')}/examples/{example.name}"
        absent = self.unrecorded(example)
        if self.plan.require_complete:
            self.keep(phase_result, (Finding(COMPLETE, str(found), found.pointer) for found in absent))
        if not any(found.request == example.request for found in absent):
            self._example(phase_result, example, pointer)
        return absent

    def unrecorded(self, example: Example) -> tuple[Unrecorded, ...]:
        """List what a tape lacks of an example: itself, its other form, what follows it."""
        if "replay" not in self.target.capabilities:
            return ()
        return tuple(lacking(self.oracle.contract, tape_of(self.target), steps_of(example)))

    def _example(self, phase_result: PhaseResult, example: Example, pointer: str) -> None:
        exchange = self.send(example.request, f"example {example.name}")
        self._judge(phase_result, exchange)
        self.survey.note_judged("examples_succeed", [exchange])
        status = exchange.response.status
        if status != 200:
            message = f"the example {example.name} of the contract should be answered 200; got {status}"
            self.keep(phase_result, [Finding("examples_succeed", message, pointer, exchange)])

    def tape(self, phase_result: PhaseResult) -> None:
        """Judge everything on the tape by the contract at hand, whatever spec it was recorded under."""
        tape = tape_of(self.target)
        for exchange in tape.exchanges:
            self._judge(phase_result, exchange)
        if self.plan.max_age is not None:
            self.keep(phase_result, age_findings(tape, self.plan.max_age, self.started))

    def scenarios(self, phase_result: PhaseResult) -> None:
        """Run every scenario that the target allows."""
        for scenario in SCENARIOS:
            if scenario.needs in self.target.capabilities:
                self.scenario(phase_result, scenario)

    def scenario(self, phase_result: PhaseResult, scenario: Scenario) -> None:
        """Run one scenario; what it sends is judged by the checks as well."""
        label = f"scenario {scenario.name}"
        context = ScenarioContext(
            self.oracle, lambda request: self.send(request, label).response, label, self.survey.see
        )
        findings: list[Finding] = []
        try:
            findings += scenario.run(context)
            self.survey.note_judged(scenario.name, context.exchanges)
        finally:
            self.keep(phase_result, [*findings, *context.findings])
            phase_result.exchanges += len(context.exchanges)

    def coverage(self, phase_result: PhaseResult) -> None:
        """Walk every field and keyword of the spec."""
        entry = self.corpus.entry(self.oracle.contract, self.survey, "coverage")
        self._generated(phase_result, entry, Generator.coverage)

    def fuzz(self, phase_result: PhaseResult) -> None:
        """Draw requests."""
        seed, cases = self.plan.seed, self.plan.cases
        entry = self.corpus.entry(self.oracle.contract, self.survey, "fuzz", seed, cases)
        self._generated(phase_result, entry, lambda generator: generator.fuzz(seed=seed, cases=cases))

    def _generated(
        self, phase_result: PhaseResult, entry: Entry, draw: Callable[[Generator], Iterator[Kept]]
    ) -> None:
        """Send what was kept, or else what is drawn now; judge every answer that was not judged before."""
        if not entry.is_complete:
            for kept in draw(self.generator):
                entry.add(kept)
                self._generated_one(phase_result, entry, len(entry.requests) - 1)
        else:
            for index in range(len(entry.requests)):
                self._generated_one(phase_result, entry, index)
        phase_result.remembered = entry.remembered
        entry.save(self.survey)

    def _generated_one(self, phase_result: PhaseResult, entry: Entry, index: int) -> None:
        kept = entry.requests[index]
        exchange = self.send(kept.request, f"{phase_result.phase} {index + 1}")
        self.survey.note_judged("schemathesis", [exchange])
        known = entry.recall(index, exchange.response)
        if known is not None:
            phase_result.exchanges += 1
            self.survey.take(known, exchange.response)
            return
        before = len(phase_result.findings)
        sighting = self._judge(phase_result, exchange)
        self.keep(phase_result, self.generator.stock_findings(kept, exchange))
        if len(phase_result.findings) == before:
            entry.remember(index, exchange.response, sighting)

    def _judge(self, phase_result: PhaseResult, exchange: Exchange) -> Sighting:
        phase_result.exchanges += 1
        context = CheckContext(self.oracle, exchange)
        self.keep(phase_result, run_checks(context))
        return self.survey.see(context)


@frozen
class Phase:
    """A phase of a run, and what a target must allow for it; an empty set is for every target."""

    name: str
    run: Callable[[Run, PhaseResult], None]
    needs: frozenset[Capability]


PHASES: tuple[Phase, ...] = (
    Phase("tape", Run.tape, frozenset({"replay"})),
    Phase("examples", Run.examples, frozenset()),
    Phase("scenarios", Run.scenarios, frozenset({"refusals"})),
    Phase("coverage", Run.coverage, frozenset({"generated"})),
    Phase("fuzz", Run.fuzz, frozenset({"generated"})),
)


def run(
    target: Target,
    oracle: Oracle,
    plan: Plan,
    began: Callable[[str], object] = lambda _: None,
    corpus: Corpus | None = None,
    on_exchange: OnExchange = ignore_exchange,
) -> Judgement:
    """Run every phase that the plan names and the target allows.

    Args:
        began: is told the name of each phase as it begins.
        corpus: where generated requests are kept; nowhere if None.
        on_exchange: is called with each exchange and the time at which its request was sent.

    Raises:
        CannotJudgeError: the target gives no answer, or a tape does not hold what is asked of it.
    """
    current_run = Run(oracle, target, plan, corpus or Corpus(), on_exchange=on_exchange)
    phase_results: list[PhaseResult] = []
    stopped: StoppedError | None = None
    for phase in PHASES:
        if phase.needs <= target.capabilities and (plan.phases is None or phase.name in plan.phases):
            began(phase.name)
            phase_results.append(PhaseResult(phase.name))
            stopped = timed(phase, current_run, phase_results[-1])
            if stopped is not None:
                break
    return judgement(current_run, tuple(phase_results), stopped)


def timed(phase: Phase, current_run: Run, phase_result: PhaseResult) -> StoppedError | None:
    """Run one phase; return why nothing more may be sent, if so."""
    started = time.perf_counter()
    try:
        phase.run(current_run, phase_result)
    except StoppedError as error:
        return error
    finally:
        phase_result.seconds = time.perf_counter() - started
    return None


def judgement(
    current_run: Run, phase_results: tuple[PhaseResult, ...], stopped: StoppedError | None = None
) -> Judgement:
    """Sum up a run."""
    contract = current_run.oracle.contract
    return Judgement(
        target=current_run.target.name,
        spec_sha256=contract.sha256,
        seed=current_run.plan.seed,
        notes=(
            *notes_on(current_run.target, current_run.oracle),
            *age_notes_on(current_run.target, current_run.started),
            *([f"not finished: {stopped}"] if stopped else []),
        ),
        phase_results=phase_results,
        origin=origin_of(current_run.target, current_run.survey),
        survey=current_run.survey,
        stopped=stopped,
        base_url=current_run.target.base_url if current_run.target.name == "live" else "",
        started=current_run.started,
    )


def origin_of(target: Target, survey: Survey) -> Origin:
    """Say who answered: a tape knows; at a URL it is the vendor, unless the answers say otherwise.

    A tape may hold answers of several origins; each of its exchanges names its own. For the whole of it
    stands the one that proves least, so that nothing counts as confirmed by whoever did not answer.
    """
    if "replay" in target.capabilities:
        origins = tape_of(target).origins
        return origins[0] if origins else "reference"
    return "vendor" if target.name == "live" and not survey.by_reference else "reference"


def age_notes_on(target: Target, now: datetime) -> tuple[str, ...]:
    """Say how old a tape is."""
    return tuple(age_notes(tape_of(target), now)) if "replay" in target.capabilities else ()


def notes_on(target: Target, oracle: Oracle) -> tuple[str, ...]:
    """Say what a reader must know to weigh the run, and what is no finding. It does not change by the day."""
    return tuple(lasting_notes(tape_of(target), oracle)) if "replay" in target.capabilities else ()
