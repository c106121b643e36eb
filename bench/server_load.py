"""Loads for a server: a crowd, uploads that are too long, slow work, and requests without a key."""

import asyncio
import http.client
import json
import struct
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from time import perf_counter

from attrs import frozen

from .processes import ROOT, Failed
from .server_process import ENVIRONMENT

PATH = "/api/v1/generate"
KEY = "Bearer test-key"
HOST = "127.0.0.1"
PIECE = bytes(2**20)


@frozen
class Crowd:
    """What became of a crowd: the requests that were answered, and the seconds until the last was."""

    answered: int
    seconds: float


def crowd(port: int, people: int, name: str) -> Crowd:
    """Hold that many connections after one answer each, and then ask for as many pictures at once.

    Each connection is asked once more at the end. `name` tells the pictures from those of another crowd.
    """
    return asyncio.run(_crowd(port, people, name))


async def _crowd(port: int, people: int, name: str) -> Crowd:
    held = [await asyncio.open_connection(HOST, port) for _ in range(people)]
    refused = _request({}, key="none")
    first = await asyncio.gather(*[_ask(*one, refused) for one in held])
    began = perf_counter()
    pictures = await asyncio.gather(*[_picture(port, f"{name} {number}") for number in range(people)])
    seconds = perf_counter() - began
    last = await asyncio.gather(*[_ask(*one, refused) for one in held])
    for _, writer in held:
        writer.close()
    still_held = sum(before == after == 401 for before, after in zip(first, last, strict=True))
    return Crowd(still_held + sum(status in (200, 429) for status in pictures), seconds)


async def _picture(port: int, prompt: str) -> int:
    reader, writer = await asyncio.open_connection(HOST, port)
    body = {"model": "eigen-image", "prompt": prompt, "width": 512, "height": 512}
    status = await _ask(reader, writer, _request(body))
    writer.close()
    return status


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
    """Send a request and read its whole answer; return the status, 0 if there was none."""
    with suppress(OSError, asyncio.IncompleteReadError):
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(head.partition("content-length:")[2].partition("\r\n")[0])
        await reader.readexactly(length)
        return int(head.split()[1])
    return 0


def _request(body: object, key: str = KEY) -> bytes:
    content = json.dumps(body).encode()
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


def refusals(port: int, count: int) -> list[float]:
    """Return the seconds that each of so many 401s took, with the connection."""
    times: list[float] = []
    for _ in range(count):
        began = perf_counter()
        headers = {"Content-Type": "application/json", "Authorization": "none"}
        status, _ = exchange(port, "POST", PATH, b"{}", headers)
        times.append(perf_counter() - began)
        if status != 401:
            raise AssertionError(f"a request without a key was answered with {status}")
    return times


def upload(port: int, size: int, *, in_chunks: bool) -> int:
    """Send a body of that many bytes until the server has answered; return the status."""
    connection = http.client.HTTPConnection(HOST, port, timeout=120)
    headers = {"Authorization": KEY, "Content-Type": "application/json"}
    length = {} if in_chunks else {"Content-Length": str(size)}
    # The server answers before the body has ended, and closes while more is being sent.
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.request("POST", PATH, _pieces(size), headers | length, encode_chunked=in_chunks)
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def _pieces(size: int) -> Iterator[bytes]:
    for _ in range(size // len(PIECE)):
        yield PIECE


@contextmanager
def slow_work(port: int, *, videos: int, recordings: int) -> Generator[None]:
    """Keep that many video jobs and transcriptions in progress until the block ends.

    A process of its own asks for them: its threads would hold up what is timed in this one.
    """
    command = [sys.executable, "-m", "bench.server_work", str(port), str(videos), str(recordings)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT, cwd=ROOT
    ) as process:
        if process.stdout is None or process.stdout.readline() != "working\n":
            raise Failed("no video job and no transcription was begun")
        yield
        if process.stdin:
            process.stdin.close()
    if process.returncode:
        raise Failed("a video job or a transcription failed")


def riff(samples: bytes) -> bytes:
    """Return 16 bit mono samples at 16 kHz as a RIFF file."""
    head = struct.pack("<4sIHHIIHH4sI", b"fmt ", 16, 1, 1, 16_000, 32_000, 2, 16, b"data", len(samples))
    return b"RIFF" + struct.pack("<I", 4 + len(head) + len(samples)) + b"WAVE" + head + samples


def exchange(
    port: int, method: str, path: str, body: bytes | None, headers: dict[str, str]
) -> tuple[int, bytes]:
    """Send a request on a connection of its own; return status and body."""
    connection = http.client.HTTPConnection(HOST, port, timeout=300)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()
