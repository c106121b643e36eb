"""Keep track of work that goes on after its request was answered.

A job is pending, then processing, then completed or failed, and never goes back. It waits until somebody asks
about it: a contract suite submits hundreds of videos and looks at three, and the others would take the
processor, for a minute, from what it asks next.
"""

import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from attrs import evolve, frozen

from .errors import EngineError, WorkCancelledError
from .job_database import JobDatabase, Row

State = Literal["pending", "processing", "completed", "failed"]
Clock = Callable[[], datetime]
Work = Callable[[], bytes]
KEPT = timedelta(hours=1)
"""Since it was submitted; then a job is forgotten."""
MOST_JOBS = 1_000
MOST_BYTES = 128 * 2**20
"""Of what all jobs hold: what they were ordered with until they are done, and their outputs then."""
JOB_BYTES = 2_048
"""What a job weighs without either."""


@frozen
class Job:
    """One job as it stands.

    Times are UTC; `error` says why it failed; `output` is there once it is completed.
    """

    id: str
    model: str
    state: State = "pending"
    start_time: datetime | None = None
    end_time: datetime | None = None
    error: str | None = None
    output: bytes | None = None


@frozen
class Entry:
    """A job, its work as long as nobody has asked about it, what both weigh, and when it came.

    `ordered` is what the work can be made of again by a server that comes after this one.
    """

    job: Job
    work: Work | None
    weight: int
    submitted: datetime
    ordered: bytes | None = None

    def row(self) -> Row:
        """Return what is kept of the entry in a database."""
        job = self.job
        return Row(
            job.id, job.model, job.state, self.submitted, job.start_time, job.end_time, job.error,
            self.ordered, job.output,
        )  # fmt: skip


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


class JobStore:
    """Runs jobs that are asked about, one after the other.

    Remembers the latest: at most `most_jobs`, which hold at most `most_bytes`, for as long as `kept`. With a
    `database` they outlive the store.
    """

    def __init__(
        self,
        *,
        executor: Executor | None = None,
        clock: Clock = utc_now,
        most_jobs: int = MOST_JOBS,
        most_bytes: int = MOST_BYTES,
        kept: timedelta = KEPT,
        database: JobDatabase | None = None,
    ) -> None:
        self._executor = executor or _one_thread()
        self._is_closed = False
        self._clock = clock
        self._most_jobs = most_jobs
        self._most_bytes = most_bytes
        self._kept = kept
        self._database = database
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._held = 0
        self._lock = threading.Lock()

    @property
    def held_bytes(self) -> int:
        """What all jobs weigh together."""
        return self._held

    @property
    def is_kept(self) -> bool:
        """Whether the jobs outlive the store."""
        return self._database is not None

    def submit(self, model: str, work: Work, *, weight: int = 0, ordered: bytes | None = None) -> Job:
        """Keep `work` for when it is asked about; return its job, pending. What is forgotten is not done.

        `weight` is the bytes that the work holds, `ordered` what it can be made of again.
        """
        job = Job(id=str(uuid.uuid4()), model=model)
        weight += JOB_BYTES + len(model) + len(ordered or b"")
        with self._lock:
            self._put(Entry(job, work, weight, self._clock(), ordered))
        return job

    def restore(self, remake: Callable[[bytes], Work]) -> None:
        """Take over the jobs of the server before. Those that were not done are pending again.

        `remake` makes work of what it was ordered with.
        """
        if self._database is None:
            return
        with self._lock:
            for row in list(self._database.rows()):
                self._put(_restored(row, remake))

    def get(self, job_id: str) -> Job | None:
        """Queue the job if nobody asked before; return it as it stands, or None if there is none any more."""
        with self._lock:
            self._forget_old()
            entry = self._entries.get(job_id)
            if entry is None:
                return None
            if entry.work is not None:
                self._put(evolve(entry, work=None))
        if entry.work is not None:
            self._executor.submit(self._run, job_id, entry.work)
        with self._lock:
            entry = self._entries.get(job_id)
            return None if entry is None else entry.job

    def open(self) -> None:
        """Run jobs again, after `close`. What a database kept stays in memory from then on."""
        with self._lock:
            if self._is_closed:
                self._executor, self._is_closed = _one_thread(), False

    def close(self) -> None:
        """Finish the job that is running and drop the rest."""
        with self._lock:
            self._is_closed = True
            for job_id in [job_id for job_id, entry in self._entries.items() if entry.work is not None]:
                self._put(evolve(self._entries[job_id], work=None))
        self._executor.shutdown(wait=True, cancel_futures=True)
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None

    def _run(self, job_id: str, work: Work) -> None:
        if not self._change(job_id, state="processing", start_time=self._clock()):
            return
        try:
            output = work()
        except WorkCancelledError:
            self._change(job_id, state="pending", start_time=None)  # the server is ending
        except EngineError as error:
            self._change(job_id, state="failed", end_time=self._clock(), error=error.message)
        except Exception as error:
            # A worker that dies silently would leave its caller polling without end.
            self._change(
                job_id, state="failed", end_time=self._clock(), error=f"unexpected {type(error).__name__}"
            )
            raise
        else:
            self._change(job_id, state="completed", end_time=self._clock(), output=output)

    def _change(self, job_id: str, **changes: Any) -> bool:
        with self._lock:
            entry = self._entries.get(job_id)
            if entry is None:
                return False
            job = evolve(entry.job, **changes)
            if job.state in ("completed", "failed"):
                entry = evolve(entry, ordered=None, weight=JOB_BYTES + len(job.model))
            self._put(evolve(entry, job=job, weight=entry.weight + len(job.output or b"")))
            return True

    def _put(self, entry: Entry) -> None:
        """Keep an entry in its place, and forget the oldest until the others keep the limits."""
        before = self._entries.get(entry.job.id)
        self._held += entry.weight - (before.weight if before is not None else 0)
        self._entries[entry.job.id] = entry
        if self._database is not None and (before is None or before.job != entry.job):
            self._database.keep(entry.row())
        self._forget_old()

    def _forget_old(self) -> None:
        oldest_kept = self._clock() - self._kept
        while self._entries:
            oldest = next(iter(self._entries.values()))
            within = len(self._entries) <= self._most_jobs and self._held <= self._most_bytes
            if within and oldest.submitted >= oldest_kept:
                return
            self._entries.popitem(last=False)
            self._held -= oldest.weight
            if self._database is not None:
                self._database.forget(oldest.job.id)


def _one_thread() -> Executor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="jobs")


def _restored(row: Row, remake: Callable[[bytes], Work]) -> Entry:
    weight = JOB_BYTES + len(row.model) + len(row.ordered or b"") + len(row.output or b"")
    if row.state == "completed" or row.state == "failed" or row.ordered is None:
        state: State = "completed" if row.state == "completed" else "failed"
        job = Job(row.id, row.model, state, row.start_time, row.end_time, row.error, row.output)
        return Entry(job, None, weight, row.submitted)
    return Entry(Job(row.id, row.model), remake(row.ordered), weight, row.submitted, row.ordered)
