"""The part of a batch that lives in the scheduler of a Dask cluster: its journal and its gate, held once.

Workers claim rows and report outcomes by calls over Dask's own connections. No row is a task of Dask, which
would run the tasks of a lost worker again: what such a worker had sent is unknown, and stays so.
"""

import asyncio
import contextlib
import os
import pickle
from pathlib import Path
from typing import Any, NamedTuple

from .coordinator import Coordinator
from .errors import BatchError
from .folder import open_folder
from .index import write_index
from .methods import BatchSdk
from .optional import import_optional
from .options import BatchOptions
from .outcomes import NotCarriedOut
from .rows import ClaimedRow, Counts, Outcome, RowResult, SentJob
from .running import recover, settle_lost_rows
from .storage import open_storage

# Under these names the scheduler keeps the batches, and answers calls about them.
_BATCHES = "generated_batches"
CALL = "call_generated_batch"
# Results that wait for the program that started the run.
_MOST_WAITING = 1000
# In seconds. A program that asks for results gets an answer at least so often, for its display.
_LONGEST_ANSWER = 0.5
_WORKER_LOST = "the worker that sent it was lost before its outcome was saved"


class Assignment(NamedTuple):
    """What a worker needs to know: the batch, and where its files are."""

    batch: str
    sdk: BatchSdk
    folder: Path
    source_folder: Path
    options: BatchOptions


class News(NamedTuple):
    """What has happened since the last question: rows that ended, and how the run stands."""

    results: list[RowResult]
    counts: Counts
    is_over: bool
    stop_reason: str | None
    is_failure: bool


