"""One call for a video, whatever the model answers."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

import eigen_generate
from eigen_generate import AsyncEigenGenerate, EigenGenerate, Video

MP4 = b"\x00\x00\x00\x18ftypmp42"
REQUEST: dict[str, Any] = {"model": "wan2p2-i2v-14b-turbo", "prompt": "a cat", "frame_num": 9}
Generate = Callable[..., Video]


def generate_blocking(handler: Callable[[httpx.Request], httpx.Response] | None, **arguments: Any) -> Video:
    http_client = httpx.Client(transport=httpx.MockTransport(handler)) if handler else None
    with EigenGenerate(
        api_key="test-key", base_url=arguments.pop("base_url", None), http_client=http_client
    ) as client:
        return client.videos.generate_and_wait(**arguments)


def generate_concurrently(
    handler: Callable[[httpx.Request], httpx.Response] | None, **arguments: Any
) -> Video:
    async def generate() -> Video:
        http_client = httpx.AsyncClient(transport=httpx.MockTransport(handler)) if handler else None
        async with AsyncEigenGenerate(
            api_key="test-key", base_url=arguments.pop("base_url", None), http_client=http_client
        ) as client:
            return await client.videos.generate_and_wait(**arguments)

    return asyncio.run(generate())


@pytest.fixture(params=[generate_blocking, generate_concurrently])
def generate_and_wait(request: pytest.FixtureRequest) -> Generate:
    function: Generate = request.param
    return function


def test_waits_for_the_job_of_a_real_server(generate_and_wait: Generate, reference: str) -> None:
    states: list[Any] = []
    video = generate_and_wait(None, **REQUEST, base_url=reference, interval=0.05, on_progress=states.append)
    assert video.content[4:8] == b"ftyp"
    assert states[-1].data["status"] == "completed"


def test_returns_at_once_the_video_that_is_the_answer(generate_and_wait: Generate) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(200, content=MP4, headers={"content-type": "video/mp4"})

    assert generate_and_wait(answer, **REQUEST).content == MP4
    assert asked == ["/api/v1/generate"]


def test_a_job_that_takes_too_long_is_named(generate_and_wait: Generate) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return httpx.Response(200, json={"task_id": "j-1", "task_status": "pending"})
        return httpx.Response(200, json={"task_id": "j-1", "status": "running"})

    with pytest.raises(eigen_generate.JobTimeoutError, match="job j-1 was not done in") as caught:
        generate_and_wait(answer, **REQUEST, interval=0.01, wait_timeout=0.05)
    assert caught.value.job_id == "j-1"
