"""What the contract has and a tape lacks."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from eigen_contract.exchange import Request
from eigen_contract.recording.following import job_of
from eigen_contract.recording.steps import Step, steps
from eigen_contract.spec import Contract
from eigen_contract.tape import Tape
from eigen_contract.tape.matching import unmatched


@frozen
class Unrecorded:
    """One exchange that a tape lacks."""

    label: str
    pointer: str
    """Where the contract shows it."""
    request: Request | None = None
    """What should be sent; None for what follows a job, which depends on an answer."""
    nearest: str = ""
    """What the tape has instead."""

    def __str__(self) -> str:
        return self.nearest or f"{self.label} is not on the tape"


def unrecorded(contract: Contract, tape: Tape) -> tuple[Unrecorded, ...]:
    """List the examples that a tape lacks, and what it lacks of what follows them."""
    return tuple(lacking(contract, tape, steps(contract, refusals=False)))


def lacking(contract: Contract, tape: Tape, wanted: Iterable[Step]) -> Iterator[Unrecorded]:
    """Yield what a tape lacks of some steps."""
    for step in wanted:
        matching = tape.matching(step.request)
        if not matching:
            nearest = str(unmatched(step.request, tape.exchanges))
            yield Unrecorded(step.label, step.pointer, step.request, nearest)
            continue
        job = job_of(contract, matching[-1])
        for label in job.missing_from(tape) if job is not None else ():
            yield Unrecorded(label, step.pointer)
