"""Clients built from the golden specs: made once a session, and imported from where they were made."""

import importlib
import sys
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from generator import pipeline

GOLDEN = Path(__file__).parents[1] / "golden"
NAMES = tuple(sorted(path.stem for path in GOLDEN.glob("*.yaml")))
# Copied and stamped: bytes of the factory, not of what it makes of a spec.
NOT_GOLDEN = ("_runtime", ".generated.json", "py.typed")


class Projects:
    """A folder of built clients."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.build = cache(self._build)

    def _build(self, name: str) -> Path:
        pipeline.build(GOLDEN / f"{name}.yaml", self.folder / name)
        sys.path.insert(0, str(self.folder / name))
        return self.folder / name

    def load(self, name: str, module: str) -> ModuleType:
        """The module `module` of the client of a golden spec, by its full name."""
        self.build(name)
        return importlib.import_module(module)


@contextmanager
def projects() -> Generator[Projects]:
    """An empty folder for built clients; gone afterwards, and `sys.path` as it was."""
    before = list(sys.path)
    with TemporaryDirectory() as folder:
        yield Projects(Path(folder))
    sys.path[:] = before


def golden_files(project: Path) -> dict[str, bytes]:
    """What a golden tree holds of a built project: all but what is the factory's own."""
    found: dict[str, Any] = {}
    for path in sorted(project.rglob("*")):
        parts = path.relative_to(project).parts
        if path.is_file() and "__pycache__" not in parts and not set(parts) & set(NOT_GOLDEN):
            found["/".join(parts)] = path.read_bytes()
    return found
