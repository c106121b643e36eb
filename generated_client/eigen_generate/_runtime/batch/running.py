"""A whole run: rows are checked, sent and saved, in an event loop of asyncio or in a thread that has one."""

import asyncio
import contextlib
import queue
import tempfile
import threading
from collections.abc import AsyncGenerator, Callable, Generator, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from ..response.saving import StrPath
from .coordinator import Coordinator
from .credits import CreditReader
from .errors import StoppedError
from .folder import JOURNAL, open_folder
from .importing import OnProblem, fill
from .index import check_arrow, write_index
from .journal import Ended, Journal
from .methods import BatchSdk, Methods
from .options import BatchOptions
from .reading import Source, open_source
from .rows import Counts, Outcome, RowResult, State
from .sending import Sender
from .storage import FolderStorage, SavedFile, Storage, open_storage

_KILLED = "the run that sent it was killed before its outcome was saved"
_INTERRUPTED = "it was interrupted"


class AsyncBatch:
    """A run in the event loop of asyncio that iterates over it: `async for result in batch`.

    Attributes:
        counts: How many rows are in each state. It changes while the run goes on.
        stop_reason: Why the run ended before its last row; None if it did not.
    """

    def __init__(
        self,
        sdk: BatchSdk,
        rows: object,
        out: StrPath | None,
        client: Any,
        options: BatchOptions,
        on_problem: OnProblem | None = None,
    ) -> None:
        options.check()
        self._sdk = sdk
        self._source: Source = open_source(rows)
        self._folder = None if out is None else Path(out)
        if self._folder is not None:
            check_arrow()
        self._client = client
        self._options = options
        self._on_problem = on_problem
        self._coordinator: Coordinator | None = None
        self._wants_stop = False
        self._results: asyncio.Queue[RowResult | None] = asyncio.Queue(options.concurrency)
        self._is_heard = True

    @property
    def counts(self) -> Counts:
        """How many rows are in each state."""
        return Counts() if self._coordinator is None else self._coordinator.counts

    @property
    def stop_reason(self) -> str | None:
        """Why the run ended before its last row."""
        if self._coordinator is None:
            return _INTERRUPTED if self._wants_stop else None
        return self._coordinator.stop_reason

    def stop(self) -> None:
        """Send no further rows; those under way may end. Call it in the event loop."""
        self._wants_stop = True
        if self._coordinator is not None:
            self._coordinator.stop(_INTERRUPTED, is_failure=False)

    async def __aiter__(self) -> AsyncGenerator[RowResult]:
        """Yield the rows of this run as they end; raises BatchError."""
        client = self._sdk.client() if self._client is None else self._client
        try:
            with _open_journal(self._folder) as journal:
                try:
                    storage = await asyncio.to_thread(self._prepare, journal, client)
                except StoppedError:  # the caller asked for it
                    return
                coordinator = Coordinator(journal, self._options, storage, self._hand_over)
                self._coordinator = coordinator
                if self._wants_stop:
                    self.stop()
                methods = Methods(client, self._source.folder)
                sender = Sender(self._sdk, client, methods, storage, self._options, CreditReader())
                try:
                    async with contextlib.aclosing(self._send(coordinator, sender)) as results:
                        async for result in results:
                            yield result
                finally:
                    await coordinator.close()
                    if self._folder is not None:
                        await asyncio.to_thread(write_index, self._folder, journal.results())
            if coordinator.is_failure:
                raise StoppedError(f"stopped: {coordinator.stop_reason}")
        finally:
            if self._client is None:
                await client.close()

    def _prepare(self, journal: Journal, client: Any) -> Storage | None:
        """Check the rows, or go on where the last run ended, and return where results go."""
        methods = Methods(client, self._source.folder)
        fill(journal, self._source, methods, self._options, self._on_problem, lambda: self._wants_stop)
        storage = None if self._folder is None else open_storage(self._folder, self._options.results)
        recover(journal, storage, self._options)
        return storage

    async def _send(self, coordinator: Coordinator, sender: Sender) -> AsyncGenerator[RowResult]:
        """Yield results while tasks send rows."""
        sending = asyncio.create_task(send_rows(coordinator, sender))
        sending.add_done_callback(lambda _: self._results.put_nowait(None) if self._results.empty() else None)
        try:
            while not (sending.done() and self._results.empty()):
                result = await self._results.get()
                if result is not None:
                    yield result
        finally:
            self._is_heard = False
            if not sending.done():
                self.stop()
            while not self._results.empty():  # a task may wait for a place in it
                self._results.get_nowait()
            await sending

    async def _hand_over(self, result: RowResult) -> None:
        if self._is_heard:
            await self._results.put(result)


