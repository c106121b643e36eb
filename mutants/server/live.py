"""Judges a server mutant as anybody's server is judged: behind a socket, within a budget of requests."""

import socket
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from eigen_contract.planning import PlannedStep
from eigen_contract.runner import Performance, Plan, Run
from eigen_contract.targets.live import live
from eigen_contract.targets.reference import KEY
from mutants.errors import BrokenError
from mutants.server.judging import application, judge_parts
from mutants.server.rewriting import Planting

BUDGET = 200
TIMEOUT = 60.0
"""Seconds to wait for an answer."""
JOB_PATIENCE = 15.0
"""Seconds to wait for a video of the reference server, which takes a fraction of one."""


class Server(uvicorn.Server):
    """A server that says when it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()


@contextmanager
def served(app: ASGIApp) -> Generator[str]:
    """Serve an application on a free port of the loopback interface; yield its URL.

    Raises:
        BrokenError: it does not come up.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        # A header may be wrong on purpose, and h11 refuses fewer of them than httptools.
        server = Server(uvicorn.Config(app, log_level="critical", ws="none", lifespan="on", http="h11"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            if not server.is_up.wait(30):
                raise BrokenError("the server did not come up")
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def caught_by(
    planting: Planting, *, allow_negative: bool = True, budget: int = BUDGET, seed: int = 1
) -> str | None:
    """Return what catches a fault first, by which step; None if it lives. The first finding ends it.

    Raises:
        BrokenError: the fault itself failed, which the judge would take for a failing server.
    """
    shared = judge_parts()
    faulty = application(planting, shared.engines)
    with (
        served(faulty) as url,
        live(url, key=KEY, budget=budget, allow_negative=allow_negative, timeout=TIMEOUT) as target,
    ):
        run = Run(shared.oracle, target, Plan(seed=seed, job_patience=JOB_PATIENCE))
        performance = Performance(run)
        performance.perform(until_found(performance, run.planner.allowed))
    if faulty.broken:
        raise BrokenError(faulty.broken)
    first = next((finding for result in performance.results for finding in result.findings), None)
    if first is not None:
        return f"{first.exchange.label if first.exchange else 'run'}: {first.check}"
    return f"stopped: {performance.stopped}" if performance.stopped else None


def until_found(performance: Performance, steps: Iterable[PlannedStep]) -> Iterator[PlannedStep]:
    """Yield steps until one has found something."""
    for step in steps:
        if any(result.findings for result in performance.results):
            return
        yield step
