"""Plants mutants side by side, and says what came of each."""

import logging
import multiprocessing
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import islice
from pathlib import Path

from attrs import frozen

from mutants.argued import argued
from mutants.client import judging as client
from mutants.errors import BrokenError, RefusedError
from mutants.mutant import Mutant, Outcome, Side, State, drawn
from mutants.server import judging as server
from mutants.server import live
from mutants.spec import judging as spec

WORKERS = 2
LEAST: Mapping[Side, int] = {"server": 60, "client": 30, "spec": 30}
"""Mutants of a run, for each side."""
POOLS: Mapping[Side, Callable[[], Iterator[Mutant]]] = {
    "server": server.pool,
    "client": client.pool,
    "spec": spec.pool,
}
JUDGES: Mapping[Side, Callable[[Mutant, Path | None], str | None]] = {
    "server": server.caught_by,
    "client": lambda mutant, _: client.caught_by(mutant),
    "spec": lambda mutant, _: spec.caught_by(mutant),
}
"""By side; they are told where generated requests are kept, of which only the server's makes use."""


@frozen
class Task:
    """A mutant to plant, by its place in the draw: it is code, which does not travel between processes."""

    side: Side
    seed: int
    number: int
    corpus: Path | None = None
    is_live: bool = False
    """Whether the server is judged behind a socket, within a budget of requests."""


@cache
def order(side: Side, seed: int) -> tuple[Mutant, ...]:
    """Draw all mutants of a side."""
    return tuple(drawn(POOLS[side](), seed))


def outcome(task: Task) -> Outcome:
    """Plant one mutant, and say what came of it."""
    mutant = order(task.side, task.seed)[task.number]
    started = time.perf_counter()
    state: State
    try:
        said = live.caught_by(mutant.plant) if task.is_live else JUDGES[task.side](mutant, task.corpus)
        state = "caught" if said else "lived"
    except RefusedError as error:
        state, said = "refused", str(error)
    except (BrokenError, LookupError) as error:
        state, said = "broken", str(error)
    if state == "lived" and (reason := argued().get((mutant.side, mutant.operator, mutant.pointer))):
        state, said = "argued", reason
    seconds = time.perf_counter() - started
    return Outcome(mutant.side, mutant.family, mutant.operator, mutant.pointer, state, said or "", seconds)


def silence() -> None:
    """Keep what a faulty server logs to itself: its failures are what is looked for."""
    logging.disable()


def outcomes(
    side: Side,
    *,
    seed: int,
    count: int,
    workers: int = WORKERS,
    corpus: Path | None = None,
    is_live: bool = False,
) -> Iterator[Outcome]:
    """Plant mutants of a side until `count` could be planted, in the order of the draw.

    Args:
        corpus: where generated requests are kept from run to run; nowhere if None.
        is_live: whether servers are judged behind a socket, within a budget of requests.
    """
    tasks = (Task(side, seed, number, corpus, is_live) for number in range(len(order(side, seed))))
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawning, initializer=silence) as pool:
        planted = 0
        while planted < count and (batch := list(islice(tasks, count - planted))):
            for result in pool.map(outcome, batch):
                planted += result.state != "refused"
                yield result
