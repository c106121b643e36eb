"""Finds what is on a tape and no longer belongs to the contract."""

from collections.abc import Iterator, Mapping

from attrs import frozen

from eigen_contract.recording.following import following, job_of
from eigen_contract.recording.steps import Step, is_planned, steps
from eigen_contract.spec import Contract
from eigen_contract.tape import Tape, TapeEntry
from eigen_contract.tape.matching import fingerprint


@frozen
class Superseded:
    """One exchange that no longer belongs on a tape, and why."""

    label: str
    reason: str


def superseded(tape: Tape, contract: Contract) -> tuple[Superseded, ...]:
    """List what the contract no longer has. What programs recorded or archives brought stays while it can."""
    known = {step.label: step for step in steps(contract, refusals=True)}
    found: dict[str, str] = {}
    while True:
        # What follows a job goes with it, and what follows that with that.
        left = tape.without(found)
        followed = dict(followers(left, contract))
        pairs = ((entry.label, reason_for(entry, contract, known, followed)) for entry in left.entries)
        more = {label: reason for label, reason in pairs if reason is not None}
        if not more:
            return tuple(Superseded(label, reason) for label, reason in found.items())
        found |= more


def followers(tape: Tape, contract: Contract) -> Iterator[tuple[str, str]]:
    """Yield the labels of what follows the jobs on a tape, each with the form of its request."""
    for entry in tape.entries:
        job = job_of(contract, entry)
        if job is not None:
            yield job.status_label, fingerprint(job.status_request)
            yield job.result_label, fingerprint(job.result_request)


def reason_for(
    entry: TapeEntry, contract: Contract, known: Mapping[str, Step], followed: Mapping[str, str]
) -> str | None:
    """Say why an exchange no longer belongs on a tape; None if it does."""
    request, label = entry.exchange.request, entry.label
    if not contract.methods_of(request.path):
        return f"the contract has no path {request.path}"
    if not is_planned(label):
        return None
    if label in known:
        is_same = fingerprint(known[label].request) == fingerprint(request)
        return None if is_same else "the contract shows another request under this name"
    if is_follower(label):
        is_same = followed.get(label) == fingerprint(request)
        return None if is_same else "the tape has no job that it follows"
    return "the contract has no such example"


def is_follower(label: str) -> bool:
    """Say whether a label is that of something that follows a job."""
    base = label.rpartition(", ")[0]
    return label in following(base)
