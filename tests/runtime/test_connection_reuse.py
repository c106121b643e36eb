"""Which connections serve again, over real sockets, with both kinds of client and with a caller's own."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from generator.runtime import errors
from generator.runtime.client.core import Core
from generator.runtime.client.core_async import AsyncCore
from tests.runtime import calls
from tests.runtime.calls import PNG, SETTINGS
from tests.runtime.connecting import FIELDS, Client
from tests.runtime.faulty_server import Peer, Script, Server, serve
from tests.runtime.streaming import audio, event

ROUNDS = 10
SPEECH = audio(b"abc") + event(type="complete")
EVENTS = "Content-Type: text/event-stream"


def pause(seconds: float) -> None:
    threading.Event().wait(seconds)


@pytest.fixture(params=["own", "the caller's"])
def options(request: pytest.FixtureRequest, client: Client) -> dict[str, Any]:
    if request.param == "own":
        return {}
    http: Any = client.library.Client if client.kind == "sync" else client.library.AsyncClient
    return {"http_client": http(trust_env=False)}


def repeat(client: Client, url: str, step: Callable[[Any], Any], options: dict[str, Any]) -> list[Any]:
    """Take a step with one client again and again; `step` is a coroutine function for asyncio."""

    async def repeat_async() -> list[Any]:
        core = AsyncCore(SETTINGS, api_key="test-key", base_url=url, max_retries=0, **options)
        results = [await step(core) for _ in range(ROUNDS)]
        await core.close()
        if options:
            await options["http_client"].aclose()
        return results

    if client.kind == "async":
        return asyncio.run(repeat_async())
    core = Core(SETTINGS, api_key="test-key", base_url=url, max_retries=0, **options)
    results = [step(core) for _ in range(ROUNDS)]
    core.close()
    if options:
        options["http_client"].close()
    return results


def _call(client: Client) -> Callable[[Any], Any]:
    async def call_async(core: AsyncCore) -> str:
        try:
            return (await core.call(calls.PAINT, FIELDS)).media_type
        except errors.SDKError as error:
            return type(error).__name__

    def call(core: Core) -> str:
        try:
            return core.call(calls.PAINT, FIELDS).media_type
        except errors.SDKError as error:
            return type(error).__name__

    return call if client.kind == "sync" else call_async


@pytest.mark.parametrize("status", [500, 503, 408])
@pytest.mark.parametrize("milliseconds", [1, 5, None])
def test_no_connection_serves_again_after_a_server_error(
    client: Client, options: dict[str, Any], status: int, milliseconds: int | None
) -> None:
    """`milliseconds` are those after which the server closes; None waits for the client to do it."""

    def fail(peer: Peer) -> None:
        if peer.has_request():
            peer.read()
            peer.answer(status)
            if milliseconds is None:
                peer.wait_for_end()
            else:
                pause(milliseconds / 1000)

    def succeed_and_fail(peer: Peer) -> None:
        peer.read()
        peer.answer(200, PNG, "Content-Type: image/png")
        fail(peer)

    with serve(fail, *[succeed_and_fail] * ROUNDS) as server:
        outcomes = repeat(client, server.url, _call(client), options)
    expected = "UnknownStatusError" if status == 408 else "ServerError"
    assert outcomes == [expected, "image/png"] * (ROUNDS // 2)


@pytest.mark.parametrize("status", [200, 400])
def test_a_connection_serves_again_after_any_other_answer(
    client: Client, options: dict[str, Any], status: int
) -> None:
    def keep_answering(peer: Peer) -> None:
        while peer.has_request():
            peer.read()
            peer.answer(status, PNG, "Content-Type: image/png")

    with serve(*[keep_answering] * ROUNDS) as server:
        repeat(client, server.url, _call(client), options)
        assert len(server.connections) == 1


def stream_speech(split: float | None, ending: bytes = b"0\r\n\r\n") -> Script:
    """Answer each request with chunked events; `split` is the pause in seconds before the chunked end."""

    def script(peer: Peer) -> None:
        while peer.has_request():
            peer.read()
            head = f"HTTP/1.1 200 OK\r\n{EVENTS}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
            body = b"%x\r\n%s\r\n" % (len(SPEECH), SPEECH)
            if split is None:
                peer.send(head + body + ending)
            else:
                peer.send(head + body)
                pause(split)
                peer.send(ending)

    return script


def _listen(client: Client, save_to: Any = None) -> Callable[[Any], Any]:
    async def listen_async(core: AsyncCore) -> Any:
        stream = await core.open(calls.SPEAK_ASYNC, FIELDS)
        if save_to is not None:
            return await stream.save(save_to)
        return b"".join([chunk async for chunk in stream])

    def listen(core: Core) -> Any:
        stream = core.open(calls.SPEAK, FIELDS)
        return b"".join(stream) if save_to is None else stream.save(save_to)

    return listen if client.kind == "sync" else listen_async


@pytest.mark.parametrize("split", [None, 0.002])
@pytest.mark.parametrize("saved", [False, True])
def test_a_whole_stream_gives_its_connection_back(
    client: Client, options: dict[str, Any], split: float | None, saved: bool, tmp_path: Any
) -> None:
    save_to = tmp_path / "speech.wav" if saved else None
    with serve(*[stream_speech(split)] * ROUNDS) as server:
        results = repeat(client, server.url, _listen(client, save_to), options)
        assert len(server.connections) == 1
    assert results == [save_to if saved else b"abc"] * ROUNDS


def test_a_streamed_body_gives_its_connection_back(client: Client, options: dict[str, Any]) -> None:
    def keep_answering(peer: Peer) -> None:
        while peer.has_request():
            peer.read()
            peer.answer(200, PNG, "Content-Type: image/png")

    async def take_async(core: AsyncCore) -> bytes:
        return b"".join([chunk async for chunk in await core.stream(calls.PAINT, FIELDS)])

    def take(core: Core) -> bytes:
        return b"".join(core.stream(calls.PAINT, FIELDS))

    with serve(*[keep_answering] * ROUNDS) as server:
        repeat(client, server.url, take if client.kind == "sync" else take_async, options)
        assert len(server.connections) == 1


def _count_after(client: Client, script: Script) -> tuple[list[Any], Server]:
    with serve(*[script] * ROUNDS) as server:
        return repeat(client, server.url, _listen(client), {}), server


def test_no_stream_waits_for_a_server_that_stays_open(client: Client) -> None:
    ended: list[bool] = []

    def stay_open(peer: Peer) -> None:
        peer.read()
        head = f"HTTP/1.1 200 OK\r\n{EVENTS}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        peer.send(head + b"%x\r\n%s\r\n" % (len(SPEECH), SPEECH))
        peer.wait_for_end()
        ended.append(True)

    results, server = _count_after(client, stay_open)
    assert results == [b"abc"] * ROUNDS
    assert len(server.connections) == len(ended) == ROUNDS


def test_no_stream_takes_a_long_rest(client: Client) -> None:
    comment = b": more\n\n" * 32_768
    rest = b"%x\r\n%s\r\n" % (len(comment), comment)
    results, server = _count_after(client, stream_speech(0.0, rest + b"0\r\n\r\n"))
    assert results == [b"abc"] * ROUNDS
    assert len(server.connections) == ROUNDS
