"""The total timeout, the names of timeouts in errors, and streams that are closed while they are read."""

import asyncio
import threading
import time
import types
from collections.abc import Awaitable, Generator
from typing import Any, cast

import pytest

from generator.runtime import errors
from generator.runtime.client.core import Core
from generator.runtime.client.core_async import AsyncCore
from generator.runtime.settings.options import CallOptions
from generator.runtime.settings.timeouts import Timeout
from tests.runtime import calls
from tests.runtime.calls import PNG, SETTINGS
from tests.runtime.connecting import FIELDS, Client
from tests.runtime.faulty_server import Peer, serve
from tests.runtime.streaming import audio

# In seconds: far above the limits of these tests, and far below what the server would take.
SOON = 3.0
EVENTS = "Content-Type: text/event-stream"


def drip(peer: Peer) -> None:
    """Send a byte of a picture every 50 ms, for ten seconds."""
    peer.read()
    peer.answer(200, PNG, "Content-Type: image/png", length=len(PNG) + 200)
    _repeat(peer, b"x")


def drip_events(peer: Peer) -> None:
    peer.read()
    peer.answer(200, audio(b"abc"), EVENTS, length=1_000_000)
    _repeat(peer, audio(b"abc"))


def _repeat(peer: Peer, data: bytes) -> None:
    for _ in range(200):
        threading.Event().wait(0.05)
        peer.send(data)


def stay_silent(peer: Peer) -> None:
    peer.read()
    peer.wait_for_end()


def speak_once(peer: Peer) -> None:
    peer.read()
    peer.answer(200, audio(b"abc"), EVENTS, length=1_000_000)
    peer.wait_for_end()


@pytest.mark.parametrize("script", [drip, stay_silent])
def test_the_total_timeout_limits_an_attempt(client: Client, script: Any) -> None:
    began = time.monotonic()
    with serve(script) as server, pytest.raises(errors.OutcomeUnknownError, match=r"total timeout of 0\.4 s"):
        client.call(server.url, calls.PAINT, FIELDS, timeout=Timeout(total=0.4))
    assert 0.3 < time.monotonic() - began < SOON


def test_a_number_limits_the_silence_alone(client: Client) -> None:
    def drip_a_little(peer: Peer) -> None:
        peer.read()
        peer.answer(200, PNG, "Content-Type: image/png", length=len(PNG) + 10)
        for _ in range(10):
            threading.Event().wait(0.05)
            peer.send(b"x")

    with serve(drip_a_little) as server:
        assert client.call(server.url, calls.PAINT, FIELDS, timeout=0.3).content == PNG + b"x" * 10


def test_a_call_has_a_total_of_its_own() -> None:
    with serve(drip) as server:
        core = Core(SETTINGS, api_key="test-key", base_url=server.url)
        with pytest.raises(errors.OutcomeUnknownError, match=r"total timeout of 0\.2 s"):
            core.call(calls.PAINT, FIELDS, options=CallOptions(timeout=Timeout(total=0.2)))
        core.close()


def _listen(client: Client, url: str, timeout: Timeout) -> None:
    async def listen_async() -> None:
        core = AsyncCore(SETTINGS, api_key="test-key", base_url=url, timeout=timeout)
        try:
            async for _ in await core.open(calls.SPEAK_ASYNC, FIELDS):
                pass
        finally:
            await core.close()

    if client.kind == "async":
        asyncio.run(listen_async())
        return
    core = Core(SETTINGS, api_key="test-key", base_url=url, timeout=timeout)
    try:
        for _ in core.open(calls.SPEAK, FIELDS):
            pass
    finally:
        core.close()


@pytest.mark.parametrize("script", [drip_events, speak_once])
def test_a_stream_beyond_the_total_says_so(client: Client, script: Any) -> None:
    began = time.monotonic()
    with (
        serve(script) as server,
        pytest.raises(errors.StreamInterruptedError, match=r"total timeout of 0\.4 s") as caught,
    ):
        _listen(client, server.url, Timeout(total=0.4))
    assert caught.value.bytes_received >= 3
    assert time.monotonic() - began < SOON


def test_a_stream_names_the_read_timeout(client: Client) -> None:
    with (
        serve(speak_once) as server,
        pytest.raises(errors.StreamInterruptedError, match=r"the read timeout of 0\.2 s"),
    ):
        _listen(client, server.url, Timeout(read=0.2))


def test_an_error_names_the_read_timeout(client: Client) -> None:
    with (
        serve(stay_silent) as server,
        pytest.raises(errors.OutcomeUnknownError, match=r"the read timeout of 0\.2 s"),
    ):
        client.call(server.url, calls.PAINT, FIELDS, timeout=0.2)


def test_a_thread_that_waits_for_a_stream_ends_when_another_closes_it() -> None:
    caught: list[BaseException] = []

    def read(stream: Any) -> None:
        try:
            next(stream)
        except errors.SDKError as error:
            caught.append(error)

    with serve(speak_once) as server:
        core = Core(SETTINGS, api_key="test-key", base_url=server.url)
        stream: Any = core.open(calls.SPEAK, FIELDS)
        next(stream)
        reader = threading.Thread(target=read, args=(stream,))
        reader.start()
        threading.Event().wait(0.1)  # the reader cannot say that it waits
        began = time.monotonic()
        stream.close()
        reader.join()
        assert time.monotonic() - began < 1
        core.close()
    (error,) = caught
    assert isinstance(error, errors.StreamInterruptedError)
    assert "it was closed while it was read" in str(error)


@types.coroutine
def _signal_waiting(
    awaitable: Awaitable[bytes], is_waiting: asyncio.Event
) -> Generator[object, object, bytes]:
    """Return the result of `awaitable`; set `is_waiting` when it has to wait for the first time."""
    steps = awaitable.__await__()
    try:
        awaited_future = next(steps)
        is_waiting.set()
        while True:
            try:
                sent = yield awaited_future
            except BaseException as error:  # a cancellation too belongs to `awaitable`
                awaited_future = steps.throw(error)
            else:
                awaited_future = steps.send(sent)
    except StopIteration as end:
        return cast("bytes", end.value)


def test_a_task_that_waits_for_a_stream_ends_when_another_closes_it() -> None:
    async def run(url: str) -> None:
        core = AsyncCore(SETTINGS, api_key="test-key", base_url=url)
        stream: Any = await core.open(calls.SPEAK_ASYNC, FIELDS)
        await anext(stream)
        is_waiting = asyncio.Event()
        reader = asyncio.create_task(_signal_waiting(anext(stream), is_waiting))
        await is_waiting.wait()
        await stream.close()
        with pytest.raises(errors.StreamInterruptedError, match="it was closed while it was read"):
            await asyncio.wait_for(reader, 1)
        await core.close()

    with serve(speak_once) as server:
        asyncio.run(run(server.url))
