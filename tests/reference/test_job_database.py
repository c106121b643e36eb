"""Jobs that outlive the server, also one that is killed."""

import json
import signal
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from eigen_reference.engines import orders
from eigen_reference.engines.job_database import FILE, DatabaseError, JobDatabase
from eigen_reference.engines.jobs import JobStore
from eigen_reference.engines.values import Source, Video
from tests.reference.decoders import frames_decoded
from tests.reference.executors import StepExecutor
from tests.reference.sockets import KEY, Process, serving
from tests.reference.test_process import run

STATES = ("pending", "processing", "completed")
VIDEO = Video("a cat", Source("image_url", b"\x89PNG"), frames=3, seed=7.5)


def store(database: JobDatabase, executor: StepExecutor | None = None) -> JobStore:
    made = JobStore(executor=executor or StepExecutor(), database=database)
    made.restore(lambda ordered: lambda: b"again " + ordered)
    return made


@pytest.mark.parametrize("video", [VIDEO, Video("é \ud800"), Video("p", Source("image", None))])
def test_an_order_is_read_as_it_was_written(video: Video) -> None:
    read = orders.decoded(orders.encoded(video))
    assert (read.prompt, read.frames, read.seed) == (video.prompt, video.frames, video.seed)
    assert (read.source and read.source.content) == (video.source and (video.source.content or b""))


def test_a_job_that_is_done_is_found_again(tmp_path: Path) -> None:
    executor = StepExecutor()
    first = store(database := JobDatabase(tmp_path), executor)
    done, waiting = (first.submit("a-model", lambda: b"video", ordered=b"order") for _ in range(2))
    first.get(done.id)
    executor.step()
    as_it_was = first.get(done.id)
    database.close()  # a server that is killed does not, but its process held the lock
    second = store(JobDatabase(tmp_path))
    assert second.get(done.id) == as_it_was
    assert as_it_was is not None
    assert as_it_was.output == b"video"
    assert second.get(waiting.id) == waiting


def test_a_job_that_was_not_done_is_done_by_the_next_server(tmp_path: Path) -> None:
    executor = StepExecutor()
    first = store(database := JobDatabase(tmp_path), executor)
    begun = first.submit("a-model", lambda: b"video", ordered=b"order")
    first.get(begun.id)
    database.close()
    second = store(JobDatabase(tmp_path), executor_of_second := StepExecutor())
    assert second.get(begun.id) == begun
    executor_of_second.step()
    done = second.get(begun.id)
    assert done is not None
    assert (done.state, done.output) == ("completed", b"again order")


def test_what_is_forgotten_is_gone_from_the_file_too(tmp_path: Path) -> None:
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    database = JobDatabase(tmp_path)
    jobs = JobStore(executor=StepExecutor(), clock=lambda: now[0], most_jobs=3, database=database)
    kept = [jobs.submit("a-model", bytes, ordered=b"order") for _ in range(5)][-1]
    database.close()
    assert [row.id for row in JobDatabase(tmp_path).rows()][-1] == kept.id
    database = JobDatabase(tmp_path / "other")
    jobs = JobStore(executor=StepExecutor(), clock=lambda: now[0], database=database)
    jobs.submit("a-model", bytes, ordered=b"order")
    now[0] += timedelta(hours=2)
    assert jobs.get("any") is None
    assert list(database.rows()) == []


def test_a_folder_serves_one_server_at_a_time(tmp_path: Path) -> None:
    with serving(tmp_path, "--data", str(tmp_path / "data")):
        second = run("--port", "0", "--data", str(tmp_path / "data"))
    assert second.returncode == 2
    assert second.stderr.count("\n") == 1
    assert "is another server using it?" in second.stderr


@pytest.mark.parametrize(
    "content", [b"no database, but something else entirely" * 100, b"SQLite format 3\0" + bytes(200)]
)
def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(DatabaseError, match=FILE):
        JobDatabase(tmp_path)
    refused = run("--port", "0", "--data", str(tmp_path))
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)


def test_a_file_of_another_version_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    with pytest.raises(DatabaseError, match="version 99"):
        JobDatabase(tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError):
        JobDatabase(tmp_path / "file" / "folder")


def ask(process: Process, path: str, job: str) -> bytes:
    target = f"/api/v1/generate/{path}?jobId={job}&model=m"
    head = f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{KEY}\r\n\r\n"
    return process.send(head.encode()).body


def await_completed(process: Process, jobs: list[str]) -> str:
    """Ask about the jobs in turn until one is completed; return it."""
    while True:
        for job in jobs:
            if json.loads(ask(process, "status", job))["status"] == "completed":
                return job


@pytest.mark.deep
def test_no_job_that_is_said_to_be_done_is_lost_in_a_loop_of_kills(tmp_path: Path) -> None:
    """The server dies as soon as it has said so, with other jobs at work, and before anyone fetched it."""
    done: list[str] = []
    waiting: list[str] = []
    for life in range(12):
        with serving(tmp_path, "--data", str(tmp_path / "data")) as process:
            assert all(frames_decoded(ask(process, "result", job)) == 2 for job in done)
            bodies = [{"model": "m", "prompt": f"{life} {number}", "frame_num": 2} for number in range(2)]
            waiting += [json.loads(process.post(body).body)["task_id"] for body in bodies]
            job = await_completed(process, waiting)
            process.process.send_signal(signal.SIGKILL)
        waiting.remove(job)
        done.append(job)
    assert len(set(done)) == 12


def test_no_job_that_is_done_is_lost_by_servers_that_are_killed(tmp_path: Path) -> None:
    done: dict[str, bytes] = {}
    waiting: list[str] = []
    for life in range(4):
        with serving(tmp_path, "--data", str(tmp_path / "data")) as process:
            for job, video in done.items():
                assert ask(process, "result", job) == video
            for job in waiting:
                assert json.loads(ask(process, "status", job))["status"] in (
                    "pending",
                    "processing",
                    "completed",
                )
            bodies = [{"model": "m", "prompt": f"{life} {number}", "frame_num": 2} for number in range(3)]
            jobs = [json.loads(process.post(body).body)["task_id"] for body in bodies]
            while json.loads(ask(process, "status", jobs[0]))["status"] != "completed":
                continue
            done[jobs[0]] = ask(process, "result", jobs[0])
            ask(process, "status", jobs[1])
            waiting += jobs[1:]
            process.process.send_signal(signal.SIGKILL)
    assert all(frames_decoded(video) == 2 for video in done.values())
