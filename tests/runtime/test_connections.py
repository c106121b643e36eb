"""What goes wrong on a connection, over real sockets, with both kinds of client."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from generator.runtime import errors
from generator.runtime.client.core import Core
from generator.runtime.client.core_async import AsyncCore
from generator.runtime.settings.timeouts import Timeout
from tests.runtime import calls
from tests.runtime.calls import PNG, SETTINGS
from tests.runtime.connecting import BODY, FIELDS, Client, disconnect, refuse, succeed, truncate
from tests.runtime.faulty_server import Peer, Script, serve


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def test_repeats_a_refused_connection_and_reports_nothing_sent(client: Client) -> None:
    with pytest.raises(errors.NotSentError) as caught:
        client.call(f"http://127.0.0.1:{_free_port()}", calls.PAINT, FIELDS)
    assert caught.value.attempts == 3
    assert caught.value.bytes_sent == 0
    assert len(client.time.sleeps) == 2
    assert caught.value.__cause__ is not None


def test_a_handshake_that_fails_sent_nothing(client: Client) -> None:
    def speak_plainly(peer: Peer) -> None:
        peer.send(b"HTTP/1.1 400 this is no TLS\r\n\r\n")
        peer.wait_for_end()

    with serve(speak_plainly) as server, pytest.raises(errors.NotSentError):
        client.call(server.url.replace("http:", "https:"), calls.PAINT, FIELDS, max_retries=0)


@pytest.mark.parametrize("script", [disconnect, truncate])
def test_does_not_repeat_a_post_that_may_have_been_done(client: Client, script: Script) -> None:
    with serve(script, succeed) as server, pytest.raises(errors.OutcomeUnknownError) as caught:
        client.call(server.url, calls.PAINT, FIELDS)
    assert [request.body for request in server.received] == [BODY]
    assert caught.value.attempts == 1
    assert caught.value.bytes_sent == len(BODY)


def test_an_answer_that_broke_off_had_a_request_id(client: Client) -> None:
    with serve(truncate) as server, pytest.raises(errors.OutcomeUnknownError) as caught:
        client.call(server.url, calls.PAINT, FIELDS)
    assert caught.value.request_id == "r1"


def test_an_answer_that_cannot_be_unpacked_closes_its_connection() -> None:
    async def run() -> None:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()

        def script(peer: Peer) -> None:
            peer.read()
            headers = ("Content-Type: image/png", "Content-Encoding: gzip")
            peer.answer(200, b"no gzip", *headers, length=100)
            peer.wait_for_end()
            loop.call_soon_threadsafe(ended.set)

        with serve(script) as server:
            core = AsyncCore(SETTINGS, api_key="test-key", base_url=server.url)
            with pytest.raises(errors.OutcomeUnknownError, match="content encoding is broken"):
                await core.call(calls.PAINT, FIELDS)
            await asyncio.wait_for(ended.wait(), 10)
            await core.close()

    asyncio.run(run())


def test_repeats_a_post_with_retry_unknown(client: Client) -> None:
    with serve(disconnect, succeed) as server:
        image = client.call(server.url, calls.PAINT, FIELDS, retry_unknown=True)
    assert image.content == PNG
    assert image.meta.attempts == 2
    assert [request.body for request in server.received] == [BODY, BODY]


@pytest.mark.parametrize("script", [disconnect, truncate, refuse(500), refuse(408)])
def test_repeats_a_get(client: Client, script: Script) -> None:
    def succeed(peer: Peer) -> None:
        peer.read()
        peer.answer(200, b'{"name": "n"}')

    with serve(script, succeed) as server:
        assert client.call(server.url, calls.LISTING, {}).data == {"name": "n"}
    assert len(server.received) == 2


def test_does_not_repeat_after_a_read_timeout(client: Client) -> None:
    def stay_silent(peer: Peer) -> None:
        peer.read()
        peer.wait_for_end()

    with serve(stay_silent) as server, pytest.raises(errors.OutcomeUnknownError, match="no answer in time"):
        client.call(server.url, calls.PAINT, FIELDS, timeout=Timeout(read=0.05))
    assert len(server.received) == 1


@pytest.mark.parametrize("status", [408, 409, 425, 500, 502, 503, 504, 520])
def test_does_not_repeat_a_post_after_an_ambiguous_status(client: Client, status: int) -> None:
    with serve(refuse(status), succeed) as server, pytest.raises(errors.OutcomeUnknownError) as caught:
        client.call(server.url, calls.PAINT, FIELDS)
    assert isinstance(caught.value, errors.StatusError)
    assert caught.value.status_code == status
    assert len(server.received) == 1


@pytest.mark.parametrize("status", [302, 307, 400, 401, 404, 413, 418, 422])
def test_does_not_repeat_after_a_final_status(client: Client, status: int) -> None:
    script = refuse(status, "Location: /elsewhere")
    with serve(script, succeed) as server, pytest.raises(errors.StatusError) as caught:
        client.call(server.url, calls.PAINT, FIELDS, retry_unknown=True)
    assert not isinstance(caught.value, errors.OutcomeUnknownError)
    assert len(server.received) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_waits_as_long_as_retry_after_asks(client: Client, status: int) -> None:
    with serve(refuse(status, "Retry-After: 90"), succeed) as server:
        assert client.call(server.url, calls.PAINT, FIELDS).content == PNG
    assert client.time.sleeps == [90.0]


def test_fails_at_once_if_retry_after_is_too_long(client: Client) -> None:
    script = refuse(429, "Retry-After: 9000")
    with serve(script, succeed) as server, pytest.raises(errors.RateLimitError) as caught:
        client.call(server.url, calls.PAINT, FIELDS)
    assert caught.value.retry_after == 9000
    assert client.time.sleeps == []


def test_never_sends_the_rest_of_a_stream_that_can_be_read_once(client: Client) -> None:
    def chunks() -> Iterator[bytes]:
        yield PNG
        yield b"more"

    with serve(refuse(429), succeed) as server, pytest.raises(errors.RateLimitError):
        client.call(server.url, calls.PAINT, {"model": "m", "file": chunks()})
    assert len(server.received) == 1
    assert PNG + b"more" in server.received[0].body


def test_an_iterator_that_fails_by_httpx_itself_was_sent_in_part(client: Client) -> None:
    def chunks() -> Iterator[bytes]:
        yield PNG + bytes(100_000)
        raise client.library.ConnectError("its own source is down")

    with (
        serve(succeed) as server,
        pytest.raises(errors.OutcomeUnknownError, match="its own source") as caught,
    ):
        client.call(server.url, calls.PAINT, {"model": "m", "file": chunks()})
    assert caught.value.bytes_sent > 100_000


@pytest.mark.parametrize("reads", [False, True])
def test_a_hook_of_the_callers_client_may_raise_for_a_status(client: Client, reads: bool) -> None:
    def judge(response: Any) -> None:
        if reads:
            response.read()
        response.raise_for_status()

    async def judge_later(response: Any) -> None:
        if reads:
            await response.aread()
        response.raise_for_status()

    http: Any = client.library.Client(event_hooks={"response": [judge]})
    if client.kind == "async":
        http = client.library.AsyncClient(event_hooks={"response": [judge_later]})
    with serve(refuse(429), refuse(401)) as server, pytest.raises(errors.AuthenticationError):
        client.call(server.url, calls.PAINT, FIELDS, http_client=http)
    assert len(server.received) == 2


def test_opens_a_file_afresh_for_each_attempt(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    content = PNG + bytes(300_000)
    path.write_bytes(content)
    with serve(refuse(429), succeed) as server:
        client.call(server.url, calls.PAINT, {"model": "m", "file": path})
    first, second = server.received
    assert content in first.body
    assert content in second.body


def test_sends_an_open_file_from_where_it_stands_each_time(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    path.write_bytes(b"skipped" + PNG + bytes(300_000))
    with path.open("rb") as file, serve(refuse(429), succeed) as server:
        file.seek(len(b"skipped"))
        client.call(server.url, calls.PAINT, {"model": "m", "file": file})
    for request in server.received:
        assert b"skipped" not in request.body
        assert PNG + bytes(300_000) in request.body
        assert b'filename="large.bin"' in request.body


def test_names_the_file_that_shrinks_while_it_is_sent(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "shrinking.png"
    path.write_bytes(PNG + bytes(3_000_000))
    with path.open("rb") as file, serve(disconnect) as server:
        call = calls.PAINT
        file_size = path.stat().st_size

        class Shrinking:
            name = "shrinking.png"

            def read(self, size: int = -1) -> bytes:
                return file.read(size) if file.tell() < 2_097_152 else b""

            def seek(self, offset: int, whence: int = 0) -> int:
                return file.seek(offset, whence)

            def tell(self) -> int:
                return file.tell()

        with pytest.raises(errors.OutcomeUnknownError, match="file: the file lost") as caught:
            client.call(server.url, call, {"model": "m", "file": Shrinking()})
    assert file_size > 2_097_152
    assert caught.value.attempts == 1
    assert caught.value.bytes_sent > 262_144


def test_uses_a_new_connection_when_the_server_has_closed_an_idle_one() -> None:
    def once(peer: Peer) -> None:
        succeed(peer)

    with serve(once, once) as server:
        core = Core(SETTINGS, api_key="test-key", base_url=server.url, max_retries=0)
        core.call(calls.PAINT, FIELDS)
        with suppress(OSError):  # the server may have closed it already
            server.connections[0].shutdown(socket.SHUT_RDWR)
        core.call(calls.PAINT, FIELDS)
        core.close()
    assert len(server.received) == 2


def test_a_broken_stream_raises_with_the_bytes_received(client: Client) -> None:
    event = b'data: {"type": "audio_chunk", "data": "YWJj"}\n\n'

    def script(peer: Peer) -> None:
        peer.read()
        peer.answer(200, event, "Content-Type: text/event-stream", length=len(event) + 100)

    def listen(url: str) -> list[bytes]:
        core = Core(SETTINGS, api_key="test-key", base_url=url)
        with core.open(calls.SPEAK, FIELDS) as stream:
            return list(stream)

    async def listen_async(url: str) -> list[bytes]:
        core = AsyncCore(SETTINGS, api_key="test-key", base_url=url)
        async with await core.open(calls.SPEAK_ASYNC, FIELDS) as stream:
            return [chunk async for chunk in stream]

    with serve(script) as server, pytest.raises(errors.StreamInterruptedError) as caught:
        listen(server.url) if client.kind == "sync" else asyncio.run(listen_async(server.url))
    assert caught.value.bytes_received == 3
    assert caught.value.__cause__ is not None
