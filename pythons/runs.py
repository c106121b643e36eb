"""The runs: which interpreter meets which versions of attrs and httpx, and how one run is carried out."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from .interpreters import Interpreter

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENTS = ROOT / "build" / "pythons"
# What runs inside of a caller's program: the runtime, the client built from it, and both under faults.
TESTS = ("tests/runtime", "tests/client", "tests/faults")
PYTEST_OPTIONS = ("-q", "--numprocesses=2", "-m", "not deep")
# The client's own pyproject.toml says which versions it takes, so there is no second copy of the bounds.
BOUNDS = ROOT / "generated_client" / "pyproject.toml"

Versions = Literal["lowest", "newest"]
# uv's names. `lowest-direct`, because lower bounds of what attrs and httpx depend on are not ours to say.
_RESOLUTIONS: dict[Versions, str] = {"lowest": "lowest-direct", "newest": "highest"}


class Run(NamedTuple):
    """One interpreter with the lowest or the newest attrs and httpx."""

    interpreter: Interpreter
    versions: Versions

    @property
    def folder(self) -> Path:
        """Where its environment is."""
        return ENVIRONMENTS / f"{self.interpreter.name}-{self.versions}"

    @property
    def python(self) -> Path:
        """The interpreter of its environment."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin") / "python"


class Outcome(NamedTuple):
    """How a run ended; `installed` names the versions of attrs and httpx."""

    run: Run
    installed: str
    passed: bool


def plan_runs(interpreters: Sequence[Interpreter]) -> list[Run]:
    """Return the newest versions on every interpreter, the lowest on the oldest and newest interpreter.

    Old versions most likely fail on a Python that is newer than they are. The interpreters between both ends
    leave them out, to save time.
    """
    runs = [Run(interpreter, "newest") for interpreter in interpreters]
    ends = dict.fromkeys((interpreters[0], interpreters[-1]))
    return sorted([*runs, *(Run(interpreter, "lowest") for interpreter in ends)])


def carry_out(run: Run, pytest_arguments: Sequence[str]) -> Outcome:
    """Make the environment of a run, and run the tests in it."""
    if not _make_environment(run):
        return Outcome(run, "could not be installed", passed=False)
    pytest_command = [str(run.python), "-m", "pytest", *PYTEST_OPTIONS, *TESTS, *pytest_arguments]
    # The engines of the reference server have no wheels for every Python; it runs on the one that runs this.
    environment = {**os.environ, "REFERENCE_PYTHON": sys.executable}
    done = subprocess.run(pytest_command, cwd=ROOT, env=environment, check=False)
    return Outcome(run, _installed_versions(run), passed=done.returncode == 0)


def _make_environment(run: Run) -> bool:
    resolution = _RESOLUTIONS[run.versions]
    requirements = ["--requirement", str(BOUNDS), "--group", f"{ROOT / 'pyproject.toml'}:pythons"]
    commands = [
        ["venv", "--clear", "--no-project", "--python", str(run.interpreter.path), str(run.folder)],
        ["pip", "install", "--python", str(run.python), "--resolution", resolution, *requirements],
    ]
    return all(subprocess.run(_uv(command), check=False).returncode == 0 for command in commands)


def _installed_versions(run: Run) -> str:
    question = "from importlib.metadata import version as v; print('attrs', v('attrs'), 'httpx', v('httpx'))"
    done = subprocess.run([run.python, "-c", question], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _uv(command: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "uv", "--quiet", *command]
