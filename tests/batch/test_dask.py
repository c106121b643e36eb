"""Runs on a cluster of real processes: a lost worker loses nothing, and pays for nothing twice."""

import multiprocessing
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eigen_generate.batch import BatchError, dask
from eigen_reference.local_server import LocalServer
from tests.batch.cluster import Cluster
from tests.batch.ledger import Ledger, check_ended
from tests.batch.stub import draw, drawings, index_of, write_rows

# Two processes of Dask and a program take seconds to start.
pytestmark = pytest.mark.deep
CONTEXT: Any = multiprocessing.get_context("spawn")


@pytest.fixture
def server() -> Iterator[LocalServer]:
    with LocalServer() as server:
        yield server


@pytest.fixture
def cluster(server: LocalServer, tmp_path: Path) -> Iterator[Cluster]:
    with Cluster(tmp_path, server.base_url, workers=2) as cluster:
        yield cluster


def run_on(address: str, base_url: str, rows: Path, out: Path, options: dict[str, Any]) -> None:
    """Run a batch on a cluster, in a process of its own: Dask's client leaves threads behind."""
    import os

    os.environ |= {"EIGENAI_API_KEY": "test-key", "EIGENAI_BASE_URL": base_url}
    for _ in dask.run(rows, out=out, address=address, **options):
        pass


class Program:
    """A program that runs a batch on a cluster."""

    def __init__(self, cluster: Cluster, server: LocalServer, rows: Path, out: Path, **options: Any) -> None:
        arguments = cluster.address, server.base_url, rows, out, options
        self.process = CONTEXT.Process(target=run_on, args=arguments)
        self.process.start()

    def is_running_after(self, seconds: float) -> bool:
        self.process.join(seconds)
        return self.process.exitcode is None

    def finish(self) -> None:
        self.process.join(300)
        assert self.process.exitcode == 0


def wait_for_requests(server: LocalServer, program: Program, count: int) -> None:
    while len(server.requests) < count:
        assert program.is_running_after(0.01), "the program ended too early"


def test_a_cluster_does_what_one_process_does(cluster: Cluster, server: LocalServer, tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", [{**row, "size": "64x64"} for row in drawings(12)])
    results = (tmp_path / "elsewhere").as_uri()
    Program(cluster, server, rows, tmp_path / "out", concurrency=4, results=results).finish()
    index = index_of(tmp_path / "out")
    assert {row["status"] for row in index.values()} == {"done"}
    assert len(list((tmp_path / "elsewhere").glob("*.png"))) == 12
    assert len(server.requests) == 12


def test_rows_of_lost_workers_are_unknown_and_no_row_is_paid_for_twice(
    cluster: Cluster, server: LocalServer, tmp_path: Path
) -> None:
    chance = random.Random(3)
    ledger = Ledger(server, chance)
    ledger.plant()
    rows = [draw(f"cat 3.{n}", id=f"cat-{n}", size="64x64") for n in range(400)]
    source = write_rows(tmp_path / "rows.jsonl", rows)
    program = Program(cluster, server, source, tmp_path / "out", concurrency=4, max_failures=10_000)
    for kill in range(20):
        wait_for_requests(server, program, 15 * (kill + 1) + chance.randrange(4))
        cluster.add_worker()
        cluster.kill_oldest_worker()
    program.finish()
    ledger.keep()
    statuses = check_ended(tmp_path / "out", 400, ledger.paid())
    assert statuses["done"] > statuses["unknown"] > 0
    lost = [row for row in index_of(tmp_path / "out").values() if "was lost" in (row["error"] or "")]
    assert lost


def test_a_killed_program_loses_nothing(cluster: Cluster, server: LocalServer, tmp_path: Path) -> None:
    ledger = Ledger(server, random.Random(4))
    rows = [draw(f"cat 4.{n}", id=f"cat-{n}", size="64x64") for n in range(60)]
    source, out = write_rows(tmp_path / "rows.jsonl", rows), tmp_path / "out"
    program = Program(cluster, server, source, out, concurrency=4)
    wait_for_requests(server, program, 10)
    program.process.kill()
    program.process.join()
    while not (out / "index.jsonl").exists():  # the scheduler ends the run by itself
        program.process.join(0.01)
    first = Counter(row["status"] for row in index_of(out).values())
    assert first["done"] < 60
    Program(cluster, server, source, out, concurrency=4).finish()
    ledger.keep()
    assert check_ended(out, 60, ledger.paid())["done"] > 50


def test_names_an_address_without_a_scheduler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EIGENAI_API_KEY", "test-key")
    monkeypatch.setattr("eigen_generate._runtime.batch.on_dask._CONNECT_TIMEOUT", 1)
    with pytest.raises(BatchError, match="there is no scheduler of Dask"):
        list(dask.run(drawings(2), out=tmp_path / "out", address="tcp://127.0.0.1:9"))
