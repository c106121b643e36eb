"""Says what came of the mutants: for people as text, for programs as JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from mutants.mutant import SIDES, Outcome, Side

LEAST_CAUGHT: dict[Side, float] = {"server": 1.0, "client": 1.0, "spec": 0.95}
"""The share that must be caught of what can be noticed from outside."""

STATES = ("caught", "lived", "argued", "refused", "broken")


def line(outcome: Outcome) -> str:
    """Write one outcome as a line."""
    return (
        f"{outcome.state:7} {outcome.seconds:6.1f} s  {outcome.side} {outcome.family}: "
        f"{outcome.operator} at {outcome.pointer}"
        f"{' - ' if outcome.said else ''}{outcome.said}"
    )


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Write caught and lived by side and family."""
    titles = " ".join(f"{title:>8}" for title in ("planted", *STATES))
    yield f"{'side':8} {'family':16} {titles}"
    groups = dict.fromkeys((outcome.side, outcome.family) for outcome in outcomes)
    for side, family in groups:
        yield row(side, family, [one for one in outcomes if (one.side, one.family) == (side, family)])
    for side in dict.fromkeys(outcome.side for outcome in outcomes):
        yield row(side, "all", [one for one in outcomes if one.side == side])


def row(side: str, family: str, outcomes: Sequence[Outcome]) -> str:
    counts = [count(outcomes, state) for state in STATES]
    numbers = " ".join(f"{number:8}" for number in (sum(counts[:3]), *counts))
    return f"{side:8} {family:16} {numbers}"


def count(outcomes: Iterable[Outcome], state: str) -> int:
    return sum(outcome.state == state for outcome in outcomes)


LEAST_CAUGHT_LIVE = 0.95
"""The share of the server's faults that must be caught from outside, within a budget of requests."""


def shortfalls(outcomes: Sequence[Outcome], least: Mapping[Side, float] = LEAST_CAUGHT) -> list[str]:
    """List the sides of which too many lived.

    Args:
        least: the share of each side that must be caught.
    """
    found: list[str] = []
    for side in SIDES:
        ours = [outcome for outcome in outcomes if outcome.side == side]
        if not ours:
            continue
        caught, lived, broken = (count(ours, state) for state in ("caught", "lived", "broken"))
        if broken:
            found.append(f"{side}: {broken} could not be planted where they should be; mend their operators")
        share = caught / (caught + lived) if caught + lived else 0.0
        if share < least[side]:
            found.append(f"{side}: {caught} of {caught + lived} were caught, {least[side]:.0%} must be")
    return found


def write(path: Path, outcomes: Sequence[Outcome], seed: int) -> None:
    """Write all outcomes as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {"seed": seed, "outcomes": [attrs.asdict(outcome) for outcome in outcomes]}
    path.write_text(json.dumps(document, indent=1) + "\n", "utf-8")
