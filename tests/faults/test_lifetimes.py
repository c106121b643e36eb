"""Clients that live shorter, longer or elsewhere than their author thought: pools, loops, processes."""

import asyncio
import gc
import importlib
import inspect
import multiprocessing
import pkgutil
import threading
from collections.abc import Generator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import httpx
import pytest

import eigen_generate
from eigen_generate import AsyncEigenGenerate, EigenGenerate, errors

from .answers import Answer, after_body, answer, cut, end, stall
from .clients import KEY, Mode, ask
from .kinds import DRAWN, MODEL, PCM, PICTURE, SPEECH
from .server import Act, Server, serve
from .test_answers import METHODS
from .trial import descriptors


def _draw(client: Any, **options: Any) -> Any:
    return client.images.generate(model=MODEL, prompt="p", **options)


def provoke(url: str) -> None:
    """Fail in another process, where the error is pickled to be raised here."""
    with EigenGenerate(api_key=KEY, base_url=url, max_retries=0) as client:
        list(client.audio.speak(model=MODEL, text="t", voice="Linda", stream=True))


@pytest.fixture(scope="module")
def pool() -> Generator[ProcessPoolExecutor, None, None]:
    """One other process, started afresh, so that nothing is inherited."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
        yield executor


ERRORS: dict[str, tuple[Act, dict[str, object]]] = {
    "StatusError": (
        answer(418, b"short and stout", "text/plain"),
        {"status_code": 418, "body": b"short and stout"},
    ),
    "RateLimitError": (answer(429, b"{}", "application/json", "Retry-After: 7"), {"retry_after": 7.0}),
    "ServerError": (answer(500), {"request_id": "r-1", "attempts": 1}),
    "OutcomeUnknownError": (after_body(end), {"attempts": 1, "request_id": None}),
    "UnexpectedResponseError": (answer(200, b"<html>", "text/html"), {"body": b"<html>"}),
    "StreamInterruptedError": (cut(SPEECH, chunked=True, then=end), {"bytes_received": len(PCM)}),
}


@pytest.mark.parametrize("name", ERRORS)
def test_errors_cross_a_process_pool_whole(pool: ProcessPoolExecutor, name: str) -> None:
    act, attributes = ERRORS[name]
    with serve(act, success=SPEECH.whole()) as server:
        error = pool.submit(provoke, server.url).exception(timeout=60)
    assert type(error) is getattr(errors, name)
    assert {key: getattr(error, key) for key in attributes} == attributes
    assert str(error)


def test_no_class_has_a_finalizer() -> None:
    """What `__del__` would close belongs to a loop or a thread that may be gone."""
    found: list[str] = []
    for module in pkgutil.walk_packages(eigen_generate.__path__, "eigen_generate."):
        for name, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if kind.__module__.startswith("eigen_generate") and hasattr(kind, "__del__"):
                found.append(f"{kind.__module__}.{name}")
    assert found == []


def test_a_resource_keeps_its_client_alive() -> None:
    with serve(closing(DRAWN), success=DRAWN.whole()) as server:
        images = EigenGenerate(api_key=KEY, base_url=server.url).images
        gc.collect()
        assert images.generate(model=MODEL, prompt="p").content == PICTURE


def test_closing_a_stream_early_closes_its_connection(mode: Mode) -> None:
    """A connection that stays open keeps the server speaking to nobody."""
    with serve(cut(SPEECH, chunked=True, then=stall), success=SPEECH.whole()) as server:

        def leave(client: Any) -> Any:
            stream = METHODS["audio.speak as a stream"](client)
            return _leave(stream, server) if mode == "sync" else _leave_async(stream, server)

        assert ask(mode, server.url, leave) == PCM
        assert server.overdue == 0


def _leave(stream: Any, server: Server) -> bytes:
    with stream:
        chunk: bytes = next(stream)
    server.settle()
    return chunk


async def _leave_async(stream: Any, server: Server) -> bytes:
    async with await stream as opened:
        chunk: bytes = await anext(opened)
    await asyncio.to_thread(server.settle)
    return chunk


def test_a_stream_outlives_the_name_of_its_client() -> None:
    def listen(url: str) -> Any:
        return EigenGenerate(api_key=KEY, base_url=url).audio.speak(
            model=MODEL, text="t", voice="Linda", stream=True
        )

    with serve(closing(SPEECH), success=SPEECH.whole()) as server:
        stream = listen(server.url)
        gc.collect()
        assert b"".join(stream) == PCM + PCM


def closing(good: Answer) -> Act:
    """Answer, and close the connection, so that no pool keeps it."""
    return good.whole("Connection: close")


def test_one_asynchronous_client_serves_loops_in_turn() -> None:
    before = descriptors()
    with serve(success=DRAWN.whole()) as server:
        client = AsyncEigenGenerate(api_key=KEY, base_url=server.url)
        drawn = [asyncio.run(_draw(client)).content for _ in range(3)]
        asyncio.run(client.close())
    assert drawn == [PICTURE] * 3
    assert descriptors() == before


def test_one_asynchronous_client_serves_loops_in_two_threads() -> None:
    together = threading.Barrier(2)

    async def draw_often(client: AsyncEigenGenerate) -> list[bytes]:
        drawn: list[bytes] = []
        for _ in range(5):
            together.wait(10)
            drawn.append((await _draw(client)).content)
        return drawn

    with serve(success=DRAWN.whole()) as server, ThreadPoolExecutor(2) as threads:
        client = AsyncEigenGenerate(api_key=KEY, base_url=server.url)
        drawn = threads.map(asyncio.run, [draw_often(client), draw_often(client)])
        assert list(drawn) == [[PICTURE] * 5] * 2


# httpx knows all limits but the total, which is ours.
HTTPX_LIMITS = ("connect", "read", "write", "pool")
LIMITS: dict[str, tuple[dict[str, Any], dict[str, Any], Any]] = {
    "left out": ({}, {}, {"connect": 10.0, "read": 180.0, "write": 180.0, "pool": 180.0}),
    "None for the client": ({"timeout": None}, {}, dict.fromkeys(HTTPX_LIMITS)),
    "None for the call": ({"timeout": 5}, {"timeout": None}, dict.fromkeys(HTTPX_LIMITS)),
    "a number for the call": ({"timeout": None}, {"timeout": 5}, dict.fromkeys(HTTPX_LIMITS, 5)),
}


@pytest.mark.parametrize("case", LIMITS.values(), ids=LIMITS)
def test_no_timeout_is_none_and_leaving_it_out_is_the_default(
    mode: Mode, case: tuple[dict[str, Any], dict[str, Any], Any]
) -> None:
    of_client, of_call, expected = case
    seen: list[object] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"])
        return httpx.Response(200, content=PICTURE, headers={"Content-Type": "image/png"})

    transport = httpx.MockTransport(handle)
    http_client = (
        httpx.Client(transport=transport) if mode == "sync" else httpx.AsyncClient(transport=transport)
    )
    ask(
        mode,
        "http://127.0.0.1:9",
        lambda client: _draw(client, **of_call),
        http_client=http_client,
        **of_client,
    )
    assert seen == [expected]
