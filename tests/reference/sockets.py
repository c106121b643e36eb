"""A server as a process of its own, and clients that are not httpx: bytes on a socket."""

import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import frozen

COMMAND = [sys.executable, "-m", "eigen_reference"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
KEY = "Authorization: Bearer test-key"
JSON = "Content-Type: application/json"


@frozen
class Answer:
    """What came over a socket before it was closed, or before nothing more came."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def error(self) -> dict[str, str]:
        """The contract's error object."""
        assert self.headers["content-type"] == "application/json"
        error: dict[str, str] = json.loads(self.body)["error"]
        return error


@frozen
class Process:
    """A server that listens."""

    process: subprocess.Popen[str]
    port: int
    log: Path

    def connect(self, timeout: float = 60) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def send(self, request: bytes, timeout: float = 60) -> Answer:
        """Send bytes, and read until the server closes."""
        with self.connect(timeout) as connection:
            connection.sendall(request)
            return answer(connection)

    def post(self, body: dict[str, Any], *headers: str, key: str = KEY) -> Answer:
        return self.send(post(json.dumps(body).encode(), "Connection: close", *headers, key=key))

    def stop(self, number: int = signal.SIGTERM, wait: float = 30) -> tuple[int, float]:
        """Send a signal; return the exit status, and the seconds that it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        status = self.process.wait(wait)
        return status, time.monotonic() - began

    def megabytes(self) -> float:
        """Return the memory that the server holds, without its children."""
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())
        assert found is not None
        return int(found[1]) / 1024


@contextmanager
def serving(folder: Path, *arguments: str) -> Generator[Process]:
    """Start a server, and end it with the block. Its standard error goes to a file in `folder`."""
    log = folder / "server.log"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [*COMMAND, "--port", "0", *arguments],
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            assert line.startswith("eigen_reference ready at "), log.read_text()
            yield Process(process, int(line.rpartition(":")[2]), log)
        finally:
            process.kill()


def answer(connection: socket.socket) -> Answer:
    """Read an answer until the server closes the connection. Raises TimeoutError if it does not."""
    received = b""
    while part := connection.recv(65536):
        received += part
    return parsed(received)


def next_answer(connection: socket.socket) -> Answer:
    """Read one answer of a connection that goes on."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(1)
    head = parsed(received)
    body = b""
    while len(body) < int(head.headers["content-length"]):
        body += connection.recv(1)
    return parsed(received + body)


def parsed(received: bytes) -> Answer:
    """Read the bytes of an answer."""
    head, _, body = received.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:])
    return Answer(int(lines[0].split()[1]), headers, body)


def post(body: bytes, *headers: str, key: str = KEY, media: str = JSON, length: int | None = None) -> bytes:
    """Return the bytes of a request."""
    size = len(body) if length is None else length
    lines = ["POST /api/v1/generate HTTP/1.1", "Host: x", key, media, f"Content-Length: {size}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def form(*parts: tuple[str, bytes], **texts: str) -> tuple[bytes, str]:
    """Return the body of a form with files and texts, and its header."""
    pieces = [
        f'--B\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{t}\r\n'.encode() for n, t in texts.items()
    ]
    for name, content in parts:
        head = f'--B\r\nContent-Disposition: form-data; name="{name}"; filename="f"\r\n\r\n'
        pieces.append(head.encode() + content + b"\r\n")
    return b"".join(pieces) + b"--B--\r\n", "Content-Type: multipart/form-data; boundary=B"


def riff(samples: bytes, rate: int = 16_000, channels: int = 1) -> bytes:
    """Return a RIFF file, whatever its header says."""
    block = 2 * channels
    head = struct.pack("<IHHIIHH", 16, 1, channels, rate, (rate * block) % 2**32, block % 2**16, 16)
    rest = b"WAVEfmt " + head + b"data" + struct.pack("<I", len(samples)) + samples
    return b"RIFF" + struct.pack("<I", len(rest)) + rest
