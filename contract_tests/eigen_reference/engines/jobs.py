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
from datetime import UTC, datetime
from typing import Any, Literal

from attrs import evolve, frozen

from .errors import EngineError

State = Literal["pending", "processing", "completed", "failed"]
Clock = Callable[[], datetime]
Work = Callable[[], bytes]


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


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


class JobStore:
    """Runs jobs that are asked about, one after the other, and remembers the latest `most_jobs`."""

    def __init__(
        self, *, executor: Executor | None = None, clock: Clock = utc_now, most_jobs: int = 1_000
    ) -> None:
        self._executor = executor or ThreadPoolExecutor(max_workers=1, thread_name_prefix="jobs")
        self._clock = clock
        self._most_jobs = most_jobs
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._waiting: dict[str, Work] = {}
        self._lock = threading.Lock()

    def submit(self, model: str, work: Work) -> Job:
        """Keep `work` for when it is asked about; return its job, pending. What is forgotten is not done."""
        job = Job(id=str(uuid.uuid4()), model=model)
        with self._lock:
            self._jobs[job.id] = job
            self._waiting[job.id] = work
            while len(self._jobs) > self._most_jobs:
                forgotten, _ = self._jobs.popitem(last=False)
                self._waiting.pop(forgotten, None)
        return job

    def get(self, job_id: str) -> Job | None:
        """Queue the job if nobody asked before; return it as it stands, or None if there is none any more."""
        with self._lock:
            work = self._waiting.pop(job_id, None)
        if work is not None:
            self._executor.submit(self._run, job_id, work)
        with self._lock:
            return self._jobs.get(job_id)

    def close(self) -> None:
        """Finish the job that is running and drop the rest."""
        with self._lock:
            self._waiting.clear()
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _run(self, job_id: str, work: Work) -> None:
        if not self._change(job_id, state="processing", start_time=self._clock()):
            return
        try:
            output = work()
        except EngineError as error:
            self._change(job_id, state="failed", end_time=self._clock(), error=error.message)
        except Exception as error:
            # A worker that dies silently would leave its caller polling for ever.
            self._change(
                job_id, state="failed", end_time=self._clock(), error=f"unexpected {type(error).__name__}"
            )
            raise
        else:
            self._change(job_id, state="completed", end_time=self._clock(), output=output)

    def _change(self, job_id: str, **changes: Any) -> bool:
        with self._lock:
            job = self._jobs.get(job_id)
            if job is not None:
                self._jobs[job_id] = evolve(job, **changes)
            return job is not None
