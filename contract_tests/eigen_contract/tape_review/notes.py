"""What a reader must know of a tape to weigh what is said by it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from eigen_contract.exchange import Finding
from eigen_contract.oracle import Oracle
from eigen_contract.recording.unrecorded import unrecorded
from eigen_contract.tape import Tape
from eigen_contract.tape_review.unseen import never_seen

DAY = timedelta(days=1)
RECENT = "recordings_are_recent"
COMPLETE = "examples_are_on_the_tape"


def lasting_notes(tape: Tape, oracle: Oracle) -> Iterator[str]:
    """Yield what follows from a tape and a contract alone, and does not change from day to day."""
    for origin in tape.origins:
        recorded = [entry.provenance.recorded for entry in tape.entries if entry.provenance.origin == origin]
        first, last = min(recorded).date(), max(recorded).date()
        dates = f"of {first}" if first == last else f"of {first} to {last}"
        yield f"the tape holds {len(recorded)} exchanges {dates}, origin {origin}"
    others = sum(entry.provenance.spec_sha256 != oracle.contract.sha256 for entry in tape.entries)
    if others:
        which = "all" if others == len(tape.entries) else f"{others} of {len(tape.entries)}"
        yield f"{which} were recorded under another spec; they are judged by this one"
    lacking = [found.label for found in unrecorded(oracle.contract, tape)]
    if lacking:
        yield f"{len(lacking)} unrecorded ({', '.join(lacking)}): eigen-contract record --missing"
    operations, variants, answers, statements = never_seen(oracle, tape)
    counts = f"{len(answers.unseen)} of {answers.total} {answers.kind}"
    rest = f"{len(statements.unseen)} of {statements.total} {statements.kind}"
    yield f"never seen on the tape: {operations}, {variants}, {counts}, {rest}"


def age_notes(tape: Tape, now: datetime) -> Iterator[str]:
    """Yield how old a tape is."""
    if tape.entries:
        ages = [now - entry.provenance.recorded for entry in tape.entries]
        oldest, newest = days(max(ages)), days(min(ages))
        spread = "" if oldest == newest else f", the newest {newest}"
        yield f"the oldest exchange on the tape is {oldest} old{spread}"


def days(age: timedelta) -> str:
    """Write an age in whole days."""
    count = max(0, age // DAY)
    return f"{count} day" if count == 1 else f"{count} days"


def age_findings(tape: Tape, max_age: float, now: datetime) -> Iterator[Finding]:
    """Find the exchanges that are older than so many days."""
    old = sorted(
        (entry.provenance.recorded, entry.label)
        for entry in tape.entries
        if now - entry.provenance.recorded > max_age * DAY
    )
    if old:
        recorded, label = old[0]
        yield Finding(
            RECENT,
            f"{len(old)} of {len(tape.entries)} exchanges should be at most {max_age:g} days old; "
            f"the oldest, {label}, is of {recorded.date()}: eigen-contract record --older-than {max_age:g}",
            "#/paths",
        )
