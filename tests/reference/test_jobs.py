"""The store of jobs, with a clock and a worker of the test's own."""

import threading
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from eigen_reference.engines.errors import EngineFailedError, WorkCancelledError
from eigen_reference.engines.jobs import JOB_BYTES, JobStore
from tests.reference.executors import StepExecutor

HELD = JOB_BYTES + len("a-model")
START = datetime(2026, 1, 1, tzinfo=UTC)


class SetClock:
    """Says what it was set to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def executor() -> StepExecutor:
    return StepExecutor()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def store(executor: StepExecutor, clock: SetClock) -> JobStore:
    return JobStore(executor=executor, clock=clock, most_jobs=3)


def test_a_job_goes_from_pending_through_processing_to_completed(
    store: JobStore, executor: StepExecutor, clock: SetClock
) -> None:
    seen: list[object] = []

    def work() -> bytes:
        seen.append(store.get(job.id))
        clock.turn(seconds=2)
        return b"video"

    job = store.submit("a-model", work)
    store.get(job.id)
    executor.step()
    done = store.get(job.id)
    assert (job.state, job.start_time, job.end_time) == ("pending", None, None)
    assert [getattr(state, "state", None) for state in seen] == ["processing"]
    assert done is not None
    assert (done.state, done.output, done.error) == ("completed", b"video", None)
    assert (done.start_time, done.end_time) == (START, START + timedelta(seconds=2))


def test_a_job_that_fails_says_why(store: JobStore, executor: StepExecutor) -> None:
    def work() -> bytes:
        raise EngineFailedError("out of video")

    job = store.submit("a-model", work)
    store.get(job.id)
    executor.step()
    failed = store.get(job.id)
    assert failed is not None
    assert (failed.state, failed.error, failed.output) == ("failed", "out of video", None)
    assert failed.end_time is not None


def test_a_job_that_breaks_is_failed_too(store: JobStore, executor: StepExecutor) -> None:
    job = store.submit("a-model", lambda: {}["missing"])  # type: ignore[index]
    store.get(job.id)
    with pytest.raises(KeyError):
        executor.step()
    broken = store.get(job.id)
    assert broken is not None
    assert (broken.state, broken.error) == ("failed", "unexpected KeyError")


def test_ids_differ_for_the_same_work(store: JobStore) -> None:
    assert store.submit("a-model", bytes).id != store.submit("a-model", bytes).id


def test_begins_a_job_once_and_only_when_it_is_asked_about(store: JobStore, executor: StepExecutor) -> None:
    asked, other = (store.submit("a-model", lambda: b"video") for _ in range(2))
    assert not executor.waiting
    for _ in range(2):
        store.get(asked.id)
    assert len(executor.waiting) == 1
    executor.step()
    assert [getattr(store.get(job.id), "state", None) for job in (asked, other)] == ["completed", "pending"]


def test_forgets_the_oldest_and_does_not_do_it(store: JobStore, executor: StepExecutor) -> None:
    done: list[int] = []

    def work(number: int) -> bytes:
        done.append(number)
        return b"video"

    jobs = [store.submit("a-model", partial(work, number)) for number in range(5)]
    for job in jobs:
        store.get(job.id)
    while executor.waiting:
        executor.step()
    assert [store.get(job.id) is None for job in jobs] == [True, True, False, False, False]
    assert done == [2, 3, 4]


def test_closing_waits_for_the_job_under_way_and_drops_the_others() -> None:
    store, begun = JobStore(), threading.Event()

    def work() -> bytes:
        begun.set()
        return b"video"

    job, other = store.submit("a-model", work), store.submit("a-model", work)
    store.get(job.id)
    assert begun.wait(10)
    store.close()
    states = [getattr(store.get(one.id), "state", None) for one in (job, other)]
    assert states == ["completed", "pending"]


def test_forgets_a_job_after_its_time(store: JobStore, clock: SetClock) -> None:
    job = store.submit("a-model", bytes)
    clock.turn(minutes=59)
    assert store.get(job.id) is not None
    clock.turn(minutes=2)
    assert store.get(job.id) is None
    assert store.held_bytes == 0


def test_holds_no_more_than_it_may(executor: StepExecutor) -> None:
    store = JobStore(executor=executor, most_bytes=10 * (HELD + 1_000))
    jobs = [store.submit("a-model", lambda: bytes(500), weight=1_000) for _ in range(100)]
    assert store.held_bytes == 10 * (HELD + 1_000)
    assert [store.get(job.id) is not None for job in jobs] == [False] * 90 + [True] * 10
    while executor.waiting:
        executor.step()
    assert store.held_bytes == 10 * (HELD + 500)


def test_a_job_that_the_end_of_the_server_stops_is_pending_again(
    store: JobStore, executor: StepExecutor
) -> None:
    def stopped() -> bytes:
        raise WorkCancelledError

    job = store.submit("a-model", stopped)
    store.get(job.id)
    executor.step()
    after = store.get(job.id)
    assert after is not None
    assert (after.state, after.start_time, after.error) == ("pending", None, None)
