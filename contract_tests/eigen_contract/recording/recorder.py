"""Sends what a recording was asked for, and saves the tape after every answer."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

from attrs import define, evolve, field

from eigen_contract import __version__
from eigen_contract.errors import BudgetSpentError
from eigen_contract.exchange import Exchange, Origin, Request, Response
from eigen_contract.recording.credits import credits_of, remaining
from eigen_contract.recording.following import Job, following, job_of
from eigen_contract.recording.selection import Task
from eigen_contract.recording.steps import Step, is_planned, steps
from eigen_contract.spec import Contract
from eigen_contract.survey import ENGINE
from eigen_contract.tape import Provenance, Tape, TapeEntry
from eigen_contract.tape.secrets import SECRET, holds_key
from eigen_contract.tape.storage import exclusive
from eigen_contract.targets.recorded import tape_of
from eigen_contract.targets.target import Target

PASSING = frozenset({401, 402, 403, 408, 425, 429, 500, 502, 503, 504})
"""Statuses that say something about this moment, this account or this key, and nothing about the example."""
UNAVAILABLE = PASSING - {401, 402, 403}
"""Statuses that say nothing about a refusal either."""
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
"""Seconds between two looks at a job: each pause is twice the last, as every look is a request."""


@define
class Recorder:
    """One recording into one folder.

    Args:
        origin: who answers; by the target and its answers if None.
        budget: the most requests that are sent; unlimited if None.
        began: is called with the label of each exchange before it is sent.
    """

    target: Target
    contract: Contract
    folder: Path
    origin: Origin | None = None
    budget: int | None = None
    began: Callable[[str], object] = lambda _: None
    tape: Tape = field(init=False)
    recorded: list[str] = field(init=False, factory=list[str])
    """Labels of what was recorded and saved."""
    unkept: list[str] = field(init=False, factory=list[str])
    """Why answers were not kept, each with its label."""
    _sent: int = field(init=False, default=0)
    _credits: float | None = field(init=False, default=None)

    _order: tuple[str, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.tape = Tape.load_or_empty(self.folder)
        self._order = tuple(step.label for step in steps(self.contract, refusals=True))

    def record(self, wanted: Sequence[Task]) -> None:
        """Send tasks one after the other.

        Raises:
            CannotJudgeError: nothing more can be sent. What was recorded until then is on the tape.
        """
        with exclusive(self.folder):
            # What another recording wrote since this one looked must not be lost.
            self.tape = Tape.load_or_empty(self.folder)
            for task in wanted:
                self._record(task)

    def _record(self, task: Task) -> None:
        if task.follows_only and task.entry is not None:
            job = job_of(self.contract, task.entry)
            if job is not None and self._follow(job):
                return
        self.began(task.step.label)
        exchange = self._exchange(task.step.request, task.step.label)
        passing = UNAVAILABLE if task.step.is_refusal else PASSING
        if exchange.response.status in passing:
            self._leave(task.step.label, f"was answered {exchange.response.status}")
            return
        entry = self._keep(exchange, self._position(task.step))
        job = job_of(self.contract, entry) if entry is not None else None
        if job is not None and not self._follow(job):
            self._leave(job.status_label, "was answered 404")

    def _follow(self, job: Job) -> bool:
        """Record the status of a job and what it made; return whether the server knows the job."""
        if job.missing_from(self.tape) == (job.result_label,):
            return self._fetch(job)
        self.began(job.status_label)
        status = self._settled(job)
        if status.response.status == 404:
            return False
        if not job.wait.is_final(status.response):
            self._leave(job.status_label, f"is not final after {job.wait.timeout:g} s; go on with --missing")
            return True
        if status.response.status in PASSING:
            self._leave(job.status_label, f"was answered {status.response.status}")
            return True
        self._keep(status, self._behind(job.label))
        if job.wait.state(status.response) in job.wait.done and not self._fetch(job):
            self._leave(job.result_label, "was answered 404")
        return True

    def _fetch(self, job: Job) -> bool:
        """Record what a job made; return whether the server knows the job."""
        self.began(job.result_label)
        result = self._exchange(job.result_request, job.result_label)
        if result.response.status == 404:
            return False
        if result.response.status in PASSING:
            self._leave(job.result_label, f"was answered {result.response.status}")
        else:
            self._keep(result, self._behind(job.status_label))
        return True

    def _settled(self, job: Job) -> Exchange:
        """Ask for the status of a job until it is final, or for as long as the contract has it waited for."""
        deadline, pause = time.monotonic() + job.wait.timeout, FIRST_PAUSE
        while True:
            exchange = self._exchange(job.status_request, job.status_label)
            if job.wait.is_final(exchange.response) or time.monotonic() > deadline:
                return exchange
            time.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)

    def _exchange(self, request: Request, label: str) -> Exchange:
        if self.budget is not None and self._sent >= self.budget:
            raise BudgetSpentError(f"the budget of {self.budget} requests is spent")
        self._sent += 1
        return Exchange(request, self.target.send(request), label)

    def _leave(self, label: str, reason: str) -> None:
        self.unkept.append(f"{label} {reason}")

    def _position(self, step: Step) -> int:
        """Return where a new entry belongs: behind what the contract has before it, and what follows that."""
        before = list(takewhile(lambda label: label != step.label, self._order))
        positions = [self._behind(label) for label in before if self.tape.entry(label) is not None]
        return max(positions, default=0)

    def _behind(self, label: str) -> int:
        """Return the position behind an entry and what follows it."""
        labels = [entry.label for entry in self.tape.entries]
        behind = [
            index + 1 for index, known in enumerate(labels) if known == label or known in following(label)
        ]
        return max(behind, default=len(labels))

    def _keep(self, exchange: Exchange, position: int) -> TapeEntry | None:
        """Put an exchange on the tape and save it; return None if it may not be kept."""
        label, response = exchange.label, exchange.response
        entry = TapeEntry(
            exchange, self._provenance(exchange.request, response), credits_of(response, self._credits)
        )
        self._credits = remaining(response) or self._credits
        if holds_key(exchange, self.target.api_key) or SECRET.search(response.body):
            self._leave(label, "was answered with what looks like a key")
            return None
        old = self.tape.entry(label)
        if old is not None and old.provenance.origin == "vendor" != entry.provenance.origin:
            self._leave(label, "stays as the vendor answered it; name another --out, or prune it first")
            return None
        tape = self.tape.without(self._superseded(exchange)).with_entry(entry, position)
        tape.save(self.folder, self.target.api_key)
        self.tape = tape
        self.recorded.append(label)
        return entry

    def _superseded(self, exchange: Exchange) -> Iterator[str]:
        """Yield the labels of what a new answer makes meaningless: what followed the old one.

        So is an entry of another label with the same request, as it stands after an example was renamed.
        """
        old = self.tape.entry(exchange.label)
        if old is not None and job_of(self.contract, old) is not None:
            yield from following(old.label)
        for entry in self.tape.matching(exchange.request):
            if entry.label != exchange.label and is_planned(entry.label):
                yield entry.label

    def _provenance(self, request: Request, response: Response) -> Provenance:
        """Say where an answer comes from; a tape that is copied says it itself."""
        if "replay" in self.target.capabilities:
            matching = tape_of(self.target).matching(request)
            if matching:
                return evolve(matching[-1].provenance, origin=self.origin or matching[-1].provenance.origin)
        by_reference = self.target.name != "live" or response.header(ENGINE) is not None
        origin = self.origin or ("reference" if by_reference else "vendor")
        return Provenance(origin, datetime.now(UTC), self.contract.sha256, (f"eigen-contract/{__version__}",))
