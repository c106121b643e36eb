"""What a service answered differently since: two tapes compared by meaning, not by bytes."""

from collections.abc import Iterator
from typing import Any

from attrs import asdict, frozen

from eigen_contract.checks import CheckContext
from eigen_contract.exchange import Exchange
from eigen_contract.oracle import Oracle
from eigen_contract.recording.steps import is_planned
from eigen_contract.tape import Tape, TapeEntry
from eigen_contract.tape.matching import fingerprint
from eigen_contract.tape_review.meaning import Aspect, Meaning, meaning_of
from eigen_contract.tape_review.pruning import is_follower

SPREAD = 0.1
"""The part by which the length of a sound may differ: a voice does not speak twice at the same pace."""


@frozen
class Difference:
    """One aspect of an answer that was one way and is another. None stands for nothing."""

    label: str
    aspect: str
    place: str
    old: Any
    new: Any

    def __str__(self) -> str:
        where = f" of {self.place}" if self.place else ""
        return f"{self.label}: {self.aspect}{where} was {worded(self.old)} and is {worded(self.new)}"


@frozen
class Comparison:
    """How two tapes differ."""

    compared: int
    differences: tuple[Difference, ...]
    gone: tuple[str, ...]
    """Labels of what only the old tape has."""
    added: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return not (self.differences or self.gone or self.added)

    def as_json(self) -> dict[str, Any]:
        """Return the comparison as a JSON document."""
        return asdict(self)

    def as_text(self) -> str:
        """Write the comparison for a terminal."""
        lines = [str(difference) for difference in self.differences]
        lines += [f"{label}: only on the old tape" for label in self.gone]
        lines += [f"{label}: only on the new tape" for label in self.added]
        changed = len({difference.label for difference in self.differences})
        return "\n".join([*lines, f"{self.compared} answers compared, {changed} differ"])


def worded(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    return "nothing" if value is None else repr(value) if isinstance(value, str) else str(value)


def compare(oracle: Oracle, old: Tape, new: Tape) -> Comparison:
    """Compare the answers that two tapes have to the same requests.

    What follows a job is compared by its label: each job has an id of its own.
    """
    keys = {key_of(entry): entry for entry in old.entries}
    differences: list[Difference] = []
    added: list[str] = []
    compared: set[str] = set()
    for entry in new.entries:
        was = keys.get(key_of(entry))
        if was is None:
            added.append(entry.label)
            continue
        compared.add(key_of(entry))
        differences += differing(oracle, entry.label, was.exchange, entry.exchange)
    gone = tuple(entry.label for key, entry in keys.items() if key not in compared)
    return Comparison(len(compared), tuple(differences), gone, tuple(added))


def key_of(entry: TapeEntry) -> str:
    """Return that by which an exchange of one tape is found on another."""
    if is_planned(entry.label) and is_follower(entry.label):
        return entry.label
    return fingerprint(entry.exchange.request)


def differing(oracle: Oracle, label: str, old: Exchange, new: Exchange) -> Iterator[Difference]:
    """Yield the aspects in which two answers differ."""
    was, now = meaning_of(CheckContext(oracle, old)), meaning_of(CheckContext(oracle, new))
    if was[Aspect("status")] != now[Aspect("status")]:
        yield Difference(label, "status", "", was[Aspect("status")], now[Aspect("status")])
        return
    for aspect in dict.fromkeys((*was, *now)):
        if not is_alike(was, now, aspect):
            yield Difference(label, aspect.kind, aspect.place, was.get(aspect), now.get(aspect))


def is_alike(was: Meaning, now: Meaning, aspect: Aspect) -> bool:
    """Say whether two answers say the same of an aspect, as far as it does not differ by chance."""
    before, after = was.get(aspect), now.get(aspect)
    if isinstance(before, float) and isinstance(after, float):
        return abs(before - after) <= SPREAD * max(before, after)
    return bool(before == after)
