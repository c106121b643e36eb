"""Large files, up and down: time, memory, and how long the event loop waits."""

import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from .. import memory
from ..answers import PNG
from ..bars import BASELINE, OURS
from ..processes import Failed, loopback_server
from ..processes import measure as measure_in_process
from ..series import Effort, Series
from ..subject import MODULES

NOTE = (
    "200 MB (10^6) over loopback to a server process; every transfer in a fresh process, after one of 1 MB;"
    " the peers once, so their times are rough."
    " Growth is the peak of resident memory above that before the transfer. The gap is how long the event"
    " loop let wait what comes from outside, by a process that rings every half millisecond: the longest wait"
    " in each of five more transfers, of which the median counts. A file that is not in memory is put out of"
    " it before each transfer (POSIX_FADV_DONTNEED). A stream of speech is what `stream=True` gives; the"
    " other is `client.streaming`."
    " Raw httpx streams from an open file, wraps bytes in BytesIO, and saves in a plain loop."
)
KINDS = (
    "up.path.sync", "up.path.async", "up.cold.async", "up.io.sync", "up.io.async",
    "up.iterator.sync", "up.iterator.async", "up.bytes.sync",
    "down.stream.sync", "down.stream.async", "down.chunks.sync", "down.chunks.async",
    "down.save.sync", "down.save.async",
)  # fmt: skip


def measure(effort: Effort) -> Iterator[Series]:
    """Transfer in turn, round by round; the peers, who take long, in the first round only."""
    if not memory.require(print):
        return
    rounds, peer_rounds = effort.choose(11, 2), 1  # a peer takes seconds for what takes us tenths
    values: dict[tuple[str, str], list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, loopback_server() as url:
        _write(Path(folder, "small.png"), 1_000_000)
        _write(Path(folder, "large.png"), size := effort.choose(200_000_000, 20_000_000))
        lacking: set[tuple[str, str]] = set()
        for round_ in range(rounds):
            for kind in KINDS:
                for subject in MODULES if round_ < peer_rounds else (BASELINE, OURS):
                    if (kind, subject) in lacking:
                        continue
                    found = _transfer(subject, kind, url, folder, size)
                    if not found:
                        lacking.add((kind, subject))
                    for metric, value in found.items():
                        values[kind + metric, subject].append(value)
    for (row, subject), numbers in values.items():
        yield Series(row, subject, tuple(numbers))


def _transfer(subject: str, kind: str, url: str, folder: str, size: int) -> dict[str, float]:
    """Do one transfer; empty if the subject cannot do it."""
    try:
        return measure_in_process("bench.transfer", subject, kind, url, folder, str(size))
    except Failed as reason:
        print(f"{subject} {kind}: {reason}")
        return {}


def _write(path: Path, size: int) -> None:
    """Write a file of random bytes that begins like a PNG."""
    block = os.urandom(1_000_000)
    with path.open("wb") as file:
        file.write(PNG)
        for _ in range(size // len(block)):
            file.write(block)
        file.truncate(size)
