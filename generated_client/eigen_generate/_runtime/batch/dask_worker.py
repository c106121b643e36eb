"""The part of a batch that runs in each worker of a Dask cluster: it claims rows, sends them and reports."""

import asyncio
import pickle
from typing import Any

from ..response.results import Result
from .credits import CreditReader
from .dask_scheduler import CALL, Assignment
from .methods import Methods
from .optional import import_optional
from .outcomes import NotCarriedOut
from .rows import ClaimedRow, Outcome, SentJob
from .sending import Sender
from .storage import open_storage

# Rows that one worker sends at a time, at most; the gate limits them over all workers.
_MOST_AT_A_TIME = 32


class RemoteLog:
    """Stands for the coordinator in the scheduler; see Log."""

    def __init__(self, worker: Any, batch: str) -> None:
        self._worker = worker
        self._batch = batch
        self._stops: set[asyncio.Task[Any]] = set()

    async def claim(self) -> ClaimedRow | None:
        """Return the next row; None if there are no more."""
        row: ClaimedRow | None = await self._call("claim")
        return row

    async def submitted(self, row: ClaimedRow, sent_job: SentJob) -> None:
        """See Log."""
        await self._call("submitted", row, sent_job)

    async def returned(self, row: ClaimedRow, reply: NotCarriedOut) -> None:
        """See Log."""
        await self._call("returned", row, reply)

    async def ended(self, row: ClaimedRow, outcome: Outcome, result: Result | None) -> None:  # noqa: ARG002
        """See Log."""
        await self._call("ended", row, outcome)

    def stop(self, reason: str) -> None:
        """See Log."""
        task = asyncio.ensure_future(self._call("stop", reason, True))
        self._stops.add(task)
        task.add_done_callback(self._stops.discard)

    async def _call(self, name: str, *arguments: object) -> Any:
        call = getattr(self._worker.scheduler, CALL)
        answer = await call(
            batch=self._batch, worker=self._worker.address, name=name, arguments=pickle.dumps(arguments)
        )
        return pickle.loads(answer)


async def work(assignment: Assignment) -> None:
    """Send rows until there are no more. Dask runs this in the event loop of a worker.

    The key comes from the worker's own environment; it does not travel through the scheduler.
    """
    worker = import_optional("distributed", "dask").get_worker()
    log = RemoteLog(worker, assignment.batch)
    client = assignment.sdk.client()
    methods = Methods(client, assignment.source_folder)
    storage = open_storage(assignment.folder, assignment.options.results)
    sender = Sender(assignment.sdk, client, methods, storage, assignment.options, CreditReader())

    async def send_one_after_another() -> None:
        while (row := await log.claim()) is not None:
            await sender.perform(row, log)

    tasks = min(assignment.options.concurrency, _MOST_AT_A_TIME)
    try:
        await asyncio.gather(*(send_one_after_another() for _ in range(tasks)))
    finally:
        await client.close()
