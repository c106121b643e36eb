"""Waiting for jobs, by a clock that the test holds."""

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from generator.runtime import errors
from generator.runtime.client.core import Core
from generator.runtime.client.core_async import AsyncCore
from generator.runtime.client.polling import Polling
from generator.runtime.response.results import Job, Media, make_meta
from generator.runtime.response.unexpected import UnexpectedResponseError
from generator.runtime.settings.options import PollOptions
from tests.runtime.calls import SETTINGS, URL, WAIT, Timekeeper
from tests.runtime.faulty_server import Peer, serve

JOB = Job(id="j", data={}, context={"model": "m"}, meta=make_meta(200, {}))


class Backend:
    """Answers the questions for a job's state from a list, and with its last for ever."""

    def __init__(self, *states: object) -> None:
        self.states = list(states)
        self.asked: list[str] = []
        self.timeouts: list[float] = []
        self.time = Timekeeper()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.timeouts.append(request.extensions["timeout"]["read"])
        self.asked.append(f"{request.url.path}?{request.url.query.decode()}")
        if request.url.path == "/v1/result":
            return httpx.Response(200, content=b"film", headers={"content-type": "video/mp4"})
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        if isinstance(state, int):
            return httpx.Response(state, json={"error": "e"})
        return httpx.Response(200, json=state if isinstance(state, dict) else {"status": state})

    def wait(self, job: Job | str = JOB, **options: float | str) -> Media:
        client = httpx.Client(transport=httpx.MockTransport(self))
        core = Core(
            SETTINGS, api_key="k", base_url=URL, http_client=client, clock=self.time.clock(), max_retries=0
        )
        fields = {"model": options.pop("model", None)}
        return core.wait(WAIT, job, fields, PollOptions(**options))  # type: ignore[arg-type]


class AsyncBackend(Backend):
    """The same, asked by the asynchronous client."""

    def wait(self, job: Job | str = JOB, **options: float | str) -> Media:
        return asyncio.run(self._wait(job, options))

    async def _wait(self, job: Job | str, options: dict[str, float | str]) -> Media:
        clock = self.time.clock()
        async with httpx.AsyncClient(transport=httpx.MockTransport(self)) as client:
            core = AsyncCore(
                SETTINGS, api_key="k", base_url=URL, http_client=client, clock=clock, max_retries=0
            )
            fields = {"model": options.pop("model", None)}
            return await core.wait(WAIT, job, fields, PollOptions(**options))  # type: ignore[arg-type]


@pytest.fixture(params=[Backend, AsyncBackend])
def backend(request: pytest.FixtureRequest) -> Callable[..., Backend]:
    kind: Callable[..., Backend] = request.param
    return kind


def test_asks_until_it_is_done(backend: Callable[..., Backend]) -> None:
    server = backend("pending", "of a new kind", "completed")
    assert server.wait().content == b"film"
    assert server.time.sleeps == [2.0, 2.0]
    status = "/v1/status?jobId=j&model=m"
    assert server.asked == [status, status, status, "/v1/result?jobId=j&model=m"]


def test_an_id_alone_needs_what_the_job_would_have_kept(backend: Callable[..., Backend]) -> None:
    server = backend("completed")
    server.wait("i", model="n")
    assert server.asked[0] == "/v1/status?jobId=i&model=n"
    with pytest.raises(errors.ArgumentError, match=r"^model: is needed"):
        server.wait("i")
    wrong: tuple[Any, ...] = ("", None, 7)
    for job in wrong:
        with pytest.raises(errors.ArgumentError, match=r"^job: .* is no job"):
            server.wait(job, model="n")


def test_a_failed_job_says_why(backend: Callable[..., Backend]) -> None:
    with pytest.raises(errors.JobFailedError, match="job j failed: no credit") as caught:
        backend("pending", {"status": "failed", "error": "no credit"}).wait()
    assert caught.value.job_id == "j"
    with pytest.raises(errors.JobFailedError, match="no reason"):
        backend({"status": "failed"}).wait()


