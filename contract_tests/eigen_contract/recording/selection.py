"""Chooses what a recording sends: everything, what is missing, what is named, or what is old."""

from datetime import datetime, timedelta

from attrs import frozen

from eigen_contract.errors import CannotJudgeError
from eigen_contract.recording.following import job_of
from eigen_contract.recording.steps import Step, steps
from eigen_contract.spec import Contract
from eigen_contract.tape import Tape, TapeEntry


@frozen
class Choice:
    """What a command line asks for; everything if it asks for nothing of these."""

    missing: bool = False
    refresh: tuple[str, ...] = ()
    """Labels of exchanges, or names of examples."""
    older_than: timedelta | None = None

    @property
    def is_everything(self) -> bool:
        return not self.missing and not self.refresh and self.older_than is None


@frozen
class Task:
    """One step that a recording is to send, and why."""

    step: Step
    reason: str
    entry: TapeEntry | None = None
    """What the tape holds for it."""
    follows_only: bool = False
    """Whether the answer to the step is on the tape, and only what follows it is missing."""


def tasks(contract: Contract, tape: Tape, choice: Choice, *, refusals: bool, now: datetime) -> list[Task]:
    """List what to send, in the order of the contract, but what follows a job first: jobs are forgotten.

    Raises:
        CannotJudgeError: a name is not in the contract.
    """
    listed = steps(contract, refusals=refusals)
    named = named_steps(listed, choice.refresh)
    chosen = (task_of(contract, tape, choice, step, is_named=step in named, now=now) for step in listed)
    wanted = [task for task in chosen if task is not None]
    return sorted(wanted, key=lambda task: not task.follows_only)


def named_steps(listed: tuple[Step, ...], names: tuple[str, ...]) -> list[Step]:
    """Return the steps that names mean: a label, what follows a label, or an example in all its forms."""
    found: list[Step] = []
    for name in names:
        label = name.removesuffix(", status").removesuffix(", video")
        matching = [step for step in listed if is_called(step, label)]
        if not matching:
            known = ", ".join(step.label for step in listed)
            raise CannotJudgeError(f"the contract has no example {name!r}; take one of {known}")
        found += matching
    return found


def is_called(step: Step, name: str) -> bool:
    return name == step.label or any(
        step.label == f"{kind} {name}" or step.label.startswith(f"{kind} {name} as ")
        for kind in ("example", "refused")
    )


def task_of(
    contract: Contract, tape: Tape, choice: Choice, step: Step, *, is_named: bool, now: datetime
) -> Task | None:
    """Return what to send for a step; None if nothing."""
    matching = tape.matching(step.request)
    entry = matching[-1] if matching else None
    if choice.is_everything:
        return Task(step, "everything", entry)
    if is_named:
        return Task(step, "named", entry)
    if entry is None:
        return Task(step, "missing") if choice.missing else None
    if choice.older_than is not None and now - entry.provenance.recorded > choice.older_than:
        return Task(step, f"of {entry.provenance.recorded:%Y-%m-%d}", entry)
    job = job_of(contract, entry)
    if choice.missing and job is not None and job.missing_from(tape):
        return Task(step, "what follows is missing", entry, follows_only=True)
    return None
