"""The reference server as a process of its own, so that the demo crosses a real socket."""

import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 60.0
STOP_SECONDS = 10.0


class ServerError(Exception):
    """The reference server did not come up; the message says where to read why."""


@contextmanager
def reference_server(log: Path) -> Generator[str, None, None]:
    """Start `python -m eigen_reference`, yield its base URL, and end it with the block.

    What the server writes to standard error goes to the file `log`. Raises ServerError if it is not ready
    within START_SECONDS.
    """
    command = [sys.executable, "-m", "eigen_reference", "--port", "0"]
    with (
        log.open("wb") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors) as process,
    ):
        try:
            yield _base_url(process, log)
        finally:
            _stop(process)


def _base_url(process: subprocess.Popen[bytes], log: Path) -> str:
    """Read the line `eigen_reference ready at URL`; its arrival is the event that the server accepts."""
    assert process.stdout is not None
    # A timer, because on Windows `select` takes sockets and no pipes. A server that is ended closes its pipe.
    timer = threading.Timer(START_SECONDS, process.kill)
    timer.start()
    try:
        line = process.stdout.readline().decode()
    finally:
        timer.cancel()
    before, _, url = line.strip().partition(" ready at ")
    if before != "eigen_reference" or not url:
        raise ServerError(f"the reference server did not start; it wrote why to {log}")
    return url


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
