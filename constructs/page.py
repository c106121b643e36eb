"""The table as text, and the page docs/constructs.md."""

import platform
from collections.abc import Sequence

from attrs import frozen

from .generators import Generator
from .verdict import CARRIED


@frozen
class Cell:
    """What became of one construct; `reason` says why it is not carried."""

    verdict: str
    reason: str = ""


@frozen
class Row:
    """One construct, and a cell for each generator."""

    title: str
    cells: list[Cell]


def table(rows: Sequence[Row], generators: Sequence[Generator]) -> str:
    """A Markdown table with the counts in its last line."""
    names = [f"{generator.name} {generator.version}".strip() for generator in generators]
    lines = [line(["construct", *names]), line(["---"] * (1 + len(names)))]
    lines += [line([row.title, *(cell.verdict for cell in row.cells)]) for row in rows]
    carried = [sum(row.cells[at].verdict == CARRIED for row in rows) for at in range(len(names))]
    lines.append(line([f"**carried, of {len(rows)}**", *(f"**{count}**" for count in carried)]))
    return "\n".join(lines)


def line(cells: Sequence[str]) -> str:
    """Return a row of a Markdown table."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def render(rows: Sequence[Row], generators: Sequence[Generator]) -> str:
    """The whole page."""
    parts = [_HEAD.format(python=platform.python_version()), table(rows, generators)]
    for at, generator in enumerate(generators):
        reasons = [
            f"- {row.title}: {row.cells[at].verdict}. `{shorten(row.cells[at].reason)}`"
            for row in rows
            if row.cells[at].verdict != CARRIED
        ]
        if reasons:
            parts.append(f"## What {generator.name} made of the others\n\n" + "\n".join(reasons))
    return "\n\n".join(parts) + "\n"


def shorten(text: str) -> str:
    """Return a text as one line of code that is not long."""
    plain = " ".join(text.split()).replace("`", "'")
    return plain if len(plain) <= 160 else f"{plain[:160]} …"


_HEAD = """# Constructs

What generators of Python clients make of the constructs of OpenAPI. Every cell is a real run: a client is
built from the construct's spec (`constructs/specs/`), imported in a process of its own, and called against a
server on the loopback interface; the bytes on the wire, and the value in hand, are compared with what the
spec says.

Written by `./dev -s constructs` under Python {python}.
[Documents of others](documents.md) has whole documents.

- **carried**: the bytes and the value are right, and the type shows in the signature where the spec names it.
- **typed loosely**: they are right, and the signature does not show the type.
- **dropped silently**: a client was built and called without complaint, and bytes or value are wrong.
- **refused**: the generator ends with a message and a status that is not 0.
- **crashes**: the generator breaks, the client does not import, or the call raises.
"""
