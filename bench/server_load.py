"""Loads for a server: a crowd, an upload that is too long, work that is slow, and requests without a key."""

import asyncio
import http.client
import json
import random
import struct
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from time import perf_counter

from attrs import frozen

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
        status, _ = _post(port, b"{}", {"Content-Type": "application/json", "Authorization": "none"})
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
    """Keep that many video jobs and transcriptions in progress until the block ends."""
    is_over = threading.Event()
    kinds = [*[_make_videos] * videos, *[_transcribe] * recordings]
    threads = [
        threading.Thread(target=work, args=(port, number, is_over)) for number, work in enumerate(kinds)
    ]
    for thread in threads:
        thread.start()
    is_over.wait(2)  # until the engines have started, which is work of another kind
    try:
        yield
    finally:
        is_over.set()
        for thread in threads:
            thread.join()


def _make_videos(port: int, number: int, is_over: threading.Event) -> None:
    model = "wan2p2-i2v-14b-turbo"
    for turn in range(1_000_000):
        body = {"model": model, "prompt": f"video {number} {turn}", "frame_num": 257}
        headers = {"Authorization": KEY, "Content-Type": "application/json"}
        status, answer = _post(port, json.dumps(body).encode(), headers)
        state = "pending"
        while status == 200 and state in ("pending", "processing"):
            query = f"{PATH}/status?jobId={json.loads(answer)['task_id']}&model={model}"
            state = json.loads(_get(port, query))["status"]
            if is_over.wait(0.5):
                return
        if is_over.is_set():
            return


def _transcribe(port: int, number: int, is_over: threading.Event) -> None:
    for turn in range(1_000_000):
        noise = random.Random(1_000 * number + turn).randbytes(32_000 * 5)
        body = (
            b'--B\r\nContent-Disposition: form-data; name="model"\r\n\r\nwhisper_v3_turbo\r\n'
            b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n'
            + riff(noise)
            + b"\r\n--B--\r\n"
        )
        headers = {"Authorization": KEY, "Content-Type": "multipart/form-data; boundary=B"}
        status, _ = _post(port, body, headers)
        # Who is told to come later does: a program that asks again at once would be the load itself.
        if is_over.wait(2 if status == 429 else 0):
            return


def riff(samples: bytes) -> bytes:
    """Return 16 bit mono samples at 16 kHz as a RIFF file."""
    head = struct.pack("<4sIHHIIHH4sI", b"fmt ", 16, 1, 1, 16_000, 32_000, 2, 16, b"data", len(samples))
    return b"RIFF" + struct.pack("<I", 4 + len(head) + len(samples)) + b"WAVE" + head + samples


def _post(port: int, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    return _exchange(port, "POST", PATH, body, headers)


def _get(port: int, path: str) -> bytes:
    return _exchange(port, "GET", path, None, {"Authorization": KEY})[1]


def _exchange(
    port: int, method: str, path: str, body: bytes | None, headers: dict[str, str]
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(HOST, port, timeout=300)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()
