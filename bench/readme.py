"""The table of the README: a few rows of docs/benchmarks.md and docs/constructs.md, copied by machine.

`python -m bench.readme` writes it anew after either page has changed; a run of the bench does so by itself.
"""

import re
from pathlib import Path

from .processes import ROOT

# Begins a row that is part of the row above it.
PART = "\N{EN DASH} "
# By the name of a row on the page of benchmarks, what a reader of the README calls it.
BENCHMARK_ROWS = {
    "`from eigen_generate import EigenGenerate`, against `import httpx`": "import the client",
    "JSON call": "overhead of one call",
    "200 MB up from a path, async": "send a file of 200 MB, asyncio",
    f"{PART}memory growth": f"{PART}memory that this takes",
    f"{PART}longest gap of the event loop": f"{PART}longest stall of the event loop",
    "type completeness, as `--verifytypes` counts": "public names with complete types",
    "distributions that an installation brings": "packages that it installs",
    "size of an installation, without byte code": "size of the installation",
}
BEGIN, END = "<!-- table of peers: python -m bench.readme -->", "<!-- end of the table -->"
_COMPARISON = "## Beside the others"
# The row whose parts are wanted; other transfers have parts of the same names.
_PARENT = "200 MB up from a path, async"
# A ratio to raw httpx is for the page; the README shows httpx itself.
_RATIO = re.compile(r" \([\d.]+ x\)")


def peers_table(benchmarks: str) -> str:
    """Return the table for the README, from the text of docs/benchmarks.md.

    Raises ValueError if a row that is wanted is not there.
    """
    lines = benchmarks.split(_COMPARISON)[1].split("\n## ", maxsplit=1)[0].splitlines()
    heading, _, *rows = [_cells(line) for line in lines if line.startswith("|")]
    picked: dict[str, list[str]] = {}
    parent = ""
    for name, *figures in rows:
        parent = parent if name.startswith(PART) else name
        if name in BENCHMARK_ROWS and (not name.startswith(PART) or parent == _PARENT):
            picked[BENCHMARK_ROWS[name]] = [_RATIO.sub("", figure) for figure in figures]
    missing = set(BENCHMARK_ROWS.values()) - set(picked)
    if missing:
        raise ValueError(f"docs/benchmarks.md has no row for: {', '.join(sorted(missing))}")
    ordered = [[title, *picked[title]] for title in BENCHMARK_ROWS.values()]
    return "\n".join([_line(["", *heading[1:]]), "|" + "---|" * len(heading), *map(_line, ordered)])


def with_table(readme: str, benchmarks: str) -> str:
    """Return the README with the table of today."""
    before, rest = readme.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{peers_table(benchmarks)}\n\n{END}{after}"


def update(root: Path = ROOT) -> None:
    """Write the table into the README."""
    readme = root / "README.md"
    benchmarks = (root / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    readme.write_text(with_table(readme.read_text(encoding="utf-8"), benchmarks), encoding="utf-8")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    update()
