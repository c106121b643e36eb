"""What the contract has and a tape lacks."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from eigen_contract.recording.following import job_of
from eigen_contract.recording.steps import Step, steps
from eigen_contract.spec import Contract
from eigen_contract.tape import Tape


@frozen
class Unrecorded:
    """One exchange that a tape lacks."""

    label: str
    pointer: str
    """Where the contract shows it."""
    after: str | None = None
    """The label of the exchange that it follows; None if it stands alone."""

    def __str__(self) -> str:
        return f"{self.label} is not on the tape"


def unrecorded(contract: Contract, tape: Tape) -> tuple[Unrecorded, ...]:
    """List the examples that a tape lacks, and what it lacks of what follows them."""
    return tuple(lacking(contract, tape, steps(contract, refusals=False)))


def lacking(contract: Contract, tape: Tape, wanted: Iterable[Step]) -> Iterator[Unrecorded]:
    """Yield what a tape lacks of some steps."""
    for step in wanted:
        matching = tape.matching(step.request)
        if not matching:
            yield Unrecorded(step.label, step.pointer)
            continue
        job = job_of(contract, matching[-1])
        for label in job.missing_from(tape) if job is not None else ():
            yield Unrecorded(label, step.pointer, matching[-1].label)
