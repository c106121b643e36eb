"""Performs the steps of a run: sends what each is made of, and judges every answer."""

import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cached_property

from attrs import Factory, define, evolve, field, frozen

from eigen_contract.checks import CheckContext, run_checks
from eigen_contract.compose import compose
from eigen_contract.corpus import Corpus, Entry, Kept
from eigen_contract.errors import NoAnswerError, StoppedError
from eigen_contract.examples import Example, examples
from eigen_contract.exchange import Exchange, Finding, Origin, Request
from eigen_contract.fuzz import Generator
from eigen_contract.judgement import PhaseResult, Plan
from eigen_contract.known_answers import KnownAnswers
from eigen_contract.oracle import Oracle
from eigen_contract.planning import PlannedStep, Planner
from eigen_contract.recording.steps import steps_of
from eigen_contract.recording.unrecorded import Unrecorded, lacking
from eigen_contract.retention import Retention
from eigen_contract.scenarios import SCENARIOS, Scenario, ScenarioContext, walk
from eigen_contract.survey import Sighting, Survey
from eigen_contract.tape_review.notes import COMPLETE, age_findings
from eigen_contract.targets.recorded import tape_of
from eigen_contract.targets.target import Target

SILENCE = 3
"""Requests in a row without an answer after which a server is taken to be gone."""
ANSWERED = "requests_are_answered"
"""The check that a request without a whole answer breaks."""


OnExchange = Callable[[Exchange, datetime], object]
"""Is called with each exchange and the time at which its request was sent."""


def ignore_exchange(_: Exchange, __: datetime) -> None:
    """Do nothing with an exchange."""


