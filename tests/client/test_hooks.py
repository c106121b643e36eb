"""Hooks hear of every attempt, stop calls before they are sent, and lose no result."""

import asyncio
import threading
from collections.abc import AsyncIterator
from functools import partial
from typing import Any, cast
from unittest.mock import Mock

import pytest

from eigen_generate import AsyncEigenGenerate, Attempt, EigenGenerate, Hooks, Limits, Timeout, errors
from tests.client.answering import DRAW, PNG, URL, refusing, says
from tests.runtime.faulty_server import Peer, serve


def test_hooks_see_every_attempt_and_never_the_key() -> None:
    attempts: list[tuple[str, Attempt]] = []
    hooks = Hooks(
        request=lambda attempt: attempts.append(("request", attempt)),
        response=lambda attempt: attempts.append(("response", attempt)),
        error=lambda attempt: attempts.append(("error", attempt)),
    )
    refusing(429).client(hooks=hooks).images.generate(**DRAW)
    assert [(name, attempt.number, attempt.status_code) for name, attempt in attempts] == [
        ("request", 1, None),
        ("response", 1, 429),
        ("error", 1, 429),
        ("request", 2, None),
        ("response", 2, 200),
    ]
    error = attempts[2][1]
    assert isinstance(error.error, errors.RateLimitError)
    assert error.wait is not None
    first = attempts[0][1]
    assert (first.method, first.url, first.size) == ("POST", URL + "/api/v1/generate", 40)
    assert "test-key" not in repr(attempts)


def test_hooks_work_under_asyncio() -> None:
    numbers: list[int] = []
    hooks = Hooks(request=lambda attempt: numbers.append(attempt.number))
    asyncio.run(refusing(429, 429).async_client(hooks=hooks).images.generate(**DRAW))
    assert numbers == [1, 2, 3]


def test_the_last_error_says_that_there_is_no_next_attempt() -> None:
    waits: list[float | None] = []
    client = refusing(500).client(hooks=Hooks(error=lambda attempt: waits.append(attempt.wait)))
    with pytest.raises(errors.ServerError):
        client.images.generate(**DRAW)
    assert waits == [None]


def test_only_a_request_hook_may_stop_the_call(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(_: Attempt) -> None:
        raise RuntimeError("planted")

    def fail_in_mid_upload(_sent: int, _total: int | None) -> None:
        raise RuntimeError("planted")

    wire = refusing(429)
    hooks = Hooks(response=fail, error=fail, upload=fail_in_mid_upload)
    assert wire.client(hooks=hooks).images.generate(**DRAW).content == PNG
    assert caplog.text.count("a hook failed") == 5
    stopped = says(PNG, "image/png")
    with pytest.raises(RuntimeError, match="planted"):
        stopped.client(hooks=Hooks(request=fail)).images.generate(**DRAW)
    assert stopped.requests == []


@pytest.mark.parametrize("name", ["request", "response", "error", "upload"])
def test_refuses_a_coroutine_function_as_a_hook(name: str) -> None:
    async def hook(*_: object) -> None: ...

    class Called:
        async def __call__(self, *_: object) -> None: ...

        async def method(self, *_: object) -> None: ...

    async def generator(*_: object) -> AsyncIterator[int]:
        yield 1

    for coroutine_function in (hook, partial(hook, 1), Called(), Called().method, generator):
        with pytest.raises(errors.ArgumentError, match=f"^hooks: {name} is a coroutine function"):
            Hooks(**{name: coroutine_function})


def test_any_callable_can_be_a_hook() -> None:
    class Called:
        async def func(self) -> None: ...

        def __call__(self, _: object) -> None: ...

    callables: list[Any] = [print, partial(print), Called(), Called, Mock(), Mock(spec=iter)]
    for function in callables:
        assert Hooks(response=function).response is function
    with pytest.raises(errors.ArgumentError, match=r"^hooks: upload: a int is not a function"):
        Hooks(upload=cast("Any", 5))


@pytest.mark.parametrize("kind", [KeyboardInterrupt, asyncio.CancelledError])
@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
def test_a_hook_that_raises_leaves_no_connection_open(kind: type[BaseException], asynchronous: bool) -> None:
    stopped = threading.Event()

    def stop(_: Attempt) -> None:
        if not stopped.is_set():
            stopped.set()
            raise kind

    def half(peer: Peer) -> None:
        peer.read()
        peer.answer(200, PNG, "Content-Type: image/png", length=len(PNG) + 1)
        peer.wait_for_end()

    def whole(peer: Peer) -> None:
        peer.read()
        peer.answer(200, PNG, "Content-Type: image/png", "Connection: close")

    options: dict[str, Any] = {
        "api_key": "test-key",
        "hooks": Hooks(response=stop),
        "limits": Limits(max_connections=1),
        "timeout": Timeout(pool=5),
        "max_retries": 0,
    }

    async def run(url: str) -> bytes:
        async with AsyncEigenGenerate(base_url=url, **options) as client:
            with pytest.raises(kind):
                await client.images.generate(**DRAW)
            return (await client.images.generate(**DRAW)).content

    with serve(half, whole) as server:
        if asynchronous:
            assert asyncio.run(run(server.url)) == PNG
            return
        with EigenGenerate(base_url=server.url, **options) as client:
            with pytest.raises(kind):
                client.images.generate(**DRAW)
            assert client.images.generate(**DRAW).content == PNG


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
def test_upload_progress_counts_up_to_the_size(asynchronous: bool) -> None:
    steps: list[tuple[int, int | None]] = []
    hooks = Hooks(upload=lambda sent, total: steps.append((sent, total)))
    wire = says(PNG, "image/png")
    call: dict[str, Any] = {**DRAW, "image_file": PNG + bytes(1_000_000)}
    if asynchronous:
        asyncio.run(wire.async_client(hooks=hooks).images.edit(**call))
    else:
        wire.client(hooks=hooks).images.edit(**call)
    assert steps[-1][0] == steps[-1][1] == len(wire.requests[0].content)
    assert len(steps) > 3
    assert steps == sorted(steps)
