"""The connection under an answer: how to stop what waits on it, and who may close it."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Literal

from .library import HttpResponse


def socket_of(response: HttpResponse) -> Any:
    """Return the socket that serves this answer alone, or None: HTTP/2 shares it, and mocks have none."""
    stream: Any = response.extensions.get("network_stream")
    if stream is None or not response.http_version.startswith("HTTP/1"):
        return None
    return stream.get_extra_info("socket")


def shut_down(connection: Any) -> None:
    """End a connection in both directions: whoever reads from it wakes up, and httpcore does not reuse it.

    Unlike `close`, it works for a thread that is reading, and for a socket that a forked process has too.
    """
    # Not by the method of SSLSocket, which would leave a reader with undecrypted bytes. asyncio's
    # TransportSocket has only its own, and other event loops refuse it (TypeError).
    with suppress(OSError, TypeError, AttributeError):
        if isinstance(connection, socket.socket):
            socket.socket.shutdown(connection, socket.SHUT_RDWR)
        else:
            connection.shutdown(socket.SHUT_RDWR)


class ReadTurn:
    """Settles who closes an answer that one thread reads and another closes: the one that reads.

    httpcore has no lock around the end of an answer, so two threads must not be in it at once.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_reading = self._is_closed = False

    def begin(self) -> bool:
        """Begin to read, and return False if the answer is closed."""
        with self._lock:
            self._is_reading = not self._is_closed
            return self._is_reading

    def end(self) -> bool:
        """End reading, and return True if the answer was closed meanwhile, so that the reader closes it."""
        with self._lock:
            self._is_reading = False
            return self._is_closed

    def close(self) -> Literal["idle", "reading", "closed"]:
        """Mark the answer as closed, and return in which state it was."""
        with self._lock:
            if self._is_closed:
                return "closed"
            self._is_closed = True
            return "reading" if self._is_reading else "idle"

    def if_reading(self, step: Callable[[], None]) -> None:
        """Take a step, unless nothing is read: then the connection may already serve another answer."""
        with self._lock:
            if self._is_reading:
                step()


def end_reading_after(seconds: float | None, connection: Any, turn: ReadTurn) -> threading.Timer | None:
    """Shut the connection down if a thread still reads after so many seconds; None is no limit.

    Whoever is done with the answer cancels what is returned. httpcore takes the read timeout once for the
    whole body, so it cannot end a body that comes in small pieces.
    """
    if seconds is None or connection is None:
        return None
    timer = threading.Timer(seconds, turn.if_reading, (lambda: shut_down(connection),))
    timer.daemon = True
    try:
        timer.start()
    except RuntimeError:  # the interpreter is ending and starts no threads
        return None
    return timer
