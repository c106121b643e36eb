"""What the server does with HTTP that is malformed, late, or never ends."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reference.sockets import KEY, Process, answer, next_answer, post, serving

GOOD = b'{"model":"m","prompt":"p","width":512,"height":512}'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    arguments = ("--head-timeout", "1", "--body-timeout", "1", "--idle-timeout", "1")
    with serving(tmp_path_factory.mktemp("server"), *arguments) as process:
        yield process
        assert process.log.read_text() == ""


def chunked(*headers: str) -> bytes:
    return post(b"", "Transfer-Encoding: chunked", *headers).replace(b"Content-Length: 0\r\n", b"")


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(40) + b"\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\x00b\r\n\r\n",
        b"GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
        post(GOOD, "Content-Length: 5"),
        post(GOOD, length=-1),
        chunked() + b"not a number\r\n",
        chunked("Content-Length: 5") + b"0\r\n\r\n",
        post(GOOD, "Transfer-Encoding: chunked") + b"0\r\n\r\n",
        chunked("Transfer-Encoding: identity") + b"0\r\n\r\n",
        chunked().replace(b"chunked", b"gzip, chunked") + b"0\r\n\r\n",
        chunked().replace(b"HTTP/1.1", b"HTTP/1.0") + b"0\r\n\r\n",
    ],
)
def test_a_malformed_message_is_a_400_of_the_contract_and_the_end(
    server: Process, request_bytes: bytes
) -> None:
    refused = server.send(request_bytes)
    assert (refused.status, refused.headers["connection"]) == (400, "close")
    assert refused.error["code"] == "malformed_http"
    assert refused.headers["x-reference-engine"].startswith("eigen_reference/")


@pytest.mark.parametrize("begun", [b"", b"POST /api", post(GOOD)[:60]])
def test_a_head_that_does_not_end_is_a_408(server: Process, begun: bytes) -> None:
    refused = server.send(begun)
    assert (refused.status, refused.error["code"]) == (408, "head_timeout")


def test_a_head_that_drips_is_a_408(server: Process) -> None:
    with server.connect() as connection:
        connection.settimeout(0.3)
        received = b""
        for byte in post(GOOD):
            connection.sendall(bytes([byte]))
            try:
                received = connection.recv(4096)
                break
            except TimeoutError:
                continue
    assert received.startswith(b"HTTP/1.1 408 ")


def test_the_next_head_on_a_connection_that_does_not_end_is_a_408(server: Process) -> None:
    with server.connect() as connection:
        connection.sendall(post(b"{}"))
        assert next_answer(connection).status == 400
        connection.sendall(b"POST /api/v1")
        assert answer(connection).status == 408


@pytest.mark.parametrize("sent", [b"", GOOD[:10]])
def test_a_body_that_does_not_end_is_a_408(server: Process, sent: bytes) -> None:
    refused = server.send(post(sent, length=len(GOOD)))
    assert (refused.status, refused.error["code"]) == (408, "body_timeout")
    assert refused.headers["connection"] == "close"


def test_a_body_that_drips_is_a_408(server: Process) -> None:
    with server.connect() as connection:
        connection.sendall(post(b"", length=1_000))
        connection.settimeout(0.5)
        received, end = b"", time.monotonic() + 30
        while not received and time.monotonic() < end:
            try:
                connection.sendall(b" ")
                received = connection.recv(4096)
            except TimeoutError:
                continue
    assert received.startswith(b"HTTP/1.1 408 ")


def test_a_connection_without_a_request_is_closed(server: Process) -> None:
    with server.connect() as connection:
        connection.sendall(post(b"{}"))
        assert answer(connection).status == 400


def test_a_refused_body_is_not_read_without_end(server: Process) -> None:
    with server.connect() as connection:
        connection.sendall(post(b"", key="X: y", length=10**12))
        assert next_answer(connection).status == 401
        began = time.monotonic()
        with pytest.raises(ConnectionError):
            drip(connection, began + 40)
    assert time.monotonic() - began < 20


def drip(connection: socket.socket, end: float) -> None:
    """Send a little more again and again."""
    while time.monotonic() < end:
        connection.sendall(b" " * 1000)
        time.sleep(0.05)


def test_requests_one_after_the_other_share_a_connection(server: Process) -> None:
    with server.connect() as connection:
        connection.sendall(post(b"{}") * 3 + post(b"{}", "Connection: close"))
        assert answer(connection).body.count(b"HTTP/1.1 400 ") == 3


def test_a_client_that_reads_nothing_is_cut_off(tmp_path: Path) -> None:
    with serving(tmp_path, "--write-timeout", "1") as process, socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(60)
        connection.connect(("127.0.0.1", process.port))
        spoken = b'{"model":"m","text":"' + b"One and two and three and four. " * 25 + b'"}'
        for _ in range(8):  # more than the buffers of both ends hold
            connection.sendall(post(spoken))
        end = time.monotonic() + 60
        while sockets_of(process) and time.monotonic() < end:
            time.sleep(0.1)
        assert sockets_of(process) == 0
        assert process.log.read_text() == ""


def sockets_of(process: Process) -> int:
    """Count connections that the server holds (proc(5): state 01 is established)."""
    port = f":{process.port:04X}"
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(fields[1].endswith(port) and fields[3] == "01" for fields in lines)


def test_the_key_comes_before_the_body(server: Process) -> None:
    with server.connect() as connection:
        connection.sendall(post(b"", key=KEY + "x", length=10**9))
        assert connection.recv(4096).startswith(b"HTTP/1.1 401 ")