def test_a_key_that_a_failed_job_repeats_is_struck_out(backend: Callable[..., Backend]) -> None:
    with pytest.raises(errors.JobFailedError, match=r"failed: no key \[redacted\]") as caught:
        backend({"status": "failed", "error": "no key k", "more": ["of k"]}).wait()
    assert caught.value.data == {"status": "failed", "error": "no key [redacted]", "more": ["of [redacted]"]}


def test_gives_up_in_time_and_keeps_the_id(backend: Callable[..., Backend]) -> None:
    server = backend("pending")
    with pytest.raises(errors.JobTimeoutError, match="not done in 5 s") as caught:
        server.wait(timeout=5.0, interval=2.0)
    assert caught.value.job_id == "j"
    assert server.time.sleeps == [2.0, 2.0, 1.0]
    assert len(server.asked) == 4


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_no_question_takes_longer_than_what_is_left(kind: str) -> None:
    released = threading.Event()

    def hang(peer: Peer) -> None:
        peer.read()
        released.wait(30)

    def wait(url: str) -> None:
        if kind == "async":
            asyncio.run(wait_async(url))
            return
        core = Core(SETTINGS, api_key="k", base_url=url)
        try:
            core.wait(WAIT, JOB, {}, PollOptions(timeout=0.5, interval=0.1))
        finally:
            core.close()

    async def wait_async(url: str) -> None:
        core = AsyncCore(SETTINGS, api_key="k", base_url=url)
        try:
            await core.wait(WAIT, JOB, {}, PollOptions(timeout=0.5, interval=0.1))
        finally:
            await core.close()

    with serve(hang, hang, hang) as server:
        began = time.monotonic()
        with pytest.raises(errors.JobTimeoutError):
            wait(server.url)
        assert time.monotonic() - began < 5
        released.set()


def test_a_question_is_given_what_is_left(backend: Callable[..., Backend]) -> None:
    server = backend("pending")
    with pytest.raises(errors.JobTimeoutError):
        server.wait(timeout=45.0, interval=20.0)
    assert server.timeouts == [45.0, 25.0, 5.0, 1.0]


def test_forgives_two_failures_to_ask_but_not_three(backend: Callable[..., Backend]) -> None:
    server = backend(500, 429, "pending", 502, 500, "completed")
    assert server.wait().content == b"film"
    with pytest.raises(errors.ServerError):
        backend("pending", 500, 500, 500, "completed").wait()
    with pytest.raises(errors.NotFoundError):
        backend("pending", 404, "completed").wait()


def test_a_status_without_a_state_is_unexpected(backend: Callable[..., Backend]) -> None:
    with pytest.raises(UnexpectedResponseError, match="no state at /status"):
        backend({"other": 1}).wait()


@pytest.mark.parametrize("name", ["timeout", "interval"])
@pytest.mark.parametrize("value", [0, -1, float("nan"), "5", True, [1]])
def test_times_are_positive(name: str, value: Any) -> None:
    with pytest.raises(errors.ArgumentError, match=f"^{name}: .* is not a positive number of seconds"):
        Backend("completed").wait(JOB, **{name: value})


def test_a_state_is_judged_as_it_came_and_told_without_the_key() -> None:
    waiting = Polling(WAIT, JOB, {}, PollOptions(), time.monotonic, lambda _: {"error": "struck out"})
    assert waiting.is_done({"status": "completed"})
    with pytest.raises(errors.JobFailedError, match="job j failed: struck out"):
        waiting.is_done({"status": "failed", "error": "with a key"})


def test_what_would_have_to_be_awaited_is_no_progress(backend: Callable[..., Backend]) -> None:
    async def progress(_: object) -> None: ...

    told: Any = progress
    with pytest.raises(errors.ArgumentError, match=r"^on_progress is a coroutine function"):
        backend("completed").wait(on_progress=told)
