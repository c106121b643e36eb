"""Run an engine written in C in a process of its own.

Three reasons, each measured: PocketSphinx holds Python's lock for as long as it listens, so a thread would
stop the server; PicoTTS reads memory that it did not clear, so its audio differs from call to call unless
every call gets fresh pages; and an engine that hangs or dies on some input must not take the server with it.
"""

import json
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import IO, cast

from .errors import EngineFailedError, EngineUnavailableError

FRESH_PAGES = {"MALLOC_MMAP_THRESHOLD_": str(128 * 1024)}
"""Makes the GNU C library take each large block from the system, which hands out zeros (mallopt(3))."""
PACKAGE_ROOT = Path(__file__).resolve().parents[2]


class EngineProcess:
    """A child process that answers one request at a time; started when first asked, restarted if it dies.

    `engine` names the module beside this one that does the work. `environment` is added to the child's.
    """

    def __init__(
        self, engine: str, *, seconds: float = 60, environment: Mapping[str, str] | None = None
    ) -> None:
        self._engine = engine
        self._seconds = seconds
        self._environment = dict(environment or {})
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def ask(self, arguments: Mapping[str, object], payload: bytes = b"") -> bytes:
        """Return the engine's answer.

        Raises EngineUnavailableError, or EngineFailedError after `seconds` or a crash.
        """
        with self._lock:
            child = self._running()
            timer = threading.Timer(self._seconds, child.kill)
            timer.start()
            try:
                return self._exchange(child, arguments, payload)
            finally:
                timer.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            if self._child is not None:
                stop(self._child)
            self._child = start(self._engine, self._environment)
            weakref.finalize(self, stop, self._child)
        return self._child

    def _exchange(
        self, child: subprocess.Popen[bytes], arguments: Mapping[str, object], payload: bytes
    ) -> bytes:
        inlet, outlet = cast(IO[bytes], child.stdin), cast(IO[bytes], child.stdout)
        try:
            write_frame(inlet, arguments, payload)
            header, answer = read_frame(outlet)
        except (OSError, EOFError) as error:
            child.kill()
            child.wait()
            raise EngineFailedError(
                f"the {self._engine} engine stopped, or took over {self._seconds:g} s"
            ) from error
        if "unavailable" in header:
            raise EngineUnavailableError(str(header["unavailable"]))
        return answer


def start(engine: str, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a child that runs `engine` and finds this package wherever it was imported from."""
    path = os.pathsep.join(
        filter(None, [environment.get("PYTHONPATH"), str(PACKAGE_ROOT), os.environ.get("PYTHONPATH")])
    )
    return subprocess.Popen(
        [sys.executable, "-m", "eigen_reference.engines.child", engine],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **FRESH_PAGES, **environment, "PYTHONPATH": path},
    )


def stop(child: subprocess.Popen[bytes]) -> None:
    """End a child at once; it keeps nothing that could be lost."""
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except BrokenPipeError:
                continue  # what was still to be written has nobody to read it


def write_frame(pipe: IO[bytes], header: Mapping[str, object], payload: bytes) -> None:
    """Write one message: a line of JSON that says how many bytes follow, then the bytes."""
    pipe.write(json.dumps({**header, "size": len(payload)}).encode() + b"\n" + payload)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> tuple[dict[str, object], bytes]:
    """Read one message. Raises EOFError if the other end closed."""
    line = pipe.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    header = cast(dict[str, object], json.loads(line))
    size = cast(int, header.pop("size"))
    payload = pipe.read(size)
    if len(payload) != size:
        raise EOFError
    return header, payload
