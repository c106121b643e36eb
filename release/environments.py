"""Makes empty environments, installs the built packages into them, and uses them from a foreign folder."""

import os
import subprocess
import sys
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from attrs import frozen

from .repository import RefusedError

_START_SECONDS = 60.0
_STOP_SECONDS = 15.0
_MAX_OUTPUT = 1500
# Variables that would let a program find the sources, or another environment.
_HIDDEN_VARIABLES = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
_SCRIPTS = "Scripts" if os.name == "nt" else "bin"


@frozen
class Environment:
    """An environment of Python in a folder; programs run in another folder, which holds no sources."""

    folder: Path
    working_folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / _SCRIPTS / "python"

    def script(self, name: str) -> Path:
        """Return the path of a console script."""
        return self.folder / _SCRIPTS / name

    def run(self, command: Sequence[str | Path]) -> str:
        """Run a program that must succeed, and return what it prints. Raises RefusedError."""
        done = subprocess.run(
            list(map(str, command)),
            cwd=self.working_folder,
            env=_bare_variables(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            output = (done.stdout + done.stderr).strip()[-_MAX_OUTPUT:]
            raise RefusedError(f"`{Path(command[0]).name}` ended with {done.returncode}: {output}")
        return done.stdout


def make_environment(folder: Path, working_folder: Path, requirements: Sequence[str]) -> Environment:
    """Make an environment that holds the requirements and nothing else. Raises RefusedError."""
    environment = Environment(folder, working_folder)
    _run_uv("venv", "--clear", "--no-project", "--python", sys.executable, str(folder))
    _run_uv("pip", "install", "--python", str(environment.python), *requirements)
    return environment


def _run_uv(*arguments: str) -> None:
    command = [sys.executable, "-m", "uv", "--quiet", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RefusedError(f"uv {arguments[0]}: {done.stderr.strip()[-_MAX_OUTPUT:]}")


def _bare_variables() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _HIDDEN_VARIABLES}


@contextmanager
def serve(judge: Environment) -> Generator[str]:
    """Start the reference server of the installed package, and yield its base URL. Raises RefusedError."""
    command = [str(judge.script("eigen-contract")), "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=judge.working_folder, env=_bare_variables(), stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield _read_url(process)
        finally:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def _read_url(process: subprocess.Popen[str]) -> str:
    """Return the URL in the line that the server prints when it is ready."""
    # A timer and not `select`, which takes no pipes on Windows.
    timer = threading.Timer(_START_SECONDS, process.kill)
    timer.start()
    try:
        line = process.stdout.readline() if process.stdout else ""
    finally:
        timer.cancel()
    _, _, url = line.strip().partition(" ready at ")
    if not url:
        raise RefusedError(f"the installed server does not start; it printed {line!r}")
    return url
