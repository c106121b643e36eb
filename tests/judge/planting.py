"""Plants faults in copies of the project, and runs the suites over them in a process of their own."""

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).parents[2]
CAUGHT = 1
"""Exit status of pytest when tests ran and some failed; 2 and more mean that the suite itself broke."""


PLAIN = ("-p", "no:cacheprovider", "-p", "no:schemathesis")
"""Plugins that only cost time here."""


@frozen
class Planted:
    """One fault: in which file which text becomes which, and which tests should see it."""

    file: str
    found: str
    put: str
    seen_by: tuple[str, ...]

    def plant(self, folder: Path) -> None:
        """Plant the fault in a copy. It must be there to be planted: code moves, and a fault with it."""
        path = folder / self.file
        text = path.read_text("utf-8")
        assert self.found in text, f"{self.file} no longer holds {self.found!r}; plant this fault elsewhere"
        path.write_text(text.replace(self.found, self.put), "utf-8")


@frozen
class Outcome:
    """What a suite said."""

    status: int
    output: str

    @property
    def failed(self) -> list[str]:
        """Names of the test functions that failed by an assertion or an error of their own."""
        return sorted(set(re.findall(r"^(?:FAILED|ERROR) \S+?::(\w+)", self.output, re.MULTILINE)))


def copy(folder: Path, *names: str) -> Path:
    """Copy parts of the project into a folder."""
    leave_out = shutil.ignore_patterns("__pycache__", ".*")
    for name in names:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=leave_out, dirs_exist_ok=True)
        else:
            shutil.copy2(source, target)
    return folder


def suite(folder: Path, *arguments: str, paths: Sequence[str] = ()) -> Outcome:
    """Run pytest in a folder, with the packages of that folder first."""
    where = " ".join(str(folder / path) for path in ("generated_client", "contract_tests", "."))
    command = [sys.executable, "-m", "pytest", "-q", *PLAIN, "-o", f"pythonpath={where}"]
    done = subprocess.run(
        [*command, *arguments, *paths], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    return Outcome(done.returncode, done.stdout + done.stderr)
