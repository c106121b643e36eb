"""Servers that would hurt the judge, on real sockets: one line about each, and no memory lost to it."""

import base64
import gzip
import json
import os
import socket
import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import httpx
import pytest

from eigen_contract.targets import bounded
from eigen_contract.targets.bounded import BoundedTransport
from tests.report.judging import answering

MIB = 1 << 20
BOMB = 200 * MIB


def head(media_type: str, *more: str) -> bytes:
    lines = ["HTTP/1.1 200 OK", f"content-type: {media_type}", *more, "connection: close", "", ""]
    return "\r\n".join(lines).encode()


def whole(media_type: str, body: bytes, *more: str) -> bytes:
    return head(media_type, f"content-length: {len(body)}", *more) + body


@cache
def gzip_bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    pieces = [packer.compress(b'{"turbo_image_base64":"')]
    pieces += [packer.compress(b"A" * MIB) for _ in range(BOMB // MIB)]
    return b"".join([*pieces, packer.compress(b'"}'), packer.flush()])


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@cache
def picture_bomb() -> bytes:
    """Make a PNG of 20,000 x 20,000 pixels in 400 kB."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(20_001)) for _ in range(20_000)) + packer.flush()
    header = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def picture_as_json() -> bytes:
    return json.dumps({"turbo_image_base64": base64.b64encode(picture_bomb()).decode()}).encode()


def endless(media_type: str, piece: bytes, times: int) -> Iterator[bytes]:
    yield head(media_type, "transfer-encoding: chunked")
    sent = b"%x\r\n%b\r\n" % (len(piece), piece) * times
    while True:
        yield sent


Answer = Callable[[], Iterator[bytes]]
EVENT = b'data: {"type":"start"}\n\n'
# What is answered, and what is said of it.
HOSTILE: dict[str, tuple[Answer, str]] = {
    "gzip": (
        lambda: iter([whole("application/json", gzip_bomb(), "content-encoding: gzip")]),
        "its answer is larger than 64 MiB when decoded",
    ),
    "gzip-twice": (
        lambda: iter([whole("application/json", gzip.compress(gzip_bomb()), "content-encoding: gzip, gzip")]),
        "its answer is larger than 64 MiB when decoded",
    ),
    "brotli": (
        lambda: iter([whole("application/json", b"\x1b" * 99, "content-encoding: br")]),
        "its answer has the content-encoding 'br', which was not asked for",
    ),
    "gzip-cut-short": (
        lambda: iter([whole("application/json", gzip.compress(b"{}" * 999)[:-9], "content-encoding: gzip")]),
        "its answer is not gzip: it ends too early",
    ),
    "gzip-broken": (
        lambda: iter([whole("application/json", b"{}" * 9, "content-encoding: gzip")]),
        "its answer is not gzip",
    ),
    "endless-events": (
        lambda: endless("text/event-stream", EVENT * 100, 50),
        "its answer has more than 1000000 values or lines",
    ),
    "endless-bytes": (
        lambda: endless("application/json", b"A" * 4096, 50),
        "its answer is larger than 64 MiB when decoded",
    ),
    "values": (
        lambda: iter([whole("application/json", b"[" + b"{}," * 10_000_000 + b"{}]")]),
        "its answer has more than 1000000 values or lines",
    ),
    "picture": (
        lambda: iter([whole("application/json", picture_as_json())]),
        "20000 x 20000 pixels large",
    ),
    "deep": (
        lambda: iter([whole("application/json", b"[" * 100_000 + b"]" * 100_000)]),
        "json_matches_its_schema",
    ),
    "surrogate": (
        lambda: iter([whole("application/json", b'{"turbo_image_base64":"\\ud800","a":1e999,"a":NaN}')]),
        "json_matches_its_schema",
    ),
    "terminal": (
        lambda: iter([whole("text/x\x1b[7m", b"\x1b[2J\x00\xe2\x80\xae\n::add-mask::once")]),
        "text/x\\x1b[7m",
    ),
    "utf-16": (
        lambda: iter([whole("application/json", '{"error": {"message": "é"}}'.encode("utf-16"))]),
        "json_matches_its_schema",
    ),
}


def reply_with(answer: Answer) -> Callable[[socket.socket, threading.Event], None]:
    def reply(connection: socket.socket, is_over: threading.Event) -> None:
        with suppress(OSError):
            for piece in answer():
                if is_over.is_set():
                    break
                connection.sendall(piece)

    return reply


def run_judge(url: str, folder: Path) -> tuple[str, int, int]:
    """Run the judge in a process; return what it says, its exit status, and the megabytes that it took."""
    environment = {
        **os.environ,
        "EIGENAI_API_KEY": "test-key",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    options = ["--target", f"live:{url}", "--budget", "1", "--timeout", "60", "--phase", "examples"]
    command = [sys.executable, "-m", "eigen_contract", "run", *options, "--report", str(folder)]
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return (folder / "output").read_text("utf-8"), process.returncode, usage.ru_maxrss >> 10


@pytest.fixture(scope="module")
def usual_memory(tmp_path_factory: pytest.TempPathFactory) -> int:
    """What the judge takes for an answer that is merely wrong."""
    with answering(reply_with(lambda: iter([whole("application/json", b"{}")]))) as url:
        _, status, memory = run_judge(url, tmp_path_factory.mktemp("usual"))
    assert status == 1
    return memory


@pytest.mark.parametrize("kind", HOSTILE)
def test_one_line_and_no_memory(kind: str, usual_memory: int, tmp_path: Path) -> None:
    answer, said = HOSTILE[kind]
    with answering(reply_with(answer)) as url:
        output, status, memory = run_judge(url, tmp_path)
    assert status in (1, 2), output[-2000:]
    assert said in output
    assert "that the URL is right" not in output, "it is reached, so that is not what is wrong"
    assert "Traceback" not in output
    assert not [line for line in output.split("\n") if not line.isprintable() or line.startswith("::")]
    assert memory - usual_memory < 100, f"{memory} MiB, and usually {usual_memory} MiB"


def get_through(encoded: bytes, encoding: str) -> httpx.Response:
    """Fetch an answer with a client like the judge's."""
    inner = httpx.MockTransport(
        lambda request: httpx.Response(
            200,
            headers={"content-encoding": encoding, "content-length": str(len(encoded))},
            stream=httpx.ByteStream(encoded),
            extensions={"accepted": request.headers["accept-encoding"]},
        )
    )
    with httpx.Client(transport=BoundedTransport(inner)) as client:
        return client.get("http://127.0.0.1/")


RAW = zlib.compressobj(wbits=-15)


@pytest.mark.parametrize(
    ("encoded", "encoding"),
    [
        (b"text" * 50_000, "identity"),
        (gzip.compress(b"text" * 50_000), "gzip"),
        (gzip.compress(b"text" * 20_000) + gzip.compress(b"text" * 30_000), "X-GZIP"),
        (zlib.compress(b"text" * 50_000), "deflate"),
        (RAW.compress(b"text" * 50_000) + RAW.flush(), "deflate"),
        (gzip.compress(zlib.compress(b"text" * 50_000)), "deflate, gzip"),
    ],
    ids=["plain", "gzip", "members", "zlib", "raw", "both"],
)
def test_what_is_compressed_as_was_asked_for_is_read(encoded: bytes, encoding: str) -> None:
    response = get_through(encoded, encoding)
    assert response.content == b"text" * 50_000
    assert response.extensions["accepted"] == "gzip, deflate"
    assert ("content-encoding" in response.headers) == (encoding == "identity")


def test_an_answer_as_large_as_the_limit_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "LARGEST", 200_000)
    assert len(get_through(gzip.compress(bytes(200_000)), "gzip").content) == 200_000
    with pytest.raises(httpx.ReadError, match="is larger than"):
        get_through(gzip.compress(bytes(200_001)), "gzip")


def test_small_pieces_are_joined_and_slow_ones_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 0.0, 0.01, 0.02, 0.02, 0.3, 0.3, 0.31])
    monkeypatch.setattr("eigen_contract.targets.bounded.time.monotonic", lambda: next(clock))
    pieces = bounded.joined([b"first", b"a", b"b" * bounded.PIECE, b"c", b"late", b"d"])
    assert [len(piece) for piece in pieces] == [5, bounded.PIECE + 1, 5, 1]