@define
class Contact:
    """Whether a server answers: at all, and lately. Several threads may share it."""

    answered: bool = False
    silent: int = 0
    """Requests in a row that got no answer."""
    sent: int = 0
    """Requests that got an answer."""
    lock: threading.Lock = field(factory=threading.Lock, repr=False)


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
    _contact: Contact = field(factory=Contact, init=False, repr=False)
    _answers: KnownAnswers = field(factory=KnownAnswers, init=False, repr=False)

    @cached_property
    def generator(self) -> Generator:
        return Generator.of(self.oracle.contract)

    @cached_property
    def planner(self) -> Planner:
        plan = self.plan
        return Planner(self.oracle, self.target.capabilities, plan.cases, plan.selection)

    @property
    def allows_refusals(self) -> bool:
        return "refusals" in self.target.capabilities

    def send(self, request: Request, label: str) -> Exchange:
        """Send a request; every request of a run goes through here.

        Raises:
            NoAnswerError: there is no whole answer.
            StoppedError: there was none several times in a row, or nothing more may be sent.
        """
        began = datetime.now(UTC)
        try:
            exchange = Exchange(request, self.target.send(request), label, self._origin(request))
        except NoAnswerError as error:
            with self._contact.lock:
                self._contact.silent += 1
                is_gone = self._contact.answered and self._contact.silent >= SILENCE
            if is_gone:
                raise StoppedError(f"{SILENCE} requests in a row without an answer: {error}") from error
            raise
        with self._contact.lock:
            self._contact.answered, self._contact.silent = True, 0
            self._contact.sent += 1
            self.on_exchange(exchange, began)
        return exchange

    def _origin(self, request: Request) -> Origin | None:
        """Say who answers a request, where a tape with answers of several origins does."""
        matching = tape_of(self.target).matching(request) if "replay" in self.target.capabilities else ()
        return matching[-1].provenance.origin if matching else None

    @property
    def sent(self) -> int:
        """How many requests got an answer so far."""
        return self._contact.sent

    def keep(self, phase_result: PhaseResult, findings: Iterable[Finding]) -> None:
        """Add findings to a phase, with as much of their exchanges as memory allows."""
        listed = list(findings)
        with self._contact.lock:
            phase_result.findings += self.retention.keep(listed)

    def step(self, step: PlannedStep, phase_result: PhaseResult, part: int | None = None) -> None:
        """Run one step, and keep its seconds.

        Args:
            part: the most requests to send of a divisible step.

        Raises:
            StoppedError: nothing more may be sent.
            NoAnswerError: the server has answered nothing at all so far.
        """
        started = time.perf_counter()
        try:
            self._perform(step, phase_result, part)
        except NoAnswerError as error:
            self._unanswered(phase_result, error)
        finally:
            phase_result.seconds += time.perf_counter() - started

    def _perform(self, step: PlannedStep, phase_result: PhaseResult, part: int | None) -> None:
        match step.phase:
            case "tape":
                self.tape(phase_result)
            case "examples":
                self.example(phase_result, self.examples[step.name])
            case "scenarios":
                self.scenario(phase_result, SCENARIO[step.name])
            case "walk":
                self.walk(phase_result, part)
            case "coverage":
                self.coverage(phase_result, part)
            case "fuzz":
                self.fuzz(phase_result, part)

    def _unanswered(self, phase_result: PhaseResult, error: NoAnswerError) -> None:
        """Keep that a request got no answer, which is a finding once the server has answered others."""
        if not self._contact.answered:
            raise error
        self.keep(phase_result, [Finding(ANSWERED, str(error), "#/paths")])

    @cached_property
    def examples(self) -> dict[str, Example]:
        """Every named example of the spec, asking for the models of the plan."""
        models, known = self.plan.models, self.oracle.models
        found: dict[str, Example] = {}
        for example in examples(self.oracle.contract):
            filled = models.applied(example.filled, known)
            request = compose(example.operation, example.body.media_type, filled)
            found[example.name] = evolve(example, filled=filled, request=request)
        return found

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
        self._answers.keep(exchange)
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

    def scenario(self, phase_result: PhaseResult, scenario: Scenario) -> None:
        """Run one scenario; what it sends is judged by the checks as well."""
        label = f"scenario {scenario.name}"
        context = ScenarioContext(
            self.oracle,
            lambda request: self.send(request, label).response,
            label,
            self._see,
            models=self.plan.models,
            job_patience=self.plan.job_patience,
            answers=self._answers,
        )
        findings: list[Finding] = []
        try:
            findings += scenario.run(context)
        finally:
            with self._contact.lock:
                self.survey.note_judged(scenario.name, [*context.exchanges, *context.reused])
            self.keep(phase_result, [*findings, *context.findings])
            phase_result.exchanges += len(context.exchanges)

    def walk(self, phase_result: PhaseResult, part: int | None = None) -> None:
        """Send each property alone as it may be, and as it may not be where that is allowed."""
        requests = [
            request for request in walk.requests_of(self.oracle.contract) if self._may_be_sent(request)
        ]
        chosen = [requests[index] for index in self._share(requests, part)]
        for exchange in self._sent(chosen, [f"walk {place}" for place, _ in enumerate(chosen, 1)]):
            if isinstance(exchange, NoAnswerError):
                self._unanswered(phase_result, exchange)
            else:
                self._judge(phase_result, exchange)

    def coverage(self, phase_result: PhaseResult, part: int | None = None) -> None:
        """Walk every field and keyword of the spec."""
        entry = self.corpus.entry(self.oracle.contract, self.survey, "coverage")
        self._fill(entry, lambda generator: generator.coverage())
        self._generated(phase_result, entry, part)

    def fuzz(self, phase_result: PhaseResult, part: int | None = None) -> None:
        """Draw requests."""
        seed, cases = self.plan.seed, self.plan.cases if part is None else min(part, self.plan.cases)
        entry = self.corpus.entry(self.oracle.contract, self.survey, "fuzz", seed, cases)
        self._fill(entry, lambda generator: generator.fuzz(seed=seed, cases=cases))
        self._generated(phase_result, entry, part)

    def _fill(self, entry: Entry, draw: Callable[[Generator], Iterable[Kept]]) -> None:
        """Generate the requests of an entry, unless they were kept."""
        if not entry.is_complete:
            for kept in draw(self.generator):
                entry.add(kept)

    def _generated(self, phase_result: PhaseResult, entry: Entry, part: int | None) -> None:
        """Send what was generated; judge every answer that was not judged before."""
        requests = [kept.request for kept in entry.requests]
        allowed = [index for index, request in enumerate(requests) if self._may_be_sent(request)]
        indexes = [allowed[place] for place in self._share(allowed, part)]
        labels = [f"{phase_result.phase} {index + 1}" for index in indexes]
        sent = self._sent([requests[index] for index in indexes], labels)
        try:
            for index, exchange in zip(indexes, sent, strict=True):
                if isinstance(exchange, NoAnswerError):
                    self._unanswered(phase_result, exchange)
                else:
                    self._generated_one(phase_result, entry, index, exchange)
        finally:
            phase_result.remembered = entry.remembered
            entry.save(self.survey)

    def _generated_one(self, phase_result: PhaseResult, entry: Entry, index: int, exchange: Exchange) -> None:
        self.survey.note_judged("schemathesis", [exchange])
        known = entry.recall(index, exchange.response)
        if known is not None:
            phase_result.exchanges += 1
            self.survey.take(known, exchange.response)
            return
        before = len(phase_result.findings)
        sighting = self._judge(phase_result, exchange)
        self.keep(phase_result, self.generator.stock_findings(entry.requests[index], exchange))
        if len(phase_result.findings) == before:
            entry.remember(index, exchange.response, sighting)

    def _may_be_sent(self, request: Request) -> bool:
        """Say whether a generated request may be sent: any, or only one that is valid for sure."""
        return self.allows_refusals or self.oracle.judge(request).ruling == "accept"

    def _share(self, requests: Sequence[object], part: int | None) -> Sequence[int]:
        """Return the places of a part of requests: spread over all of them, by the seed alone."""
        places = range(len(requests))
        if part is None or part >= len(places):
            return places
        return sorted(random.Random(self.plan.seed).sample(places, part))

    def _sent(self, requests: Sequence[Request], labels: Sequence[str]) -> Iterator[Exchange | NoAnswerError]:
        """Send requests, as many at a time as the target takes; yield what came of each, in their order."""

        def attempt(request: Request, label: str) -> Exchange | NoAnswerError:
            try:
                return self.send(request, label)
            except NoAnswerError as error:
                return error

        size = self.target.concurrency
        if size == 1:
            yield from map(attempt, requests, labels)
            return
        with ThreadPoolExecutor(size) as workers:
            for start in range(0, len(requests), size):
                end = start + size
                yield from workers.map(attempt, requests[start:end], labels[start:end])

    def _judge(self, phase_result: PhaseResult, exchange: Exchange) -> Sighting:
        phase_result.exchanges += 1
        context = CheckContext(self.oracle, exchange)
        self.keep(phase_result, run_checks(context))
        return self._see(context)

    def _see(self, context: CheckContext) -> Sighting:
        with self._contact.lock:
            return self.survey.see(context)


SCENARIO = {scenario.name: scenario for scenario in SCENARIOS}
