"""Measures the reference server: how fast it starts, what load leaves behind, and what it takes from others.

Each figure is of a server in a process of its own, over loopback. What a busy machine would spoil is a ratio
within one round: the server under load beside the same server idle.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from . import memory
from .bars import BASELINE, OURS, figures, load_rows, misses
from .machine import host
from .page_sections import REFERENCE_SERVER, with_section
from .processes import ROOT, Failed, time_of
from .report import table_of_verdicts, text
from .series import Effort, Series
from .server_load import crowd, refusals, slow_work, upload
from .server_process import ServerProcess

NOTES = (
    "**start**: From `python -m eigen_reference --port 0` to the line that says that it listens; /ready is"
    " answered then. The ratio is to a Python that only imports starlette, uvicorn and jsonschema. The first"
    " request that needs an engine loads it.",
    "**crowd**: 500 connections are held open, each after one answer; then 500 more each ask for a picture of"
    " their own at the same moment. Memory is that of the server and its engines: after the second such crowd"
    " has left, above that after the first. The server keeps no outputs (`--cache-bytes 0`).",
    "**upload**: 2^30 bytes, which are too many, with their length announced, and in chunks without it."
    " Growth is the server's peak of resident memory above that before.",
    "**refusals**: 401s one after the other, each on a connection of its own: while nothing else happens, and"
    " while 8 video jobs and 8 transcriptions are worked on or wait. The ratio is within a round.",
)
IMPORTS = "import starlette.applications, uvicorn, jsonschema"
MEBIBYTES = 2**20
WORDS = {"crowd": "500 at once", "upload": "uploads", "refusals": "refusals", "start": "starts"}


def main(effort: Effort, page: bool) -> list[str]:
    """Measure and print; write the section of docs/benchmarks.md if `page`. Return the rows that were missed.

    Raises Failed if a server does not start.
    """
    if not memory.require(lambda reason: print(reason, file=sys.stderr)):
        raise Failed("memory cannot be measured here")
    values: dict[tuple[str, str], list[float]] = defaultdict(list)
    measures: dict[str, tuple[int, Callable[[Effort], Iterator[tuple[str, str, float]]]]] = {
        "start": (effort.choose(9, 2), measure_start),
        "crowd": (effort.choose(3, 1), measure_crowd),
        "upload": (effort.choose(3, 1), measure_uploads),
        "refusals": (effort.choose(5, 1), measure_refusals),
    }
    for name, (rounds, measure) in measures.items():
        for number in range(rounds):
            print(f"measuring {WORDS[name]}, {number + 1} of {rounds}", file=sys.stderr, flush=True)
            for row, subject, value in measure(effort):
                values[row, subject].append(value)
    rows = load_rows()
    order = [row.id for row in rows]
    series = [Series(row, subject, tuple(found)) for (row, subject), found in values.items()]
    found = sorted(figures(rows, series), key=lambda figure: order.index(figure.row.id))
    print(text(found))
    if page:
        path = ROOT / "docs" / "benchmarks.md"
        lines = [
            f'Written by `./dev -s "bench(server)"` on {datetime.now(UTC):%Y-%m-%d}.',
            "",
            *(f"- {fact}" for fact in host()),
            "",
            *table_of_verdicts(found),
            "",
            *(f"- {note}" for note in NOTES),
        ]
        path.write_text(with_section(path.read_text("utf-8"), REFERENCE_SERVER, lines), "utf-8")
        print(f"\nwrote {path}", file=sys.stderr)
    return misses(rows, found, {"server"})


def measure_start(_: Effort) -> Iterator[tuple[str, str, float]]:
    """Start a server, and beside it a Python that imports what it is made of."""
    with ServerProcess() as server:
        yield "server.start", OURS, server.start_seconds
    yield "server.start", BASELINE, time_of(IMPORTS)


def measure_crowd(effort: Effort) -> Iterator[tuple[str, str, float]]:
    """Let two crowds come and go."""
    people = effort.choose(500, 50)
    with ServerProcess("--cache-bytes", "0", "--idle-timeout", "600") as server:
        first = crowd(server.port, people, "first")
        before = server.memory_with_children()
        second = crowd(server.port, people, "second")
        yield (
            "server.crowd.unanswered",
            OURS,
            float(2 * people - first.answered + 2 * people - second.answered),
        )
        yield "server.crowd.seconds", OURS, second.seconds
        yield "server.crowd.memory", OURS, (server.memory_with_children() - before) / MEBIBYTES


def measure_uploads(effort: Effort) -> Iterator[tuple[str, str, float]]:
    """Send more than the server takes, in both ways."""
    size = effort.choose(2**30, 2**27)
    for way, in_chunks in (("announced", False), ("chunked", True)):
        with ServerProcess() as server:
            refusals(server.port, 20)
            before = server.peak_memory()
            status = upload(server.port, size, in_chunks=in_chunks)
            if status != 413:
                raise Failed(f"an upload of {size} bytes was answered with {status}")
            yield f"server.upload.{way}", OURS, (server.peak_memory() - before) / MEBIBYTES


def measure_refusals(effort: Effort) -> Iterator[tuple[str, str, float]]:
    """Time refusals of an idle server, and of the same server at work."""
    count = effort.choose(600, 100)
    with ServerProcess() as server:
        refusals(server.port, 50)
        idle = refusals(server.port, count)
        with slow_work(server.port, videos=8, recordings=8):
            busy = refusals(server.port, count)
    for subject, times in ((BASELINE, idle), (OURS, busy)):
        yield "server.refusal.median", subject, sorted(times)[len(times) // 2]
        yield "server.refusal.p99", subject, sorted(times)[int(len(times) * 0.99)]
