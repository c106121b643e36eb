"""A loopback HTTP server that misbehaves on purpose, one script for each connection.

A script is a function of a `Peer`. When the scripts are used up, further connections are closed at once.
"""

import io
import re
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import NamedTuple


class Received(NamedTuple):
    """A request as it came over the socket, with its body freed from chunked framing."""

    head: bytes
    body: bytes


class Peer:
    """One connection, from the server's side."""

    def __init__(self, connection: socket.socket, received: list[Received]) -> None:
        self.connection = connection
        self.received = received
        self._file: io.BufferedReader = connection.makefile("rb")

    def has_request(self) -> bool:
        """Wait for the first byte of a request, and return False if the client closes instead."""
        return bool(self._file.peek(1))

    def read(self) -> Received:
        """Read one whole request and remember it."""
        head = b"".join(iter(self._file.readline, b"\r\n"))
        length = re.search(rb"(?i)content-length: (\d+)", head)
        chunked = b"transfer-encoding: chunked" in head.lower()
        body = self._chunks() if chunked else self._file.read(int(length.group(1)) if length else 0)
        self.received.append(Received(head, body))
        return self.received[-1]

    def _chunks(self) -> bytes:
        body = b""
        while size := int(self._file.readline(), 16):
            body += self._file.read(size)
            self._file.readline()
        self._file.readline()
        return body

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def answer(self, status: int, body: bytes = b"{}", *headers: str, length: int | None = None) -> None:
        """Answer in JSON, unless a header says otherwise; `length` may lie about the body."""
        lines = [
            f"HTTP/1.1 {status} X",
            f"Content-Length: {len(body) if length is None else length}",
            *headers,
        ]
        if not any(header.lower().startswith("content-type") for header in headers):
            lines.append("Content-Type: application/json")
        self.send("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    def wait_for_end(self) -> None:
        """Read until the client closes."""
        while self.connection.recv(65536):
            pass

    def close(self) -> None:
        self._file.close()
        self.connection.close()


Script = Callable[[Peer], None]


class Server(NamedTuple):
    """Where the server is, and what has come."""

    url: str
    received: list[Received]
    connections: list[socket.socket]


@contextmanager
def serve(*scripts: Script) -> Generator[Server, None, None]:
    """Serve on a free port while the block runs."""
    received: list[Received] = []
    connections: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_accept, args=(listener, scripts, received, connections))
        thread.start()
        try:
            yield Server(f"http://127.0.0.1:{listener.getsockname()[1]}", received, connections)
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            for connection in connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            thread.join()


def _accept(
    listener: socket.socket,
    scripts: tuple[Script, ...],
    received: list[Received],
    connections: list[socket.socket],
) -> None:
    threads: list[threading.Thread] = []
    remaining = list(scripts)
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            connections.append(connection)
            script = remaining.pop(0) if remaining else _hang_up
            threads.append(threading.Thread(target=_run, args=(script, Peer(connection, received))))
            threads[-1].start()
    for thread in threads:
        thread.join()


def _hang_up(_peer: Peer) -> None:
    return


def _run(script: Script, peer: Peer) -> None:
    # The client, or the end of the test, may close first; then the script has nothing left to do.
    with suppress(OSError, ValueError):
        script(peer)
    with suppress(OSError):
        peer.close()
