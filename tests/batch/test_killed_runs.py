"""Runs that are killed at random instants, against the reference server with faults.

`EIGEN_KILLS=200 pytest tests/batch/test_killed_runs.py -m deep` kills more often than continuous integration
has time for.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from eigen_reference.local_server import LocalServer
from tests.batch.killing import run_until
from tests.batch.ledger import Ledger, check_ended
from tests.batch.stub import draw, write_rows


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    with LocalServer() as server:
        yield server


def kill_often(
    server: LocalServer, folder: Path, ledger: Ledger, *, rows: int, kills: int, seed: int
) -> Counter[str]:
    """Kill runs of batches at random instants and resume each, until there were so many kills."""
    chance = random.Random(seed)
    statuses: Counter[str] = Counter()
    batch = 0
    while kills:
        batch += 1
        out, prefix = folder / f"out-{batch}", f"cat {seed}.{batch}"
        # The engine is quick with so small a picture.
        drawings = [draw(f"{prefix}.{n}", id=f"cat-{n}", size="64x64") for n in range(rows)]
        source = write_rows(folder / f"rows-{batch}.jsonl", drawings)
        ledger.plant()
        is_over = False
        while not is_over:
            is_time = ledger.an_instant() if kills else None
            options = {"concurrency": chance.choice([1, 2, 4]), "max_failures": 10_000}
            was_killed = run_until(is_time, source, out, server.base_url, **options)
            kills -= was_killed
            is_over = not was_killed
            ledger.keep()
            ledger.plant()
        statuses += check_ended(out, rows, ledger.paid())
    return statuses


@pytest.mark.deep
def test_many_kills_lose_nothing(server: LocalServer, tmp_path: Path) -> None:
    ledger = Ledger(server, random.Random(2))
    kills = int(os.environ.get("EIGEN_KILLS", "50"))
    statuses = kill_often(server, tmp_path, ledger, rows=500, kills=kills, seed=2)
    assert {429, 500, 200} <= ledger.statuses
    assert statuses["done"] > 250
