"""Fresh processes: what is measured in one does not inherit another's imports, memory or connections."""

import json
import os
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
# Only loopback is measured: a proxy or a key of the environment must not get into it.
_FOREIGN = ("_PROXY", "_API_KEY", "_API_TOKEN", "_BASE_URL")
_ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.upper().endswith(_FOREIGN)},
    "NO_PROXY": "127.0.0.1",
    "PYTHONDONTWRITEBYTECODE": "",
    # Type checkers ask the first Python on the PATH what is installed.
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
}


class Failed(Exception):  # noqa: N818 - it is the process that failed
    """A process ended badly; the text is its last line."""


def run(
    *arguments: str, timeout: float = 600, cwd: Path = ROOT, environment: Mapping[str, str] = _ENVIRONMENT
) -> str:
    """Run this Python and give what it prints; raises Failed, also after `timeout` seconds."""
    try:
        done = subprocess.run(
            [sys.executable, *arguments],
            capture_output=True,
            text=True,
            timeout=timeout,
            cwd=cwd,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Failed(f"took longer than {timeout:.0f} s") from None
    if done.returncode:
        raise Failed((done.stderr or done.stdout).strip().rpartition("\n")[2] or f"exit {done.returncode}")
    return done.stdout


def time_of(code: str, *arguments: str) -> float:
    """Give the seconds that `code` takes in a fresh process, without the interpreter's own start."""
    timed = f"import time\n_begin = time.perf_counter()\n{code}\nprint(time.perf_counter() - _begin)"
    return float(run("-I", "-c", timed, *arguments).splitlines()[-1])


def measure(module: str, *arguments: str, timeout: float = 120, **more: str) -> dict[str, float]:
    """Run a module that prints one JSON object of numbers; raises Failed.

    `more` are variables of its environment.
    """
    answer: Any = json.loads(
        run("-m", module, *arguments, timeout=timeout, environment={**_ENVIRONMENT, **more}).splitlines()[-1]
    )
    return {name: float(value) for name, value in answer.items()}


@contextmanager
def loopback_server() -> Generator[str]:
    """Start the server in a process of its own; gives its URL."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.server"], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as server:
        try:
            url = server.stdout.readline().strip() if server.stdout else ""
            if not url:
                raise Failed("the loopback server did not start")
            yield url
        finally:
            server.terminate()
