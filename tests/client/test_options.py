"""What callers choose: options, hooks, and what happens to them on the way."""

import asyncio
import gc
import logging
import threading
import warnings
from collections.abc import AsyncIterator
from functools import partial
from typing import Any, cast
from unittest.mock import Mock

import httpx
import pytest

from eigen_generate import AsyncEigenGenerate, Attempt, EigenGenerate, Hooks, Limits, Timeout, errors
from tests.client.answering import DRAW, PNG, URL, Wire, says
from tests.runtime.faulty_server import Peer, serve


def refusing(*statuses: int) -> Wire:
    """Refuse as often as there are statuses, then answer."""
    left = list(statuses)

    def answer(_: httpx.Request) -> httpx.Response:
        if left:
            return httpx.Response(left.pop(0), headers={"retry-after-ms": "1", "x-echo": "test-key"})
        return httpx.Response(200, content=PNG, headers={"content-type": "image/png"})

    return Wire(answer)


def test_hooks_hear_of_every_attempt_and_never_of_the_key() -> None:
    told: list[tuple[str, Attempt]] = []
    hooks = Hooks(
        request=lambda attempt: told.append(("request", attempt)),
        response=lambda attempt: told.append(("response", attempt)),
        error=lambda attempt: told.append(("error", attempt)),
    )
    refusing(429).client(hooks=hooks).images.generate(**DRAW)
    assert [(name, attempt.number, attempt.status_code) for name, attempt in told] == [
        ("request", 1, None),
        ("response", 1, 429),
        ("error", 1, 429),
        ("request", 2, None),
        ("response", 2, 200),
    ]
    error = told[2][1]
    assert isinstance(error.error, errors.RateLimitError)
    assert error.wait is not None
    assert (told[0][1].method, told[0][1].url, told[0][1].size) == ("POST", URL + "/api/v1/generate", 40)
    assert "test-key" not in repr(told)


def test_hooks_work_under_asyncio() -> None:
    told: list[int] = []
    hooks = Hooks(request=lambda attempt: told.append(attempt.number))
    asyncio.run(refusing(429, 429).async_client(hooks=hooks).images.generate(**DRAW))
    assert told == [1, 2, 3]


def test_the_last_error_says_that_there_is_no_next_attempt() -> None:
    waits: list[float | None] = []
    client = refusing(500).client(hooks=Hooks(error=lambda attempt: waits.append(attempt.wait)))
    with pytest.raises(errors.ServerError):
        client.images.generate(**DRAW)
    assert waits == [None]


def test_a_request_hook_may_stop_the_call_and_no_other_can_lose_a_result(
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
def test_a_hook_that_nobody_would_await_is_refused(name: str) -> None:
    async def hook(*_: object) -> None: ...

    class Called:
        async def __call__(self, *_: object) -> None: ...

        async def method(self, *_: object) -> None: ...

    async def generator(*_: object) -> AsyncIterator[int]:
        yield 1

    for one in (hook, partial(hook, 1), Called(), Called().method, generator):
        with pytest.raises(errors.ArgumentError, match=f"^hooks: {name} is a coroutine function"):
            Hooks(**{name: one})


def test_whatever_can_be_called_is_a_hook() -> None:
    class Called:
        async def func(self) -> None: ...

        def __call__(self, _: object) -> None: ...

    given: list[Any] = [print, partial(print), Called(), Called, Mock(), Mock(spec=iter)]
    for one in given:
        assert Hooks(response=one).response is one
    with pytest.raises(errors.ArgumentError, match=r"^hooks: upload: a int is no function"):
        Hooks(upload=cast("Any", 5))


@pytest.mark.parametrize("kind", [KeyboardInterrupt, asyncio.CancelledError])
@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
def test_a_hook_that_ends_all_leaves_no_connection_behind(
    kind: type[BaseException], asynchronous: bool
) -> None:
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


def test_retry_unknown_is_for_the_client_or_for_one_call() -> None:
    assert refusing(500).client(retry_unknown=True).images.generate(**DRAW).meta.attempts == 2
    assert refusing(500).client().images.generate(**DRAW, retry_unknown=True).meta.attempts == 2
    with pytest.raises(errors.ServerError):
        refusing(500).client(retry_unknown=True).images.generate(**DRAW, retry_unknown=False)
    wire = refusing(500)
    with pytest.raises(errors.ArgumentError, match=r"^retry_unknown: 'false' is not True or False"):
        wire.client().images.generate(**DRAW, retry_unknown="false")  # type: ignore[arg-type]
    assert wire.requests == []


def test_an_idempotency_header_is_one_for_all_attempts_of_a_call() -> None:
    wire = refusing(429)
    client = wire.client(idempotency_header="Idempotency-Key")
    client.images.generate(**DRAW)
    client.images.generate(**DRAW)
    sent = [request.headers["idempotency-key"] for request in wire.requests]
    assert sent[0] == sent[1] != sent[2]
    assert (
        "idempotency-key"
        not in client.with_options(idempotency_header=None).prepare.images.generate(**DRAW).headers
    )


def test_a_get_needs_no_idempotency_header() -> None:
    wire = says(b'{"status": "completed"}', "application/json")
    wire.client(idempotency_header="Idempotency-Key").videos.status(job_id="j", model="m")
    assert "idempotency-key" not in wire.requests[0].headers


def test_a_copy_of_a_class_of_the_callers_is_as_the_original_but_for_its_options() -> None:
    class Tenant(EigenGenerate):
        __slots__ = ("place",)

        def __init__(self, tenant: str) -> None:
            super().__init__(api_key="test-key", base_url=URL)
            self.__dict__["tenant"] = tenant
            self.place = "here"

        @property
        def tenant(self) -> str:
            return str(self.__dict__["tenant"])

    client = Tenant("a")
    assert client.images is client.images
    other = client.with_options(max_retries=0)
    assert (type(other), other.tenant, other.place) == (Tenant, "a", "here")
    assert other.images is not client.images
    assert client.images is client.images


def test_a_copy_takes_every_option_and_changes_nothing_here() -> None:
    wire = refusing(500)
    client = wire.client(max_retries=1)
    other = client.with_options(
        timeout=5,
        max_retries=0,
        max_elapsed=1.0,
        retry_unknown=True,
        spool=True,
        max_response_size=9,
        max_response_ratio=None,
        hooks=Hooks(),
        conformance="off",
    )
    with pytest.raises(errors.ServerError):
        other.images.generate(**DRAW)
    with pytest.raises(errors.ResponseTooLargeError):
        other.images.generate(**DRAW)
    assert client.images.generate(**DRAW).content == PNG
    assert wire.requests[0].extensions["timeout"]["read"] == 5
    assert wire.requests[2].extensions["timeout"]["read"] == 180


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("max_retries", -1),
        ("max_elapsed", float("nan")),
        ("retry_unknown", 1),
        ("idempotency_header", "a: b"),
        ("idempotency_header", "Authorization"),
        ("idempotency_header", "content-length"),
        ("spool", None),
        ("max_response_size", 1.5),
        ("max_response_ratio", 0),
        ("hooks", print),
        ("conformance", "strict"),
        ("timeout", -1),
    ],
)
def test_a_wrong_option_is_named(option: str, value: Any) -> None:
    with pytest.raises(errors.ArgumentError, match=f"^{option}: "):
        says(PNG, "image/png").client(**{option: value})


