"""One transfer: `python -m bench.transfer SUBJECT ROW URL FOLDER SIZE` prints what it took."""

import asyncio
import gc
import json
import os
import struct
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from . import memory
from .subject import AsyncTransfer, Source, Subject, Transfer, load

if TYPE_CHECKING:
    from _typeshed import FileDescriptorLike

_SMALL = 1_000_000
# One turn of thousands may be interrupted by anything: the median of so many transfers' longest counts.
_TIMES = 5
# What perf_counter tells is the same in every process (CLOCK_MONOTONIC), at least under Linux.
_RINGING = """
import os, struct, time
while True:
    os.write(1, struct.pack("d", time.perf_counter()))
    time.sleep(0.0005)
"""
_RING = struct.calcsize("d")
# The same work as another kind, but from a file that is not in memory.
_COLD = {"up.cold": "up.path"}


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


class Bell:
    """Rings from a process of its own every half millisecond, and hears how long an event loop lets it wait.

    That is what anybody else who needs the loop waits, for the interpreter's lock, too. A timer of the loop's
    own would tell of its own lateness, which is longer than most turns.
    """

    def __init__(self) -> None:
        self._longest = 0.0

    async def during(self, work: AsyncTransfer, source: Source) -> float:
        """Give the longest wait during some work, in seconds."""
        loop = asyncio.get_running_loop()
        with subprocess.Popen([sys.executable, "-I", "-S", "-c", _RINGING], stdout=subprocess.PIPE) as bell:
            rings = bell.stdout.fileno() if bell.stdout else -1
            try:
                await asyncio.to_thread(os.read, rings, _RING)  # it has begun
                self._hear(rings)  # what was rung before
                self._longest = 0.0
                loop.add_reader(rings, self._hear, rings)
                await work(source)
                self._hear(rings)
            finally:
                loop.remove_reader(rings)
                bell.kill()
        return self._longest

    def _hear(self, rings: int) -> None:
        heard = os.read(rings, 1 << 16)
        if not heard:
            asyncio.get_running_loop().remove_reader(rings)
            raise RuntimeError("the bell stopped")
        (first,) = struct.unpack("d", heard[:_RING])
        self._longest = max(self._longest, perf_counter() - first)


class Job:
    """A kind of transfer, such as up.path, with its files: a small one to warm up, and the large one."""

    def __init__(self, kind: str, url: str, folder: Path, size: int) -> None:
        self.cold = kind in _COLD
        self.kind = _COLD.get(kind, kind)
        down = kind.startswith("down.")
        self.urls = [f"{url}/down/{n}" if down else url for n in (_SMALL, size)]
        names = ("small.wav", "large.wav") if down else ("small.png", "large.png")
        self.sources = [Source(folder / name) for name in names]
        if kind == "up.bytes":
            self.sources = [Source(one.path, one.path.read_bytes()) for one in self.sources]

    def large(self) -> Source:
        """The file that is measured; out of memory, if it is to be."""
        source = self.sources[1]
        if self.cold:
            with source.path.open("rb") as file:
                os.fsync(file.fileno())  # what is not on the disk yet stays in memory
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return source


def transfer(subject: Subject, job: Job) -> dict[str, float]:
    """Carry out a transfer; empty if the subject cannot."""
    works = [subject.transfers(url).get(job.kind) for url in job.urls]
    if works[0] is None or works[1] is None:
        return {}
    works[0](job.sources[0])
    return _measured(works[1], job.large())


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
    source = job.large()
    fsync, memory_before = _prepare()
    begin = perf_counter()
    await works[1](source)
    found = _result(perf_counter() - begin, fsync, memory_before)
    return found | {".gap": median([await Bell().during(works[1], job.large()) for _ in range(_TIMES)])}


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
