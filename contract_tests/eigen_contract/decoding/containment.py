"""Hands media to a process of its own, which is all that hostile media can hurt.

A decoder is a large program in C: a picture of a few kilobytes can ask it for gigabytes, keep it busy for
hours, or crash it. In a process of its own it has `PATIENCE` seconds and `worker.MEMORY` bytes, and a crash
costs one answer and not the run. The process lasts as long as the run, so a picture costs little more than
its way through a pipe.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import IO, Any

from attrs import define, field, frozen

from eigen_contract.decoding.broken import BrokenMediaError
from eigen_contract.errors import CannotJudgeError

WORKER = "eigen_contract.decoding.worker"
PATIENCE = 30.0
"""Seconds that one medium may take to decode: a video of a minute takes about five."""
START = 60.0
"""Seconds that the process may take to start, on a machine that does much else."""
REMEMBERED = 4
"""Media whose outcome is kept, because several checks ask about the same answer."""


@frozen
class Decoded:
    """What the process says of a medium: plain values, and bytes if it was asked for samples."""

    values: dict[str, Any]
    data: bytes = field(repr=False)


def decode_contained(task: str, data: bytes) -> Decoded:
    """Decode media in the process for it, which is started if there is none.

    Args:
        task: one of `worker.TASKS`.

    Raises:
        BrokenMediaError: it does not decode, or takes too much time or memory, or crashes the decoder.
        CannotJudgeError: the process does not start.
    """
    decoded = decode_once(task, data)
    if "broken" in decoded.values:
        raise BrokenMediaError(decoded.values["broken"])
    return decoded


@lru_cache(maxsize=REMEMBERED)
def decode_once(task: str, data: bytes) -> Decoded:
    """Return the outcome of a task, a failure as well: one that takes long must not take as long again."""
    return PROCESS.decode(task, data)


@define
class DecoderProcess:
    """The process, one medium at a time."""

    process: subprocess.Popen[bytes] | None = None
    _owner: int = 0
    """The process that started it: a fork must not speak into the pipes of its parent."""
    _turn: threading.Lock = field(factory=threading.Lock)

    def decode(self, task: str, data: bytes) -> Decoded:
        """Do a task; what is wrong with the medium stands under `broken`. Raises CannotJudgeError."""
        with self._turn:
            process = self._running()
            overdue = threading.Event()
            reply = _within(PATIENCE, process, overdue, lambda: _ask(process, task, data))
            if reply is None:
                self.process = None
                return Decoded({"broken": _why_it_ended(process, is_overdue=overdue.is_set())}, b"")
        return reply

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self._owner != os.getpid():
            self.process, self._owner = _start(), os.getpid()
        return self.process

    def close(self) -> None:
        """End the process; the next medium starts another one."""
        with self._turn:
            if self.process is not None and self._owner == os.getpid():
                _end(self.process)
            self.process = None


def _start() -> subprocess.Popen[bytes]:
    # The worker finds this package where this process has found it, and nothing in the current folder.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    ready = _within(START, process, threading.Event(), lambda: _read_reply(process))
    if ready is None:
        raise CannotJudgeError(
            f"the process that decodes media does not start; see what `python -m {WORKER}` says"
        )
    return process


def _within(
    seconds: float, process: subprocess.Popen[bytes], overdue: threading.Event, work: Callable[[], Decoded]
) -> Decoded | None:
    """Return what the process replies; None if it ends instead, or is ended because it takes too long."""

    def give_up() -> None:
        overdue.set()
        process.kill()

    timer = threading.Timer(seconds, give_up)
    timer.daemon = True
    timer.start()
    try:
        return work()
    except (OSError, EOFError, ValueError):
        _end(process)
        return None
    finally:
        timer.cancel()


def _ask(process: subprocess.Popen[bytes], task: str, data: bytes) -> Decoded:
    stdin = _pipe(process.stdin)
    stdin.write(json.dumps({"task": task, "size": len(data)}).encode() + b"\n")
    stdin.write(data)
    stdin.flush()
    return _read_reply(process)


def _read_reply(process: subprocess.Popen[bytes]) -> Decoded:
    stdout = _pipe(process.stdout)
    line = stdout.readline()
    if not line:
        raise EOFError
    values: dict[str, Any] = json.loads(line)
    size = int(values.pop("size", 0))
    data = stdout.read(size) if size else b""
    if len(data) < size:
        raise EOFError
    return Decoded(values, data)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process, whatever it does, and close the pipes."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        # What was not sent is of no use any more.
        with suppress(OSError):
            _pipe(pipe).close()


def _why_it_ended(process: subprocess.Popen[bytes], *, is_overdue: bool) -> str:
    if is_overdue:
        return f"decoding it takes longer than {PATIENCE:g} s"
    status = process.returncode
    how = signal.Signals(-status).name if status < 0 else f"exit status {status}"
    return f"it crashes the decoder ({how})"


PROCESS = DecoderProcess()
atexit.register(PROCESS.close)
