"""Batches beside bare loops, in this process: `python -m bench.batch_runs PART ...` prints what was measured.

A bare loop is what one writes by hand: httpx, a semaphore, a file for each answer. It forgets what it sent.
"""

import asyncio
import base64
import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import httpx

from eigen_generate import AsyncEigenGenerate
from eigen_generate.batch import RowResult, dask, run, run_async

from . import memory

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: %d\r\n\r\n%s" % (len(PNG), PNG)
# In seconds: how long the server takes for a picture.
LATENCY = 0.02
_NOWHERE = "http://127.0.0.1:9"
_PATH = "/api/v1/generate"
_HEADERS = {"Authorization": "Bearer test-key"}
# Rows of which the first and the last are compared.
_SHARE = 10


@contextlib.asynccontextmanager
async def serving(latency: float = LATENCY) -> AsyncGenerator[str]:
    """Serve pictures in this event loop, over real sockets, within a block; yields the URL."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                _, _, length = head.lower().partition(b"content-length:")
                await reader.readexactly(int(length.partition(b"\r\n")[0]))
                await asyncio.sleep(latency)
                writer.write(_ANSWER)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=1024)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


class Stub(httpx.AsyncBaseTransport):
    """Answers at once, without a socket."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Take the request, and return a picture."""
        await request.aread()
        return httpx.Response(200, content=PNG, headers={"content-type": "image/png"})


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Yield rows that differ."""
    for number in range(count):
        row = {"job": "images.generate", "model": "eigen-image", "prompt": f"cat {number}"}
        yield {**row, "id": f"cat-{number}"}


def write_rows(path: Path, count: int) -> Path:
    """Write rows as JSONL."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows(count))
    return path


async def bare_loop(client: httpx.AsyncClient, source: Path, folder: Path, concurrency: int) -> float:
    """Send rows as one does by hand, a file for each; return the rows a second."""
    folder.mkdir()
    places = asyncio.Semaphore(concurrency)

    async def send(row: dict[str, Any]) -> None:
        async with places:
            name = row.pop("id")
            del row["job"]
            answer = await client.post(_PATH, json=row, headers=_HEADERS, timeout=60)
            answer.raise_for_status()
            (folder / f"{name}.png").write_bytes(answer.content)

    began, count = time.perf_counter(), 0
    running: set[asyncio.Task[None]] = set()
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            count += 1
            running.add(asyncio.create_task(send(json.loads(line))))
            if len(running) >= 4 * concurrency:  # a million tasks at once would not fit
                _, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    await asyncio.gather(*running)
    return count / (time.perf_counter() - began)


async def flight(concurrency: int, count: int) -> dict[str, float]:
    """Send to a server in this loop: a bare loop, then a batch with its journal."""
    with tempfile.TemporaryDirectory(prefix="bench-batch-") as scratch:
        source = write_rows(Path(scratch, "rows.jsonl"), count)
        async with serving() as url:
            limits = httpx.Limits(max_connections=concurrency)
            async with httpx.AsyncClient(base_url=url, limits=limits) as bare_client:
                bare = await bare_loop(bare_client, source, Path(scratch, "bare"), concurrency)
            async with AsyncEigenGenerate(api_key="test-key", base_url=url) as client:
                began = time.perf_counter()
                batch = run_async(source, out=Path(scratch, "out"), client=client, concurrency=concurrency)
                done = [result.status async for result in batch].count("done")
                rate = count / (time.perf_counter() - began)
    assert done == count
    return {"bare": bare, "batch": rate, "ratio": rate / bare}


async def million(count: int, concurrency: int) -> dict[str, float]:
    """Send to a stub: a bare loop, then a batch, with its memory and its first against its last rows."""
    with tempfile.TemporaryDirectory(prefix="bench-batch-") as scratch:
        source = write_rows(Path(scratch, "rows.jsonl"), count)
        async with httpx.AsyncClient(transport=Stub(), base_url=_NOWHERE) as bare_client:
            bare = await bare_loop(bare_client, source, Path(scratch, "bare"), concurrency)
        http_client = httpx.AsyncClient(transport=Stub())
        client = AsyncEigenGenerate(api_key="test-key", base_url=_NOWHERE, http_client=http_client)
        began = time.perf_counter()
        batch = run_async(source, out=Path(scratch, "out"), client=client, concurrency=concurrency)
        times: dict[int, float] = {}
        share, ended = count // _SHARE, 0
        resident = 0.0
        async for _ in batch:
            ended += 1
            if ended in (1, share, count - share, count):
                times[ended] = time.perf_counter()
            if ended == share // _SHARE:  # by now everything is imported, and all places are in use
                resident = memory.mark()
        seconds = time.perf_counter() - began
        growth = memory.growth_since(resident)
    first, last = times[share] - times[1], times[count] - times[count - share]
    return {
        "bare": bare,
        "batch": count / seconds,
        "ratio": count / seconds / bare,
        "sending": count / (times[count] - times[1]) / bare,
        "validation": times[1] - began,
        "memory": growth,
        "last": last / first,
    }


