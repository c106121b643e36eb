"""Waiting for jobs, by a clock that the test controls."""

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
    """Answers status requests from a list of states; the last is repeated."""

    def __init__(self, *states: object) -> None:
        self.states = list(states)
        self.requests: list[str] = []
        self.timeouts: list[float] = []
        self.time = Timekeeper()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.timeouts.append(request.extensions["timeout"]["read"])
        self.requests.append(f"{request.url.path}?{request.url.query.decode()}")
        if request.url.path == "/v1/result":
            return httpx.Response(200, content=b"video", headers={"content-type": "video/mp4"})
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
    """The same, for the asynchronous client."""

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


def test_asks_until_the_job_is_done(backend: Callable[..., Backend]) -> None:
    server = backend("pending", "of a new kind", "completed")
    assert server.wait().content == b"video"
    assert server.time.sleeps == [2.0, 2.0]
    status = "/v1/status?jobId=j&model=m"
    assert server.requests == [status, status, status, "/v1/result?jobId=j&model=m"]


def test_an_id_alone_needs_the_fields_that_a_job_keeps(backend: Callable[..., Backend]) -> None:
    server = backend("completed")
    server.wait("i", model="n")
    assert server.requests[0] == "/v1/status?jobId=i&model=n"
    with pytest.raises(errors.ArgumentError, match=r"^model: is needed"):
        server.wait("i")
    wrong: tuple[Any, ...] = ("", None, 7)
    for job in wrong:
        with pytest.raises(errors.ArgumentError, match=r"^job: expected a job or its id, not "):
            server.wait(job, model="n")


def test_a_failed_job_raises_with_the_reason(backend: Callable[..., Backend]) -> None:
    with pytest.raises(errors.JobFailedError, match="job j failed: no credit") as caught:
        backend("pending", {"status": "failed", "error": "no credit"}).wait()
    assert caught.value.job_id == "j"
    with pytest.raises(errors.JobFailedError, match="no reason"):
        backend({"status": "failed"}).wait()


def test_redacts_a_key_that_a_failed_job_repeats(backend: Callable[..., Backend]) -> None:
    with pytest.raises(errors.JobFailedError, match=r"failed: no key \[redacted\]") as caught:
        backend({"status": "failed", "error": "no key k", "more": ["of k"]}).wait()
    assert caught.value.data == {"status": "failed", "error": "no key [redacted]", "more": ["of [redacted]"]}


def test_raises_with_the_job_id_when_the_time_is_up(backend: Callable[..., Backend]) -> None:
    server = backend("pending")
    with pytest.raises(errors.JobTimeoutError, match="not done in 5 s") as caught:
        server.wait(timeout=5.0, interval=2.0)
    assert caught.value.job_id == "j"
    assert server.time.sleeps == [2.0, 2.0, 1.0]
    assert len(server.requests) == 4


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_status_request_ends_when_the_time_is_up(kind: str) -> None:
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


def test_a_status_request_may_take_the_time_that_is_left(backend: Callable[..., Backend]) -> None:
    server = backend("pending")
    with pytest.raises(errors.JobTimeoutError):
        server.wait(timeout=45.0, interval=20.0)
    assert server.timeouts == [45.0, 25.0, 5.0, 1.0]


def test_tolerates_two_failed_status_requests_in_a_row(backend: Callable[..., Backend]) -> None:
    server = backend(500, 429, "pending", 502, 500, "completed")
    assert server.wait().content == b"video"
    with pytest.raises(errors.ServerError):
        backend("pending", 500, 500, 500, "completed").wait()
    with pytest.raises(errors.NotFoundError):
        backend("pending", 404, "completed").wait()


def test_a_status_without_a_state_is_unexpected(backend: Callable[..., Backend]) -> None:
    with pytest.raises(UnexpectedResponseError, match="no state at /status"):
        backend({"other": 1}).wait()


@pytest.mark.parametrize("name", ["timeout", "interval"])
@pytest.mark.parametrize("value", [0, -1, float("nan"), "5", True, [1]])
def test_refuses_times_that_are_not_positive(name: str, value: Any) -> None:
    with pytest.raises(errors.ArgumentError, match=f"^{name}: .* is not a positive number of seconds"):
        Backend("completed").wait(JOB, **{name: value})


def test_judges_the_state_before_it_is_redacted() -> None:
    polling = Polling(WAIT, JOB, {}, PollOptions(), time.monotonic, lambda _: {"error": "struck out"})
    assert polling.is_done({"status": "completed"})
    with pytest.raises(errors.JobFailedError, match="job j failed: struck out"):
        polling.is_done({"status": "failed", "error": "with a key"})


def test_refuses_a_coroutine_function_as_on_progress(backend: Callable[..., Backend]) -> None:
    async def progress(_: object) -> None: ...

    coroutine_function: Any = progress
    with pytest.raises(errors.ArgumentError, match=r"^on_progress is a coroutine function"):
        backend("completed").wait(on_progress=coroutine_function)
