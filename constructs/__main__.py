"""Tries a client of every construct by every generator; prints the table, writes docs/constructs.md.

`--only TEXT` tries the constructs whose file names hold TEXT and writes nothing. `--documents` tries the
documents of others in their place, and writes docs/documents.md; `--types` checks the types of the five
largest of their clients. `--minutes N` begins no further document after N minutes.
"""

import argparse
import json
import math
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from . import page
from .documents.session import try_documents
from .generators import GENERATORS, ROOT, Generator, build, build_peers, run
from .page import Cell, Row
from .verdict import CRASHES, REFUSED, judge

SPECS = sorted((Path(__file__).parent / "specs").glob("*.yaml"))


def main() -> int:
    """Run the comparison; exits 1 if a construct is not carried by ours, 2 if there is nothing to try."""
    options = _options()
    if options.documents or options.types:
        return try_documents(checks_types=options.types, minutes=options.minutes)
    specs = [spec for spec in SPECS if options.only in spec.name]
    if not specs:
        print(f"constructs: --only: no construct is called like `{options.only}`", file=sys.stderr)
        return 2
    there = [generator for generator in GENERATORS if not generator.missing]
    for generator in GENERATORS:
        if generator.missing:
            print(f"constructs: {generator.name} is left out: {generator.missing}", file=sys.stderr)
    with TemporaryDirectory() as folder, ThreadPoolExecutor(4) as pool:
        plain = {spec: _plain(spec, Path(folder)) for spec in specs}
        if any(generator.kind == "peer" for generator in there):
            build_peers({one: one.with_suffix(".peer") for one in plain.values()})
        rows = list(pool.map(_row, plain, plain.values(), repeat(there)))
    print(page.table(rows, there))
    if not options.only:
        path = ROOT / "docs" / "constructs.md"
        path.write_text(page.render(rows, there), encoding="utf-8")
    return int(any(row.cells[0].verdict != "carried" for row in rows))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m constructs", description=__doc__)
    parser.add_argument("--only", default="", metavar="TEXT", help="only files whose names hold this")
    parser.add_argument("--documents", action="store_true", help="try documents of others (npm and PyPI)")
    parser.add_argument(
        "--types", action="store_true", help="check the types of the five largest clients of documents"
    )
    parser.add_argument(
        "--minutes", type=float, default=math.inf, metavar="N", help="begin no document after N minutes"
    )
    return parser.parse_args()


def _plain(spec: Path, folder: Path) -> Path:
    """The spec without what the probe is told."""
    text = spec.read_text(encoding="utf-8")
    (folder / spec.name).write_text(text[text.index("openapi:") :], encoding="utf-8")
    return folder / spec.name


def _row(spec: Path, plain: Path, generators: list[Generator]) -> Row:
    probe = yaml.safe_load(spec.read_text(encoding="utf-8"))["x-probe"]
    cells = [try_one(generator, spec, plain, probe) for generator in generators]
    for generator, cell in zip(generators, cells, strict=True):
        print(f"{spec.stem}: {generator.name}: {cell.verdict} {cell.reason}", file=sys.stderr, flush=True)
    return Row(probe["title"], cells)


def try_one(generator: Generator, spec: Path, plain: Path, probe: dict[str, Any]) -> Cell:
    """Build the client of one construct by one generator, and try it."""
    out = plain.with_suffix(f".{generator.kind}")
    done = build(generator, plain, out)
    if done.returncode:
        words = (done.stderr or done.stdout).strip().replace(str(plain), "spec.yaml")
        return Cell(CRASHES if "Traceback" in words else REFUSED, _last(words))
    command = [sys.executable, "-m", "constructs.probe", generator.kind, generator.package, str(spec)]
    tried = run(command, out)
    try:
        found = json.loads(tried.stdout.splitlines()[-1])
    except (ValueError, IndexError):
        return Cell(CRASHES, _last(tried.stderr))
    return Cell(*judge(probe, found))


def _last(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip() and "If you believe" not in line]
    return lines[-1] if lines else ""


if __name__ == "__main__":
    sys.exit(main())