def resume(count: int) -> dict[str, float]:
    """Go on with a journal of so many rows that are done, and one that is new: seconds to its request."""
    sent: list[float] = []

    class Noting(Stub):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            sent.append(time.perf_counter())
            return await super().handle_async_request(request)

    with tempfile.TemporaryDirectory(prefix="bench-batch-") as scratch:
        source, out = write_rows(Path(scratch, "rows.jsonl"), count + 1), Path(scratch, "out")
        for transport in (Stub(), Noting()):
            client = AsyncEigenGenerate(
                api_key="test-key",
                base_url=_NOWHERE,
                http_client=httpx.AsyncClient(transport=transport),
            )
            began = time.perf_counter()
            is_first = not (out / "journal.sqlite3").exists()
            list(run(source, out=out, client=client, budget=0 if is_first else None))
            if is_first:
                mark_done(out, count)
    return {"first": sent[0] - began, "requests": len(sent)}


def mark_done(out: Path, count: int) -> None:
    """Let the first rows of a journal be done, as a run leaves them."""
    outcome = "state = 'done', attempts = 1, charges = 1, sha256 = hex(randomblob(32)), size = 68"
    update = f"UPDATE rows SET {outcome}, path = 'results/' || id || '.png' WHERE number <= ?"
    with sqlite3.connect(out / "journal.sqlite3") as journal:
        journal.execute(update, (count,))


class _Worker:
    """A process of Dask, which ends with a block."""

    def __init__(self, role: str, *options: str, **variables: str) -> None:
        command = [sys.executable, "-m", "dask", role, "--no-dashboard", *options]
        environment = {**os.environ, **variables}
        self._process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()


async def cluster(concurrency: int, count: int) -> dict[str, float]:
    """Send to a server in this process: one process, then two workers of Dask in processes of their own."""
    with tempfile.TemporaryDirectory(prefix="bench-batch-") as scratch, contextlib.ExitStack() as processes:
        folder = Path(scratch)
        source, address = write_rows(folder / "rows.jsonl", count), folder / "scheduler.json"
        async with serving() as url:
            variables = {"EIGENAI_BASE_URL": url, "EIGENAI_API_KEY": "test-key"}
            os.environ.update(variables)
            one = await asyncio.to_thread(
                _rate, lambda: run(source, out=folder / "one", concurrency=concurrency)
            )
            options = ("--scheduler-file", str(address))
            processes.enter_context(_Worker("scheduler", "--host", "127.0.0.1", "--port", "0", *options))
            for _ in range(2):
                processes.enter_context(
                    _Worker("worker", "--no-nanny", "--nthreads", "1", *options, **variables)
                )
            while not address.exists():
                await asyncio.sleep(0.05)
            tcp = json.loads(address.read_text(encoding="utf-8"))["address"]
            two = await asyncio.to_thread(
                _rate, lambda: dask.run(source, out=folder / "two", address=tcp, concurrency=concurrency)
            )
    return {"one": one, "two": two, "ratio": two / one}


def _rate(start: Callable[[], Iterable[RowResult]]) -> float:
    """Return the rows a second of a run, from its first row that ended to its last."""
    times = [time.perf_counter() for result in start() if result.status == "done"]
    return (len(times) - 1) / (times[-1] - times[0])


def main() -> None:
    """Do what the command line says; prints one JSON object."""
    part, *numbers = sys.argv[1:]
    arguments = list(map(int, numbers))
    match part:
        case "flight":
            figures = asyncio.run(flight(*arguments))
        case "cluster":
            figures = asyncio.run(cluster(*arguments))
        case "million":
            figures = asyncio.run(million(*arguments))
        case _:
            figures = resume(*arguments)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
