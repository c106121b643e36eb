"""Run the client's and the runtime's tests on every Python of this machine.

`python -m pythons [--found] [PYTEST ARGUMENTS]`: exit 0 if all passed, 1 if not, 2 if too few were found.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence

from .interpreters import MINORS, Interpreter, find_interpreters, search_folders
from .runs import Outcome, carry_out, plan_runs

# One interpreter is what the session `tests` runs on anyway.
_FEWEST = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Find, run and report; return the exit status."""
    options, pytest_arguments = _parser().parse_known_args(arguments)
    started = time.perf_counter()
    interpreters = find_interpreters(search_folders(os.environ))
    if len(interpreters) < (1 if options.found else _FEWEST):
        _print_interpreters(interpreters)
        print(
            f"pythons: needs {_FEWEST} interpreters; install another, or run what there is: -- --found",
            file=sys.stderr,
        )
        return 2
    outcomes: list[Outcome] = []
    for run in plan_runs(interpreters):
        print(f"\npythons: Python {run.interpreter.name}, {run.versions} attrs and httpx", flush=True)
        outcomes.append(carry_out(run, pytest_arguments))
    _print_outcomes(outcomes)
    _print_interpreters(interpreters)
    print(f"{time.perf_counter() - started:.0f} s")
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def _parser() -> argparse.ArgumentParser:
    # Without abbreviations, so that every other argument reaches pytest.
    parser = argparse.ArgumentParser("python -m pythons", allow_abbrev=False)
    parser.add_argument("--found", action="store_true", help="be content with one interpreter")
    return parser


def _print_outcomes(outcomes: Sequence[Outcome]) -> None:
    print("\npythons: what ran")
    for run, installed, passed in outcomes:
        state = "green" if passed else "RED"
        print(f"  {state:5}  Python {run.interpreter.name:7} {run.versions}: {installed}")


def _print_interpreters(interpreters: Sequence[Interpreter]) -> None:
    for interpreter in interpreters:
        print(f"  found      {interpreter.name:7} {interpreter.path}")
    present = {interpreter.version[:2] for interpreter in interpreters}
    for major, minor in MINORS:
        if (major, minor) not in present:
            print(f"  not found  {major}.{minor}")


if __name__ == "__main__":
    sys.exit(main())
