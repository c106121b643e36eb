"""The reference server as a process, for tests that need the whole way over a socket."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.console_script import Script

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def reference() -> Iterator[str]:
    """Gives the URL of a reference server that takes the key `test-key`.

    REFERENCE_PYTHON names the interpreter that runs it, where the one that runs the tests has no engines.
    """
    interpreter = os.environ.get("REFERENCE_PYTHON", sys.executable)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "contract_tests")}
    command = [interpreter, "-m", "eigen_reference", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        url = next(word for line in process.stdout for word in line.split() if word.startswith("http://"))
        yield url.rstrip("/.")
        process.terminate()
        process.stdout.read()


@pytest.fixture
def run(reference: str, tmp_path: Path) -> Script:
    """The script in a folder of its own."""
    return Script(reference, tmp_path)


@pytest.fixture
def default_signals() -> Iterator[None]:
    """Let processes that a test starts begin with the default signals, also where the tests run without.

    A shell lets its background jobs ignore Ctrl-C, and nohup does so for SIGHUP; processes inherit that.
    """
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    previous = [signal.signal(number, signal.default_int_handler) for number in numbers]
    yield
    for number, handler in zip(numbers, previous, strict=True):
        signal.signal(number, handler)