def test_an_unknown_option_or_argument_is_a_type_error() -> None:
    client = says(PNG, "image/png").client()
    with pytest.raises(TypeError, match="colour"):
        client.with_options(colour="red")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="colour"):
        client.images.generate(**DRAW, colour="red")  # type: ignore[call-arg]


def test_how_to_connect_is_the_callers_clients_business_if_there_is_one() -> None:
    with pytest.raises(errors.ConfigurationError, match="http_client"):
        says(PNG, "image/png").client(proxy="http://127.0.0.1:1")
    with pytest.raises(errors.ConfigurationError, match=r"^proxy: ") as caught:
        EigenGenerate(api_key="test-key", base_url=URL, proxy="ftp://u:hidden@h")
    assert "hidden" not in str(caught.value)
    with pytest.raises(errors.ConfigurationError, match="h2 is not installed"):
        EigenGenerate(api_key="test-key", base_url=URL, http2=True)


def test_redirects_are_never_followed_and_the_key_goes_nowhere_else() -> None:
    with serve() as other:

        def redirect(peer: Peer) -> None:
            peer.read()
            peer.answer(302, b"", f"Location: {other.url}/elsewhere")

        with (
            serve(redirect, redirect) as server,
            EigenGenerate(api_key="test-key", base_url=server.url) as client,
        ):
            with pytest.raises(errors.StatusError, match="not followed"):
                client.images.generate(**DRAW)
            with pytest.raises(errors.StatusError, match="not followed"):
                client.videos.status(job_id="j", model="m")
        assert other.connections == []


def test_each_event_loop_has_its_connections_and_closes_them_at_its_end() -> None:
    ended: list[bool] = []

    def draw_twice(peer: Peer) -> None:
        for _ in range(2):
            peer.read()
            peer.answer(200, PNG, "Content-Type: image/png")
        peer.wait_for_end()
        ended.append(True)

    with serve(draw_twice, draw_twice) as server:
        client = AsyncEigenGenerate(api_key="test-key", base_url=server.url)

        async def twice() -> None:
            await client.images.generate(**DRAW)
            await client.images.generate(**DRAW)

        with warnings.catch_warnings():
            warnings.simplefilter("error", ResourceWarning)
            asyncio.run(twice())
            asyncio.run(twice())
            gc.collect()
        assert (len(server.connections), len(server.received)) == (2, 4)
    assert ended == [True, True]


def test_a_closed_client_is_closed_in_every_loop() -> None:
    client = says(PNG, "image/png").async_client()
    own = AsyncEigenGenerate(api_key="test-key", base_url=URL)

    async def close_and_call(one: AsyncEigenGenerate) -> None:
        await one.close()
        await one.images.generate(**DRAW)

    asyncio.run(close_and_call(client))  # the connections are the caller's: closing closes nothing
    with pytest.raises(errors.ConfigurationError, match="closed"):
        asyncio.run(close_and_call(own))


def test_logs_tell_sizes_in_place_of_content(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="eigen_generate"):
        says(PNG, "image/png").client().images.generate(model="m", prompt="a secret wish")
    assert "sent 38 bytes" in caplog.text
    assert "secret wish" not in caplog.text
    assert "test-key" not in caplog.text
