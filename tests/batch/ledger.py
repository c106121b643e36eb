"""What a server was asked over many lives of its callers, and what must be true in the end."""

import hashlib
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from eigen_reference.journal import Entry
from eigen_reference.local_server import LocalServer
from tests.batch.stub import index_of

# What goes wrong with requests, by weight; most are only a little late.
FAULTS = {"status=429; retry-after=0": 10, "status=500": 4, "reset": 4, "truncate=100": 4, "delay=0.001": 78}
# Faults that are planted at a time; each request uses one up.
PLANTED = 900


class Ledger:
    """What a server was asked over many lives of its callers."""

    def __init__(self, server: LocalServer, chance: random.Random) -> None:
        self._server = server
        self._chance = chance
        self._entries: dict[int, Entry] = {}

    def keep(self) -> None:
        """Take over what the server has in its journal, which forgets after a thousand requests."""
        self._entries |= {entry.number: entry for entry in self._server.requests}

    def plant(self) -> None:
        """Let the next requests fail by chance, unless faults enough are planted."""
        if self._server.requests and len(self._server.requests) < PLANTED // 2:
            return
        self._server.reset()
        kinds, weights = list(FAULTS), list(FAULTS.values())
        for fault in self._chance.choices(kinds, weights, k=PLANTED):
            self._server.fault(fault)

    def an_instant(self) -> Callable[[], bool]:
        """Return whether a random instant has come: a little while after a random number of requests."""
        first = len(self._server.requests) + self._chance.choice([0, 1, 1, 2, 3, 5])
        delay = self._chance.uniform(0, 0.1)
        began: float | None = None

        def has_come() -> bool:
            nonlocal began
            if began is None and len(self._server.requests) >= first:
                began = time.monotonic()
            return began is not None and time.monotonic() - began >= delay

        return has_come

    def paid(self) -> Counter[str]:
        """Return how many requests each prompt may have cost: all that were not refused for the rate."""
        return Counter(
            str(entry.fields["prompt"])
            for entry in self._entries.values()
            if entry.job and entry.status != 429
        )

    @property
    def statuses(self) -> set[int | None]:
        return {entry.status for entry in self._entries.values()}


def check_ended(out: Path, count: int, paid: Counter[str]) -> Counter[str]:
    """Check a batch that has run to its end, and return how many rows ended how."""
    index = index_of(out)
    assert len(index) == count
    statuses = Counter(row["status"] for row in index.values())
    assert set(statuses) <= {"done", "rejected", "failed", "unknown"}
    twice = {prompt: times for prompt, times in paid.items() if times > 1}
    assert not twice
    results = {path.name: path for path in (out / "results").iterdir() if path.is_file()}
    done = [row for row in index.values() if row["status"] == "done"]
    assert len(results) == len(done)  # neither half files nor lost ones
    for row in done:
        content = (out / row["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"]
        assert content.startswith(b"\x89PNG")
        assert content.endswith(b"IEND\xaeB`\x82")
    with sqlite3.connect(out / "journal.sqlite3") as journal:
        assert journal.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return statuses
