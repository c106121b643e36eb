"""Run what decodes, draws, speaks and listens in processes of their own.

Five reasons, each measured: PocketSphinx and the decoders hold Python's lock while they work, so a thread
would stop the server; PicoTTS reads memory that it did not clear, so its audio differs from call to call
unless every call gets fresh pages; an engine that hangs or dies on some input must not take the server with
it; 8 kB of audio can unpack to gigabytes, and only a process can be given a limit; and a process can be
stopped when its client has left, a thread cannot.
"""

import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from attrs import frozen

from . import errors
from .cancellation import current
from .errors import EngineError, EngineFailedError, EngineUnavailableError, WorkCancelledError
from .frames import read_frame, write_frame

FRESH_PAGES = {"MALLOC_MMAP_THRESHOLD_": str(128 * 1024)}
"""Environment: the GNU C library takes each large block from the system, which gives zeros (mallopt(3))."""
PACKAGE_ROOT = Path(__file__).resolve().parents[2]
PASSED_ON: dict[str, type[EngineError]] = {
    name: getattr(errors, name) for name in ("UnreadableInputError", "InputTooLongError", "EngineFailedError")
}
"""Errors that a child may send, by the name of their class."""


@frozen
class Limits:
    """What one request may take of a child: `seconds` of time, `megabytes` (MiB) of memory."""

    seconds: float = 60
    megabytes: int = 1024


class EngineProcess:
    """A child process that answers one request at a time; started when first asked, restarted if it dies.

    `engine` names the module that does the work, in full. `environment` is added to the child's.
    """

    def __init__(
        self, engine: str, limits: Limits | None = None, *, environment: Mapping[str, str] | None = None
    ) -> None:
        self._engine = engine
        self._limits = limits or Limits()
        self._environment = dict(environment or {})
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()
        self._turn = threading.Condition()
        self._waiting: list[object] = []
        self._closed = False
        self._finalizer: weakref.finalize[..., EngineProcess] | None = None
        self._asking: object | None = None
        """The request that the child works on, so that a late timer does not end it under the next one."""

    def ask(self, arguments: Mapping[str, object], payload: bytes = b"") -> bytes:
        """Return the bytes of the engine's answer. Raises what `ask_both` does."""
        return self.ask_both(arguments, payload)[1]

    def ask_both(
        self, arguments: Mapping[str, object], payload: bytes = b""
    ) -> tuple[dict[str, object], bytes]:
        """Return the engine's answer: what it says about its bytes, and the bytes.

        Raises EngineUnavailableError; EngineFailedError if the child crashed or went beyond its limits;
        WorkCancelledError; and what the engine itself raised.
        """
        with self._my_turn() as ticket:
            child = self._running()

            def abandon() -> None:
                self._abandon(ticket, child)

            timer = threading.Timer(self._limits.seconds, abandon)
            self._asking = ticket
            try:
                with current().stopping_by(abandon):
                    timer.start()
                    header, answer = self._exchange(child, arguments, payload)
            finally:
                timer.cancel()
                with self._turn:
                    self._asking = None
            if header.pop("ending", False) or child.poll() is not None:
                self._forget(child)
        if "error" in header:
            raise _error(header)
        return header, answer

    def open(self) -> None:
        """Answer again, after `close`."""
        with self._turn:
            self._closed = False

    def close(self) -> None:
        """End the child, and start none until `open`."""
        with self._turn:
            self._closed = True
            self._turn.notify_all()
            child = self._child
        if child is not None and self._owner == os.getpid():
            child.kill()
            child.wait()

    def _abandon(self, ticket: object, child: subprocess.Popen[bytes]) -> None:
        """End the child if it still works on that request."""
        with self._turn:
            if self._asking is ticket:
                child.kill()

    @contextmanager
    def _my_turn(self) -> Generator[object]:
        """Wait until all who came before are done, unless the work is cancelled meanwhile."""
        ticket = object()
        with self._turn:
            self._waiting.append(ticket)
        try:
            with current().stopping_by(self._wake), self._turn:
                while self._waiting[0] is not ticket:
                    self._turn.wait()
                    if current().cancelled or self._closed:
                        raise WorkCancelledError
            yield ticket
        finally:
            with self._turn:
                self._waiting.remove(ticket)
                self._turn.notify_all()

    def _wake(self) -> None:
        with self._turn:
            self._turn.notify_all()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._closed:
            raise WorkCancelledError
        if self._owner != os.getpid():
            # A fork took the pipes along; the child answers the process that started it, and no other.
            self._child, self._owner = None, os.getpid()
        if self._child is not None and self._child.poll() is not None:
            self._forget(self._child)
        if self._child is None:
            self._child = start(self._engine, self._limits.megabytes, self._environment)
            self._finalizer = weakref.finalize(self, stop, self._child)
        return self._child

    def _forget(self, child: subprocess.Popen[bytes]) -> None:
        """End a child that is not asked again."""
        self._child = None
        if self._finalizer is not None:
            self._finalizer.detach()  # else each child that ever ran would be kept until this object ends
        stop(child)

    def _exchange(
        self, child: subprocess.Popen[bytes], arguments: Mapping[str, object], payload: bytes
    ) -> tuple[dict[str, object], bytes]:
        inlet, outlet = cast(IO[bytes], child.stdin), cast(IO[bytes], child.stdout)
        try:
            write_frame(inlet, arguments, payload)
            return read_frame(outlet)
        except (OSError, EOFError) as error:
            self._forget(child)
            if current().cancelled or self._closed:
                raise WorkCancelledError from error
            raise EngineFailedError(
                f"the {self._engine.rpartition('.')[2]} engine stopped, or took over "
                f"{self._limits.seconds:g} s or {self._limits.megabytes} MiB"
            ) from error


def _error(header: Mapping[str, object]) -> EngineError:
    name, field = str(header["error"]), header.get("field")
    if name == EngineUnavailableError.__name__:
        return EngineUnavailableError(str(header["package"]))
    if name == errors.DearWorkError.__name__:
        return errors.DearWorkError()
    return PASSED_ON[name](str(header["message"]), None if field is None else str(field))


def start(engine: str, megabytes: int, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a child that runs `engine` and finds this package wherever it was imported from."""
    path = os.pathsep.join(
        filter(None, [environment.get("PYTHONPATH"), str(PACKAGE_ROOT), os.environ.get("PYTHONPATH")])
    )
    return subprocess.Popen(
        [sys.executable, "-m", "eigen_reference.engines.child", engine, str(megabytes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **environment, "PYTHONPATH": path},
        # Ctrl-C goes to the whole group of the terminal; the server alone ends on it, and ends the others.
        process_group=0,
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
