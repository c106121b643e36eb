"""Measures batches beside bare loops: rows a second, memory, the time to go on, and two workers of Dask.

Each part runs in a process of its own and measures both sides there, one after the other, so that what else
the machine does cancels out of the ratio as far as it can.
"""

import sys
from collections import defaultdict

from . import memory
from .bars import OURS, figures, load_rows, misses
from .processes import Failed, measure
from .report import text
from .series import Effort, Series

# A million rows take minutes.
_PATIENCE = 3600.0


def main(effort: Effort) -> list[str]:
    """Measure and print, each figure beside its bar; return the rows that were missed. Raises Failed."""
    if not memory.require(lambda reason: print(reason, file=sys.stderr)):
        raise Failed("memory cannot be measured here")
    values: dict[str, list[float]] = defaultdict(list)
    for _ in range(effort.choose(5, 1)):
        for places in (64, 256):
            figure = _measure("flight", places, effort.choose(20_000, 1_000))
            values[f"batch.flight.{places}"].append(figure["ratio"])
    figure = _measure("million", effort.choose(1_000_000, 20_000), 64)
    for name in ("ratio", "sending", "validation", "memory", "last"):
        values[f"batch.million.{name}"].append(figure[name])
    values["batch.resume"].append(_measure("resume", effort.choose(1_000_000, 20_000))["first"])
    for _ in range(effort.choose(3, 1)):
        values["batch.dask"].append(_measure("cluster", 64, effort.choose(10_000, 500))["ratio"])
    rows = load_rows()
    found = figures(rows, [Series(row, OURS, tuple(numbers)) for row, numbers in values.items()])
    print(text(found))
    return misses(rows, found, {"batch"})


def _measure(part: str, *numbers: int) -> dict[str, float]:
    print(f"measuring {part} {' '.join(map(str, numbers))}", file=sys.stderr, flush=True)
    return measure("bench.batch_runs", part, *map(str, numbers), timeout=_PATIENCE)
