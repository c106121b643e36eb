"""One transfer: `python -m bench.transfer SUBJECT ROW URL FOLDER SIZE` prints what it took."""

import asyncio
import gc
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from . import memory
from .subject import AsyncTransfer, Source, Subject, Transfer, load

if TYPE_CHECKING:
    from _typeshed import FileDescriptorLike

_TICK = 0.001
_SMALL = 1_000_000


class FsyncClock:
    """Times os.fsync, to tell the disk's time from the client's; in seconds."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._fsync = os.fsync
        os.fsync = self._timed

    def _timed(self, fd: "FileDescriptorLike") -> None:
        begin = perf_counter()
        self._fsync(fd)
        self.seconds += perf_counter() - begin


class Job:
    """A kind of transfer, such as up.path, with its files: a small one to warm up, and the large one."""

    def __init__(self, kind: str, url: str, folder: Path, size: int) -> None:
        self.kind = kind
        down = kind.startswith("down.")
        self.urls = [f"{url}/down/{n}" if down else url for n in (_SMALL, size)]
        names = ("small.wav", "large.wav") if down else ("small.png", "large.png")
        self.sources = [Source(folder / name) for name in names]
        if kind == "up.bytes":
            self.sources = [Source(one.path, one.path.read_bytes()) for one in self.sources]


def transfer(subject: Subject, job: Job) -> dict[str, float]:
    """Carry out a transfer; empty if the subject cannot."""
    works = [subject.transfers(url).get(job.kind) for url in job.urls]
    if works[0] is None or works[1] is None:
        return {}
    works[0](job.sources[0])
    return _measured(works[1], job.sources[1])


def _measured(work: Transfer, source: Source) -> dict[str, float]:
    fsync, memory_before = _prepare()
    begin = perf_counter()
    work(source)
    return _result(perf_counter() - begin, fsync, memory_before)


async def transfer_async(subject: Subject, job: Job) -> dict[str, float]:
    """Carry out a transfer under asyncio; empty if the subject cannot."""
    works = [subject.async_transfers(url).get(job.kind) for url in job.urls]
    if works[0] is None or works[1] is None:
        return {}
    await works[0](job.sources[0])
    return await _measured_async(works[1], job.sources[1])


async def _measured_async(work: AsyncTransfer, source: Source) -> dict[str, float]:
    fsync, memory_before = _prepare()
    gaps = [0.0]
    ticking = asyncio.create_task(_tick(gaps.append))
    await asyncio.sleep(0)  # so that it ticks before the work begins
    begin = perf_counter()
    await work(source)
    seconds = perf_counter() - begin
    ticking.cancel()
    return _result(seconds, fsync, memory_before) | {".gap": max(gaps)}


async def _tick(say: Callable[[float], object]) -> None:
    """Ask for a turn every millisecond, and say how late each comes. In seconds."""
    while True:
        begin = perf_counter()
        await asyncio.sleep(_TICK)
        say(perf_counter() - begin - _TICK)


def _prepare() -> tuple[FsyncClock, float]:
    gc.collect()
    return FsyncClock(), memory.mark()


def _result(seconds: float, fsync: FsyncClock, memory_before: float) -> dict[str, float]:
    growth = memory.growth_since(memory_before)
    saved = {".fsync": fsync.seconds} if fsync.seconds else {}
    return {"": seconds - fsync.seconds, ".growth": growth} | saved


def main() -> None:
    """Carry out what the command line says; prints one JSON object, empty if the subject cannot."""
    name, row, url, folder, size = sys.argv[1:]
    kind, _, mode = row.rpartition(".")
    job = Job(kind, url, Path(folder), int(size))
    found = asyncio.run(transfer_async(load(name), job)) if mode == "async" else transfer(load(name), job)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
