"""The Python interpreters of a machine, found by running them: a name on the PATH may start nothing."""

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

# The minor versions that the client is for; the first is `requires-python` of its pyproject.toml.
MINORS = ((3, 11), (3, 12), (3, 13), (3, 14))
# A shim reads a few files before it starts an interpreter; what takes longer than this many seconds is stuck.
_SECONDS = 30
# A virtual environment has the version of another interpreter, and its packages besides, so it is left out.
_QUESTION = """
import sys
if sys.implementation.name == "cpython" and sys.prefix == sys.base_prefix:
    print(*sys.version_info[:3], sys.executable)
"""


class Interpreter(NamedTuple):
    """A Python that answered; `version` is major, minor and micro."""

    version: tuple[int, int, int]
    path: Path

    @property
    def name(self) -> str:
        """The version as people write it: `3.12.1`."""
        return ".".join(map(str, self.version))


def find_interpreters(folders: Iterable[Path]) -> list[Interpreter]:
    """Return one interpreter of each version of `MINORS` that `folders` hold, the oldest first."""
    interpreters: dict[tuple[int, int, int], Interpreter] = {}
    for path in _candidates(folders):
        interpreter = ask(path)
        if interpreter is not None and interpreter.version[:2] in MINORS:
            interpreters.setdefault(interpreter.version, interpreter)
    return sorted(interpreters.values())


def search_folders(environment: Mapping[str, str]) -> Iterator[Path]:
    """Yield where interpreters are: the PATH, and where pyenv and uv keep those that are not active."""
    yield from map(Path, filter(None, environment.get("PATH", "").split(os.pathsep)))
    home = Path(environment.get("HOME", "/"))
    pyenv = Path(environment.get("PYENV_ROOT") or home / ".pyenv") / "versions"
    uv = Path(environment.get("UV_PYTHON_INSTALL_DIR") or home / ".local/share/uv/python")
    for versions in (pyenv, uv):
        yield from sorted(versions.glob("*/bin"))


def ask(path: Path) -> Interpreter | None:
    """Run the program at `path`; return None unless it is an interpreter that works."""
    try:
        answer = subprocess.run(
            [path, "-c", _QUESTION], capture_output=True, text=True, timeout=_SECONDS, check=True
        ).stdout
        major, minor, micro, executable = answer.split(maxsplit=3)
        return Interpreter((int(major), int(minor), int(micro)), Path(executable.strip()))
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def _candidates(folders: Iterable[Path]) -> Iterator[Path]:
    names = [*(f"python{major}.{minor}" for major, minor in MINORS), "python3"]
    # Two folders may be one (/bin is /usr/bin on Debian); asking twice costs time only.
    for folder in dict.fromkeys(folder.absolute() for folder in folders):
        yield from (folder / name for name in names if os.access(folder / name, os.X_OK))
