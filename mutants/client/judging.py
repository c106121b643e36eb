"""Judges one client mutant: a copy of the built client in a process of its own, under the client's suites."""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from eigen_contract.spec import Contract
from mutants.client import generated, seams
from mutants.client.planting import CLIENT
from mutants.mutant import Mutant

ROOT = Path(__file__).parents[2]
SUITES = (
    "test_client_reads.py",
    "test_client_curl.py",
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


class BrokenSuiteError(Exception):
    """A suite did not run to a verdict: the fault broke the suite and not the client."""


def pool() -> Iterator[Mutant]:
    """Yield every client mutant that can be planted."""
    yield from generated.resource_faults()
    yield from generated.plan_faults()
    yield from generated.choice_faults()
    yield from seams.pool(Contract.load())


def caught_by(mutant: Mutant) -> str | None:
    """Return the test that catches a mutant first; None if it lives."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copied(CLIENT, folder / "eigen_generate")
        path = folder / "eigen_generate" / mutant.plant.module
        path.write_text(mutant.plant.change(path.read_text("utf-8")), "utf-8")
        paths = [str(ROOT / "contract_tests" / suite) for suite in SUITES]
        return first_failure(ROOT, [folder, ROOT / "contract_tests", ROOT], ["--target", "recorded", *paths])


def copied(source: Path, target: Path) -> None:
    """Copy a package without what was compiled from it."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", ".*"))


def first_failure(root: Path, packages: Sequence[Path], arguments: Sequence[str]) -> str | None:
    """Run pytest until its first failure; return the test that failed, None if none did.

    Raises:
        BrokenSuiteError: pytest came to no verdict.
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
    raise BrokenSuiteError((done.stdout + done.stderr)[-2000:])