class ClusterBatch:
    """A run on a cluster, in the event loop of the scheduler."""

    def __init__(self, assignment: Assignment, scheduler: Any) -> None:
        self._assignment = assignment
        self._scheduler = scheduler
        self._resources = contextlib.ExitStack()
        self._workers: dict[int, str] = {}
        self._results: asyncio.Queue[RowResult] = asyncio.Queue(_MOST_WAITING)
        self._has_audience = True
        self._end: asyncio.Task[None] | None = None
        self._coordinator: Coordinator

    async def start(self) -> None:
        """Open the journal, and go on where the last run ended; raises BatchError."""
        assignment = self._assignment
        journal = self._resources.enter_context(open_folder(assignment.folder))
        try:
            if not journal.is_complete():
                raise BatchError(f"{assignment.folder}: the scheduler sees another folder than this program")
            storage = open_storage(assignment.folder, assignment.options.results)
            await asyncio.to_thread(recover, journal, storage, assignment.options)
            self._coordinator = Coordinator(journal, assignment.options, storage, self._keep_result)
        except BaseException:
            self._resources.close()
            raise
        self._journal, self._storage = journal, storage
        self._end = asyncio.create_task(self._finish())

    async def _keep_result(self, result: RowResult) -> None:
        if self._has_audience:
            await self._results.put(result)

    async def _finish(self) -> None:
        """Wait for the end of the run, and leave the folder as a run on one machine does."""
        over = asyncio.create_task(self._coordinator.wait_until_over())
        stop = asyncio.create_task(self._coordinator.wait_for_stop())
        await asyncio.wait({over, stop}, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait({over}, timeout=self._assignment.options.stop_timeout)
        try:
            await self._coordinator.give_up()
            await self._coordinator.close()
            # A worker may have saved the result of its last row, and was lost before it could report it.
            await asyncio.to_thread(settle_lost_rows, self._journal, self._storage)
            await asyncio.to_thread(write_index, self._assignment.folder, self._journal.results())
        finally:
            for task in (over, stop):
                task.cancel()
            self._resources.close()

    async def claim(self, worker: str) -> ClaimedRow | None:
        """Return the next row for a worker, once its request may leave; None if there are no more."""
        row = await self._coordinator.claim()
        if row is None:
            return None
        if worker not in self._scheduler.workers:  # lost while it waited
            await self._coordinator.take_back(row)
            return None
        self._workers[row.number] = worker
        return row

    async def submitted(self, worker: str, row: ClaimedRow, sent_job: SentJob) -> None:
        """See Log."""
        if self._workers.get(row.number) == worker:
            await self._coordinator.submitted(row, sent_job)

    async def returned(self, worker: str, row: ClaimedRow, reply: NotCarriedOut) -> None:
        """See Log."""
        if self._workers.get(row.number) == worker:
            del self._workers[row.number]
            await self._coordinator.returned(row, reply)

    async def ended(self, worker: str, row: ClaimedRow, outcome: Outcome) -> None:
        """See Log."""
        if self._workers.get(row.number) == worker:
            del self._workers[row.number]
            await self._coordinator.ended(row, outcome, None)

    async def stop(self, _: str, reason: str, is_failure: bool) -> None:
        """Hand out no further rows."""
        self._coordinator.stop(reason, is_failure=is_failure)

    async def news(self, _: str) -> News:
        """Return what has happened since the last question, after a little while if nothing has."""
        assert self._end is not None
        results: list[RowResult] = []
        with contextlib.suppress(TimeoutError):
            results.append(await asyncio.wait_for(self._results.get(), _LONGEST_ANSWER))
        while not self._results.empty():
            results.append(self._results.get_nowait())
        is_over = self._end.done() and self._results.empty()
        if is_over:
            self._end.result()  # raises what went wrong
        coordinator = self._coordinator
        return News(results, coordinator.counts, is_over, coordinator.stop_reason, coordinator.is_failure)

    async def lose_worker(self, worker: str) -> None:
        """Mark what a lost worker had sent as unknown; its jobs go on, and another worker asks for them."""
        numbers = [number for number, owner in self._workers.items() if owner == worker]
        for number in numbers:
            del self._workers[number]
            await self._coordinator.lose(number, _WORKER_LOST)

    def lose_audience(self) -> None:
        """End the run: the program that started it is gone."""
        self._has_audience = False
        while not self._results.empty():
            self._results.get_nowait()
        self._coordinator.stop("the program that started it is gone")


async def begin(assignment: Assignment, owner: str, dask_scheduler: Any = None) -> None:
    """Begin a run in the scheduler, which calls this; `owner` is Dask's id of the program that starts it.

    Raises BatchError.
    """
    batches: dict[str, tuple[str, ClusterBatch]] | None = getattr(dask_scheduler, _BATCHES, None)
    if batches is None:
        batches = {}
        setattr(dask_scheduler, _BATCHES, batches)
        dask_scheduler.add_plugin(_make_plugin(batches), name=_BATCHES)

        async def call(*, batch: str, worker: str, name: str, arguments: bytes) -> bytes:
            _, running = batches[batch]
            answer = await getattr(running, name)(worker, *pickle.loads(arguments))
            return pickle.dumps(answer)

        dask_scheduler.handlers[CALL] = call
    batch = ClusterBatch(assignment, dask_scheduler)
    await batch.start()
    batches[assignment.batch] = owner, batch


def new_name() -> str:
    """Return a name that no other batch has."""
    return os.urandom(8).hex()


def _make_plugin(batches: dict[str, tuple[str, ClusterBatch]]) -> Any:
    """Return what the scheduler tells of workers and programs that go."""
    tasks: set[asyncio.Task[None]] = set()

    def remove_worker(*, worker: str, **_: Any) -> None:
        for _owner, batch in batches.values():
            task = asyncio.create_task(batch.lose_worker(worker))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

    def remove_client(*, client: str, **_: Any) -> None:
        for owner, batch in batches.values():
            if owner == client:
                batch.lose_audience()

    plugin = import_optional("distributed", "dask").SchedulerPlugin()
    plugin.remove_worker, plugin.remove_client = remove_worker, remove_client
    return plugin
