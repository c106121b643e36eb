"""Clients built from the golden specs: made once a session, and imported from where they were made."""

import fcntl
import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from generator import pipeline

GOLDEN = Path(__file__).parents[1] / "golden"
NAMES = tuple(sorted(path.stem for path in GOLDEN.glob("*.yaml")))
# Copied and stamped: bytes of the factory, not of what it makes of a spec.
NOT_GOLDEN = ("_runtime", ".generated.json", "py.typed")
# Kept between runs and shared by workers: most of what mypy reads is the standard library and httpx.
MYPY_CACHE = Path(__file__).parents[2] / ".mypy_cache" / "built_clients"


class Projects:
    """A folder of built clients, which workers of xdist share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.build = cache(self._build)

    def _build(self, name: str) -> Path:
        project = self.folder / name
        with locked(self.folder / f"{name}.lock"):
            # The pipeline puts a client in place whole, so what is there is complete.
            if not project.exists():
                pipeline.build(GOLDEN / f"{name}.yaml", project)
        sys.path.insert(0, str(project))
        return project

    def copy(self, name: str, target: Path) -> None:
        """Copy the client of a golden spec, without the bytecode that another worker may be writing there."""
        shutil.copytree(self.build(name), target, ignore=shutil.ignore_patterns("__pycache__"))

    def load(self, name: str, module: str) -> ModuleType:
        """The module `module` of the client of a golden spec, by its full name."""
        self.build(name)
        return importlib.import_module(module)


@contextmanager
def projects(folder: Path) -> Generator[Projects]:
    """The built clients in `folder`; `sys.path` is as it was afterwards."""
    before = list(sys.path)
    folder.mkdir(exist_ok=True)
    yield Projects(folder)
    sys.path[:] = before


@contextmanager
def locked(path: Path) -> Generator[None]:
    """Hold a lock among processes, which ends with this one at the latest."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def type_errors(projects: Iterable[Path]) -> str:
    """Return what `mypy --strict` says of the packages of built clients, all of them in one process."""
    packages = [path.parent for project in projects for path in project.glob("*/py.typed")]
    assert packages, "no client was built"
    MYPY_CACHE.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--config-file="]
    with locked(MYPY_CACHE / "lock"):
        done = subprocess.run(
            [*command, f"--cache-dir={MYPY_CACHE}", *map(str, packages)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "MYPYPATH": os.pathsep.join(str(package.parent) for package in packages)},
        )
    return done.stdout + done.stderr + (f"exit status {done.returncode}" if done.returncode else "")


def golden_files(project: Path) -> dict[str, bytes]:
    """What a golden tree holds of a built project: all but what is the factory's own."""
    found: dict[str, Any] = {}
    for path in sorted(project.rglob("*")):
        parts = path.relative_to(project).parts
        if path.is_file() and "__pycache__" not in parts and not set(parts) & set(NOT_GOLDEN):
            found["/".join(parts)] = path.read_bytes()
    return found
