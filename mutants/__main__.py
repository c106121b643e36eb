"""Plant faults in server, client and spec, and say which the suites catch.

`python -m mutants [--only SIDE] [--count N] [--seed S] [--clean] [--live]`: exit 0 if enough are caught.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from mutants import report
from mutants.clean import alarms
from mutants.mutant import SIDES, Outcome
from mutants.running import LEAST, WORKERS, outcomes


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; return the exit status."""
    asked = parser().parse_args(arguments)
    started = time.perf_counter()
    failed = [] if asked.clean == "alone" else planted(asked)
    if asked.clean:
        failed += false_alarms()
    for line in failed:
        print(f"not enough: {line}", file=sys.stderr)
    print(f"{time.perf_counter() - started:.0f} s")
    return 1 if failed else 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        "python -m mutants", description=__doc__.splitlines()[0] if __doc__ else None
    )
    made.add_argument(
        "--only", choices=SIDES, action="append", help="a side, may be given twice; all if left out"
    )
    made.add_argument("--count", type=int, help=f"mutants of each side; {dict(LEAST)} if left out")
    made.add_argument("--seed", type=int, default=1, help="same seed, same mutants")
    made.add_argument(
        "--live",
        action="store_true",
        help="judge servers behind a socket, with a budget of requests (with --only server)",
    )
    made.add_argument("--workers", type=int, default=WORKERS, help="mutants at a time")
    made.add_argument("--corpus", type=Path, help="a folder that keeps generated requests for the next run")
    made.add_argument(
        "--clean",
        nargs="?",
        const="too",
        choices=("too", "alone"),
        help="judge the clean server, 10 seeds by 2,000",
    )
    made.add_argument("--report", type=Path, default=Path("build/mutants.json"), help="where the JSON goes")
    return made


def planted(asked: argparse.Namespace) -> list[str]:
    """Plant mutants of every side asked for; return what falls short."""
    if asked.live and asked.only != ["server"]:
        return ["--live judges servers alone; give --only server"]
    found: list[Outcome] = []
    for side in asked.only or SIDES:
        count = asked.count or LEAST[side]
        for outcome in outcomes(
            side,
            seed=asked.seed,
            count=count,
            workers=asked.workers,
            corpus=asked.corpus,
            is_live=asked.live,
        ):
            print(report.line(outcome), flush=True)
            found.append(outcome)
    print("", *report.table(found), sep="\n")
    report.write(asked.report, found, asked.seed)
    if asked.live:
        return report.shortfalls(found, {"server": report.LEAST_CAUGHT_LIVE})
    return report.shortfalls(found)


def false_alarms() -> list[str]:
    """Judge the clean server; return a line for each seed that found something."""
    failed: list[str] = []
    for one in alarms():
        print(f"clean, seed {one.seed}: {one.exchanges} exchanges, {one.findings} findings", flush=True)
        if one.findings:
            failed.append(f"the clean server is blamed under seed {one.seed}: {one.said}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