async def send_rows(coordinator: Coordinator, sender: Sender) -> None:
    """Send rows until there are no more, or until the run stops; raises JournalError.

    Rows that are still under way some time after a stop are given up.
    """

    async def send_one_after_another() -> None:
        while (row := await coordinator.claim()) is not None:
            await sender.perform(row, coordinator)

    counts = coordinator.counts
    # A task for each place, but no more of them than there are rows.
    task_count = min(sender.options.concurrency, counts.new + counts.sent)
    tasks = [asyncio.create_task(send_one_after_another()) for _ in range(task_count)]
    stop = asyncio.create_task(coordinator.wait_for_stop())
    all_tasks: asyncio.Future[Any] = asyncio.gather(*tasks)
    first: set[asyncio.Future[Any]] = {all_tasks, stop}
    try:
        await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait({all_tasks}, timeout=sender.options.stop_timeout)
        if all_tasks.done():
            all_tasks.result()
    finally:
        stop.cancel()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    await coordinator.give_up()


@contextlib.contextmanager
def _open_journal(folder: Path | None) -> Generator[Journal]:
    """Open the journal of a folder; without a folder, one that goes with the run."""
    if folder is not None:
        with open_folder(folder) as journal:
            yield journal
        return
    with tempfile.TemporaryDirectory(prefix="batch-") as scratch:
        journal = Journal(Path(scratch, JOURNAL))
        try:
            yield journal
        finally:
            journal.close()


def settle_lost_rows(journal: Journal, storage: Storage | None) -> None:
    """Decide about rows that were sent and not reported: with a result they are done, else unknown.

    The result of a row may come after it was given up, so unknown rows are looked for as well. A job without
    a result is asked for again.
    """
    if isinstance(storage, FolderStorage):
        storage.remove_unfinished()
    sent_rows, unknown_rows = journal.lost_rows("sent"), journal.lost_rows("unknown")
    row_ids = [row.id for row in (*sent_rows, *unknown_rows)]
    files: Mapping[str, SavedFile] = {} if storage is None else storage.find(row_ids)
    marks = [
        Ended(row.number, Outcome("done", file.path, file.sha256, size=file.size))
        for row in (*sent_rows, *unknown_rows)
        if (file := files.get(row.id)) is not None
    ]
    unknown = Outcome("unknown", error=_KILLED)
    marks += [Ended(row.number, unknown) for row in sent_rows if row.sent_job is None and row.id not in files]
    journal.apply(marks)


def recover(journal: Journal, storage: Storage | None, options: BatchOptions) -> None:
    """Go on where the last run ended, and make rows new again that a caller wants to send again."""
    settle_lost_rows(journal, storage)
    again: dict[State, bool] = {
        "unknown": options.retry_unknown,
        "rejected": options.retry_rejected,
        "failed": options.retry_failed,
    }
    journal.reopen([state for state, is_wanted in again.items() if is_wanted])


class Batch:
    """A run for callers without an event loop: `for result in batch`. It works in a thread of its own.

    Attributes:
        counts: How many rows are in each state. It changes while the run goes on.
        stop_reason: Why the run ended before its last row; None if it did not.
    """

    def __init__(self, make_batch: Callable[[], AsyncBatch]) -> None:
        self._batch = make_batch()
        self._arrived: queue.SimpleQueue[RowResult | None] = queue.SimpleQueue()
        self._error: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._places: asyncio.Semaphore | None = None
        self._thread: threading.Thread | None = None
        self._is_over = False

    @property
    def counts(self) -> Counts:
        """How many rows are in each state."""
        return self._batch.counts

    @property
    def stop_reason(self) -> str | None:
        """Why the run ended before its last row."""
        return self._batch.stop_reason

    def __iter__(self) -> Iterator[RowResult]:
        return self

    def __next__(self) -> RowResult:
        """Wait for the next row that ends. Ctrl-C stops the run, and is raised after the rows under way."""
        if self._is_over:
            raise StopIteration
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="batch", daemon=True)
            self._thread.start()
        while True:
            try:
                result = self._arrived.get()
                break
            except KeyboardInterrupt as interrupt:
                self._error = interrupt
                self.stop()
        if result is not None:
            self._call_soon(self._free_place)
            return result
        self._is_over = True
        self._thread.join()
        if self._error is not None:
            raise self._error
        raise StopIteration

    def stop(self) -> None:
        """Send no further rows; those under way may end, and are still yielded."""
        self._call_soon(self._batch.stop)

    def close(self) -> None:
        """Stop, and wait until the rows under way have ended and are in the journal."""
        if self._thread is None:
            self._is_over = True
        self.stop()
        with contextlib.suppress(StopIteration):
            while True:
                next(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _call_soon(self, function: Callable[[], object]) -> None:
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(function)

    def _free_place(self) -> None:
        if self._places is not None:
            self._places.release()

    def _run(self) -> None:
        try:
            asyncio.run(self._pass_on())
        except BaseException as error:  # it is raised where the caller waits
            self._error = self._error or error
        self._arrived.put(None)

    async def _pass_on(self) -> None:
        """Pass results to the other thread, a few ahead of what it takes."""
        self._loop, self._places = asyncio.get_running_loop(), asyncio.Semaphore(64)
        async for result in self._batch:
            await self._places.acquire()
            self._arrived.put(result)
