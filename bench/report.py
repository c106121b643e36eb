"""The tables: ours against the bars, and all subjects beside each other."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from .bars import BASELINE, OURS, Figure, Row, show
from .machine import facts
from .series import Spread
from .subject import MODULES

_HEADINGS = ("row", "ours", "bar", "verdict")


def verdicts(figures: Sequence[Figure]) -> list[tuple[str, ...]]:
    """Give row, ours, bar and whether it was met, for each figure of our client."""
    return [
        (one.row.title, _cell(one), one.row.bar, ("met" if one.holds else "missed") if one.row.bar else "")
        for one in figures
        if one.subject == OURS
    ]


def text(figures: Sequence[Figure]) -> str:
    """Give the verdicts as a table for a terminal."""
    rows = [_HEADINGS, *verdicts(figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def markdown(figures: Sequence[Figure], notes: Sequence[tuple[str, str]], command: str) -> str:
    """Give the whole report as a page."""
    missed = [one for one in figures if one.subject == OURS and one.row.bar and not one.holds]
    judged = sum(one.subject == OURS and bool(one.row.bar) for one in figures)
    return "\n".join(
        [
            "# Benchmarks",
            "",
            f"Written by `{command}` on {datetime.now(UTC):%Y-%m-%d}; the next run writes it anew. "
            f"Our client meets {judged - len(missed)} of {judged} bars (`bench/bars.toml`).",
            "",
            *(f"- {fact}" for fact in facts()),
            "",
            "Every figure is a median, with its quartiles in brackets. A ratio (x) is to raw httpx, taken"
            " round by round: subjects take turns, so that what else the machine does meets them all.",
            "",
            "## Our client and its bars",
            "",
            *table_of_verdicts(figures),
            "",
            "## Beside the others",
            "",
            "A dash means that the SDK does not do it, or cannot be pointed at a server of one's own.",
            "",
            *_comparison(figures),
            "",
            "## How it is measured",
            "",
            *(f"- **{section}**: {note}" for section, note in notes),
            "",
        ]
    )


def table_of_verdicts(figures: Sequence[Figure]) -> list[str]:
    """Give the verdicts as the lines of a table in Markdown."""
    return _table(_HEADINGS, verdicts(figures))


def _comparison(figures: Sequence[Figure]) -> list[str]:
    found = {(one.row.id, one.subject): one for one in figures}
    rows = list({one.row.id: one.row for one in figures}.values())
    subjects = [name for name in MODULES if any(one.subject == name for one in figures)]
    return _table(("row", *subjects), [_compared(row, subjects, found) for row in rows])


def _compared(row: Row, subjects: Iterable[str], found: dict[tuple[str, str], Figure]) -> tuple[str, ...]:
    cells = [found.get((row.id, subject)) for subject in subjects]
    return (row.title, *("-" if one is None else _short(one) for one in cells))


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(row) + " |" for row in (headings, *rows)]
    return [lines[0], "|" + " --- |" * len(headings), *lines[1:]]


def _short(figure: Figure) -> str:
    value = show(figure.value.median, figure.row.unit)
    if figure.ratio is None or figure.subject == BASELINE or figure.row.unit != "s":
        return value
    return f"{value} ({figure.ratio.median:.3g} x)"


def _cell(figure: Figure) -> str:
    row, value = figure.row, figure.value
    words = show(value.median, row.unit) + _quartiles(value, row.unit, figure.rounds)
    if figure.ratio is None or row.unit != "s":
        return words
    low, middle, high = figure.ratio
    return f"{words}; {middle:.3f} x [{low:.3f}, {high:.3f}]"


def _quartiles(value: Spread, unit: str, rounds: int) -> str:
    return "" if rounds == 1 else f" [{show(value.low, unit)}, {show(value.high, unit)}]"
