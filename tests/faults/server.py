"""A raw-socket HTTP server on loopback that does exactly what its script says, and counts what came.

Each request is met by the next act of the script; when those are used up, every request succeeds, so that
a request too many is counted and not hidden behind a second failure. Nothing waits for longer than LIMIT
seconds: a server that cannot end by itself says so in `overdue`.
"""

import re
import socket
import struct
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

LIMIT = 10.0
"""Seconds after which a socket of the server gives up; far above what any client here waits."""


class Received(NamedTuple):
    """A request as far as it came; `body` is without chunked framing."""

    method: str
    head: bytes
    body: bytearray

    @property
    def chunked(self) -> bool:
        """Whether the body came without a length."""
        return b"transfer-encoding: chunked" in self.head.lower()


class Connection:
    """One connection from the server's side, on the request that is being met."""

    def __init__(self, connection: socket.socket, stopping: threading.Event) -> None:
        connection.settimeout(LIMIT)
        self.socket = connection
        self.stopping = stopping
        self._file = connection.makefile("rb")
        self.request = Received("", b"", bytearray())

    @property
    def path(self) -> str:
        """The path that is asked for."""
        return self.request.head.split(b" ", 2)[1].decode("latin-1")

    def read_head(self) -> bool:
        """Read a request's head; false at the connection's end."""
        head = b"".join(iter(self._file.readline, b"\r\n")) if self._file.peek(1) else b""
        self.request = Received(head.partition(b" ")[0].decode("latin-1"), head, bytearray())
        return bool(head)

    def read_body(self) -> None:
        """Read the whole body, by its length or by its chunks."""
        length = re.search(rb"(?i)content-length: *(\d+)", self.request.head)
        if length:
            self.request.body.extend(self._file.read(int(length.group(1))))
        elif self.request.chunked:
            while size := int(self._file.readline() or b"0", 16):
                self.request.body.extend(self._file.read(size))
                self._file.readline()
            self._file.readline()

    def read_some(self, size: int) -> None:
        """Read the beginning of the body, as it is framed."""
        self.request.body.extend(self._file.read(size))

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.socket.sendall(data)

    def wait_for_end(self) -> None:
        """Read, and forget, until the client closes."""
        while self._file.read1(65536):
            pass

    def finish_sending(self) -> None:
        """Send the end of the stream, and go on reading."""
        self.socket.shutdown(socket.SHUT_WR)

    def reset(self) -> None:
        """Close with RST in place of FIN, as a crashed process or a balancer does."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def close(self) -> None:
        """Close both ways."""
        self._file.close()
        self.socket.close()


Act = Callable[[Connection], bool]
"""Meets one request, whose head has been read; tells whether the connection goes on."""


class Server:
    """Accepts until it is stopped; every connection has a thread, and a lock guards what is counted."""

    def __init__(self, listener: socket.socket, acts: Sequence[Act], success: Act, greet: Act | None) -> None:
        self.port: int = listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.requests: list[Received] = []
        self.connections: list[Connection] = []
        self.overdue = 0
        self._mark = ("", 0)
        self._listener = listener
        self._acts = list(acts)
        self._success = success
        self._greet = greet
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept)

    def start(self) -> None:
        """Begin to listen and to accept."""
        self.listen(backlog=16)
        self._accepting.start()

    def listen(self, *, backlog: int) -> None:
        """Let the kernel answer up to `backlog` handshakes that nobody has accepted."""
        self._listener.listen(backlog)

    def stop(self) -> None:
        """Meet what has come to the end, and stop.

        A last connection of our own marks the end of the queue, so no request that a client has made is
        left uncounted. The clients have closed by then, which ends every other thread.
        """
        if self._accepting.ident is None:
            return
        with socket.socket() as mark:
            mark.bind(("127.0.0.1", 0))
            self._mark = mark.getsockname()
            mark.connect(("127.0.0.1", self.port))
            self._accepting.join()
        self.settle()

    def forget(self) -> None:
        """Wait until every connection so far has ended, and count anew."""
        self.settle()
        self.requests.clear()

    def settle(self) -> None:
        """Wait until every connection so far has ended, which is for the clients to see to."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            accepted, address = self._listener.accept()
            if address == self._mark:
                accepted.close()
                return
            connection = Connection(accepted, self._stopping)
            self.connections.append(connection)
            self._threads.append(threading.Thread(target=self._run, args=(connection,)))
            self._threads[-1].start()

    def _run(self, connection: Connection) -> None:
        try:
            if self._greet is None or self._greet(connection):
                while connection.read_head() and self._next(connection)(connection):
                    pass
        except TimeoutError:
            self.overdue += 1
        except (OSError, ValueError):
            pass  # the client closed in the middle of an act, which then has nothing left to do
        with suppress(OSError):
            connection.close()

    def _next(self, connection: Connection) -> Act:
        with self._lock:
            self.requests.append(connection.request)
            return self._acts.pop(0) if self._acts else self._success


@contextmanager
def serve(
    *acts: Act, success: Act, greet: Act | None = None, started: bool = True
) -> Generator[Server, None, None]:
    """Serve on a free port while the block runs; refuse connections until `start` if not `started`."""
    with socket.socket() as listener:
        # Small, so that a client notices soon when nobody reads.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
        listener.bind(("127.0.0.1", 0))
        server = Server(listener, acts, success, greet)
        if started:
            server.start()
        try:
            yield server
        finally:
            server.stop()
