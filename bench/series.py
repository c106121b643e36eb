"""What a measurement gives: one number a round, for one subject in one row."""

from collections.abc import Sequence
from statistics import median, quantiles
from typing import NamedTuple


class Effort(NamedTuple):
    """How much to measure. `quick` is for trying the bench out; its figures are noisy."""

    quick: bool = False

    def choose(self, full: int, quick: int) -> int:
        """Give a number of rounds, calls or bytes."""
        return quick if self.quick else full


class Series(NamedTuple):
    """One subject's numbers in one row, in the row's unit: round by round, so that rounds can be paired."""

    row: str
    subject: str
    values: tuple[float, ...]


class Spread(NamedTuple):
    """A median between its quartiles."""

    low: float
    median: float
    high: float


def spread(values: Sequence[float]) -> Spread:
    """Summarise at least one value."""
    if len(values) == 1:
        return Spread(values[0], values[0], values[0])
    low, _, high = quantiles(values, n=4, method="inclusive")
    return Spread(low, median(values), high)


def ratio(values: Sequence[float], baseline: Sequence[float]) -> Spread:
    """Summarise how many times the baseline was taken, round by round.

    Both numbers of a round were measured within the same moments, so what else the machine did cancels out.
    """
    return spread([value / base for value, base in zip(values, baseline, strict=False)])
