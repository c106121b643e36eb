"""Measures all subjects in one run, prints our figures beside their bars, and writes docs/benchmarks.md."""

import argparse
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter
from types import ModuleType

from . import readme, report
from .bars import figures, load_rows, misses
from .page_sections import with_kept_sections
from .processes import ROOT, Failed
from .series import Effort, Series

# By the word that selects them, in the order of the report.
SECTIONS = {
    "import": "imports",
    "first": "first_call",
    "call": "calls",
    "loopback": "loopback",
    "transfer": "transfers",
    "install": "installs",
    "types": "completeness",
    "concurrent": "concurrency",
}
# The first words of a section's rows, where they are not the section's own.
KINDS = {"transfer": ("up", "down")}
# On request alone, in environments of their own: their tools bring packages that httpx imports if it can.
FACTORY, JUDGE, SERVER, BATCH = "factory", "judge", "server", "batch"
KNOWN = (*SECTIONS, FACTORY, JUDGE, SERVER, BATCH)


def main() -> int:
    """Measure; exits 1 if our client missed a bar, 2 if something could not be measured.

    Quick figures are too noisy to judge by.
    """
    options = _options()
    wanted = options.rows.split(",") if options.rows else [*SECTIONS]
    if unknown := set(wanted) - {*KNOWN}:
        known = ", ".join(KNOWN)
        print(
            f"bench: --rows: no such rows: {', '.join(sorted(unknown))}; there are {known}", file=sys.stderr
        )
        return 2
    missed: list[str] = []
    try:
        measured, notes = _measure([name for name in SECTIONS if name in wanted], Effort(options.quick))
        if measured:
            command = f"./dev -s bench -- --rows {options.rows}" if options.rows else "./dev -s bench"
            missed = _show(measured, notes, options.output, command)
        if FACTORY in wanted:
            import_module("bench.factory").main()
        if JUDGE in wanted:
            import_module("bench.judge").main(Effort(options.quick))
        if SERVER in wanted:
            server = import_module("bench.reference_server")
            missed += server.main(Effort(options.quick), page=not options.quick)
        if BATCH in wanted:
            missed += import_module("bench.batch").main(Effort(options.quick))
    except Failed as reason:
        print(f"bench: cannot measure: {reason}", file=sys.stderr)
        return 2
    if missed and not options.quick:
        print(f"bench: missed: {', '.join(missed)}", file=sys.stderr)
        return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--rows", help=f"some of {','.join(KNOWN)}; all but the last four if left out")
    parser.add_argument(
        "--quick", action="store_true", help="few rounds and small files: to try the bench out"
    )
    parser.add_argument(
        "--output",
        type=Path,
        help="where to write the page; docs/benchmarks.md after a full run, else nowhere",
    )
    options = parser.parse_args()
    if options.output is None and not options.rows and not options.quick:
        options.output = ROOT / "docs" / "benchmarks.md"
    return options


def _measure(names: list[str], effort: Effort) -> tuple[list[Series], list[tuple[str, str]]]:
    measured: list[Series] = []
    notes: list[tuple[str, str]] = []
    for name in names:
        section: ModuleType = import_module(f"bench.sections.{SECTIONS[name]}")
        begin = perf_counter()
        measured += section.measure(effort)
        notes.append((name, section.NOTE))
        print(f"measured {name} in {perf_counter() - begin:.0f} s", file=sys.stderr, flush=True)
    return measured, notes


def _show(
    measured: list[Series], notes: list[tuple[str, str]], output: Path | None, command: str
) -> list[str]:
    """Print the figures and write the page, which names `command`; gives the rows whose bar was missed."""
    rows = load_rows()
    order = [row.id for row in rows]
    found = sorted(figures(rows, measured), key=lambda figure: order.index(figure.row.id))
    print(report.text(found))
    if output is not None:
        earlier = output.read_text("utf-8") if output.exists() else ""
        page = with_kept_sections(report.markdown(found, notes, command), earlier)
        output.write_text(page, "utf-8")
        print(f"\nwrote {output}", file=sys.stderr)
        if output == ROOT / "docs" / "benchmarks.md":
            readme.update()
    kinds = {kind for name, _ in notes for kind in KINDS.get(name, (name,))}
    return misses(rows, found, kinds)


if __name__ == "__main__":
    sys.exit(main())
