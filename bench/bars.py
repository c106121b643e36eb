"""Rows and their bars, as bars.toml has them, and the judgement of a figure by its bar."""

import tomllib
from collections.abc import Collection, Sequence
from math import isfinite, isinf
from pathlib import Path
from typing import Any, NamedTuple

from .series import Series, Spread, ratio, spread

BASELINE = "httpx"
OURS = "eigen-generate"


class Row(NamedTuple):
    """One row. `unit` is s, MB or nothing; bars are inclusive, and a row without one is for information."""

    id: str
    title: str
    unit: str = ""
    ratio_at_most: float | None = None
    at_most: float | None = None
    at_least: float | None = None

    @property
    def bar(self) -> str:
        """The bar in words; empty if there is none."""
        words = [
            "" if self.at_most is None else f"≤ {show(self.at_most, self.unit)}",
            "" if self.at_least is None else f"≥ {show(self.at_least, self.unit)}",
            "" if self.ratio_at_most is None else f"≤ {self.ratio_at_most:g} x",
        ]
        return " and ".join(filter(None, words))


class Figure(NamedTuple):
    """What was found for one subject in one row; `ratio` is to raw httpx in the same rounds."""

    row: Row
    subject: str
    value: Spread
    ratio: Spread | None
    rounds: int

    @property
    def holds(self) -> bool:
        """Whether the medians keep every bar of the row; a ratio that could not be had keeps none."""
        row, value = self.row, self.value.median
        if row.ratio_at_most is not None and (self.ratio is None or self.ratio.median > row.ratio_at_most):
            return False
        if row.at_most is not None and value > row.at_most:
            return False
        return row.at_least is None or value >= row.at_least


def load_rows() -> list[Row]:
    """Read bars.toml, in the order in which the report shows it."""
    data: dict[str, Any] = tomllib.loads(Path(__file__).with_name("bars.toml").read_text())
    return [Row(**row) for row in data["row"]]


def figures(rows: Sequence[Row], measured: Sequence[Series]) -> list[Figure]:
    """Judge what was measured; raises KeyError for a series that bars.toml does not know."""
    known = {row.id: row for row in rows}
    baselines = {series.row: series.values for series in measured if series.subject == BASELINE}
    return [_figure(known[series.row], series, baselines.get(series.row)) for series in measured]


def misses(rows: Sequence[Row], found: Sequence[Figure], kinds: Collection[str]) -> list[str]:
    """Name our rows of these kinds (an id's first word) whose bar was missed, or has no figure."""
    met = {one.row.id for one in found if one.subject == OURS and one.holds}
    judged = [row.id for row in rows if row.bar and row.id.partition(".")[0] in kinds]
    return [row for row in judged if row not in met]


def _figure(row: Row, series: Series, baseline: tuple[float, ...] | None) -> Figure:
    comparable = baseline is not None and all(baseline) and all(map(isfinite, (*baseline, *series.values)))
    paired = ratio(series.values, baseline) if baseline and comparable else None
    return Figure(row, series.subject, spread(series.values), paired, len(series.values))


def show(value: float, unit: str) -> str:
    """Write a number for people: seconds become µs or ms where that is shorter."""
    if isinf(value):
        return "not in time"
    if unit == "s":
        scale, name = (1e6, "µs") if value < 1e-3 else (1e3, "ms") if value < 1 else (1, "s")
        return f"{value * scale:.3g} {name}" if value * scale < 999.5 else f"{value * scale:.0f} {name}"
    return f"{value:.3g} {unit}".rstrip() if abs(value) < 999.5 else f"{value:.0f} {unit}".rstrip()
