"""Judges one client mutant: a copy of the built client in a process of its own, under the client's suites."""

import ast
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from eigen_contract.spec import Contract
from mutants.client import generated, seams
from mutants.client.planting import CLIENT, Planting
from mutants.errors import BrokenError
from mutants.mutant import Mutant

ROOT = Path(__file__).parents[2]
SUITES = (
    "test_client_reads.py",
    "test_client_curl.py",
    "test_client_tape.py",
    "test_client_targets.py",
    "test_client_files.py",
    "test_client_streams.py",
    "test_client_texts.py",
    "test_client_sends.py",
)
"""In the order of cheapness; the first failure ends the run."""
PLAIN = ("-p", "no:cacheprovider", "-p", "no:schemathesis", "-p", "no:xdist", "--capture=sys")
GREEN, RED, INTERRUPTED = 0, 1, 2
"""Exit statuses of pytest: interrupted is what it calls a run in which a module does not import."""
LONGEST = 300
"""Seconds after which a suite that hangs is given up; a client that hangs is a client that was caught."""


def pool() -> Iterator[Mutant]:
    """Yield every client mutant that can be planted."""
    yield from generated.resource_faults()
    yield from generated.call_faults()
    yield from generated.choice_faults()
    yield from seams.pool(Contract.load())


def caught_by(mutant: Mutant) -> str | None:
    """Return the test that catches a mutant first; None if it lives.

    Raises:
        BrokenError: the fault changes nothing, or the client cannot be imported any more.
        LookupError: what the fault changes is not in the client any more.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copied(CLIENT, folder / "eigen_generate")
        change(folder, mutant.plant)
        paths = [str(ROOT / "contract_tests" / suite) for suite in SUITES]
        return first_failure(ROOT, [folder, ROOT / "contract_tests", ROOT], ["--target", "recorded", *paths])


def change(folder: Path, planting: Planting) -> None:
    """Change a module of a copy of the client, and see that it still is one."""
    path = folder / "eigen_generate" / planting.module
    before = path.read_text("utf-8")
    after = planting.change(before)
    if ast.dump(ast.parse(after)) == ast.dump(ast.parse(before)):
        raise BrokenError(f"{planting.module} is as it was")
    path.write_text(after, "utf-8")
    module = f"eigen_generate.{planting.module.removesuffix('.py').replace('/', '.')}"
    command = [sys.executable, "-B", "-c", f"import {module}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BrokenError(done.stderr[-2000:])


def copied(source: Path, target: Path) -> None:
    """Copy a package without what was compiled from it."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", ".*"))


def first_failure(root: Path, packages: Sequence[Path], arguments: Sequence[str]) -> str | None:
    """Run pytest until its first failure; return the test that failed, None if none did.

    Raises:
        BrokenError: pytest came to no verdict.
    """
    where = " ".join(map(str, packages))
    command = [
        sys.executable,
        "-B",
        "-m",
        "pytest",
        "-q",
        "-x",
        *PLAIN,
        "-o",
        f"pythonpath={where}",
        *arguments,
    ]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return f"nothing within {LONGEST} s"
    found = re.search(r"^(?:FAILED|ERROR) \S*?(\w+\.py)(?:::(\w+))?", done.stdout, re.MULTILINE)
    if found is not None and done.returncode in (RED, INTERRUPTED):
        return f"{found[1]}: {found[2] or 'it does not import'}"
    if done.returncode == GREEN:
        return None
    raise BrokenError((done.stdout + done.stderr)[-2000:])
