"""A planted fault, what came of it, and the seeded draw from all that an operator can plant."""

import random
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from attrs import frozen

Side = Literal["server", "client", "spec"]
SIDES: tuple[Side, ...] = ("server", "client", "spec")
State = Literal["caught", "lived", "argued", "refused", "broken"]
"""`argued`: it lived, and `argued.toml` says why nobody outside could notice. `refused`: it could not be
planted, because the factory takes no such spec; another is drawn in its place. `broken`: the planting itself
failed, since what it changes has moved: mend the operator."""


@frozen
class Mutant:
    """One fault: which operator, applied where. `plant` is what the side's judge needs to plant it."""

    side: Side
    family: str
    operator: str
    pointer: str
    plant: Any

    @property
    def name(self) -> str:
        return f"{self.operator} at {self.pointer}"


@frozen
class Outcome:
    """What came of a mutant: the check or test that caught it first, or why it lived."""

    side: Side
    family: str
    operator: str
    pointer: str
    state: State
    said: str
    seconds: float


def drawn(pool: Iterable[Mutant], seed: int) -> list[Mutant]:
    """Put mutants into an order that follows from the seed and takes from every family, operator by operator.

    The first N of it are a sample of N: as even over the families as they allow.
    """
    dice = random.Random(seed)
    families: dict[str, dict[str, list[Mutant]]] = {}
    for mutant in pool:
        families.setdefault(mutant.family, {}).setdefault(mutant.operator, []).append(mutant)
    return taken_in_turn([taken_in_turn(shuffled(dice, of.values())) for of in families.values()])


def shuffled(dice: random.Random, groups: Iterable[list[Mutant]]) -> list[list[Mutant]]:
    """Shuffle groups, and what is in each."""
    mixed = [dice.sample(group, len(group)) for group in groups]
    return dice.sample(mixed, len(mixed))


def taken_in_turn(groups: Sequence[Sequence[Mutant]]) -> list[Mutant]:
    """Take the first of each group, then the second of each, until all are empty."""
    longest = max(map(len, groups), default=0)
    return [group[turn] for turn in range(longest) for group in groups if turn < len(group)]
