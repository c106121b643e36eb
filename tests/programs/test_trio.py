"""The asynchronous client under trio, and under asyncio with anyio's way of cancelling."""

import functools
import gc
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import pytest

from generator.runtime import errors
from generator.runtime.client.core_async import AsyncCore
from generator.runtime.response.saving import Writer
from generator.runtime.settings.options import Limits, PollOptions
from generator.runtime.settings.timeouts import Timeout
from generator.runtime.streaming.thread_task import ThreadTask
from tests.runtime import calls
from tests.runtime.calls import PNG, SETTINGS
from tests.runtime.connecting import FIELDS, succeed
from tests.runtime.faulty_server import Peer, Script, serve
from tests.runtime.streaming import audio, event

VIDEO = b"\0\0\0\x18ftypmp42" + bytes(3_000_000)
CONTENT = b"RIFF\x28\0\0\0WAVEfmt " + bytes(range(256)) * 4000

Run = Callable[..., Any]


@pytest.fixture(params=["asyncio", "trio"])
def run(request: pytest.FixtureRequest) -> Run:
    """Runs a coroutine function with its arguments in an event loop of its own; none may take 30 s."""

    def run_in_loop(function: Callable[..., Awaitable[Any]], *arguments: object) -> Any:
        async def limited() -> Any:
            with anyio.fail_after(30):
                return await function(*arguments)

        return anyio.run(limited, backend=request.param)

    return run_in_loop


def connect(url: str, **options: Any) -> AsyncCore:
    return AsyncCore(SETTINGS, api_key="test-key", base_url=url, **options)


def using(step: Callable[[AsyncCore], Awaitable[Any]], **options: Any) -> Callable[[str], Awaitable[Any]]:
    """Return a coroutine function that makes a client for a URL, takes one step with it and closes it."""

    async def use(url: str) -> Any:
        core = connect(url, **options)
        try:
            return await step(core)
        finally:
            await core.close()

    return use


def hear(peer: Peer) -> None:
    peer.read()
    peer.answer(200, b'{"text": "heard"}')


async def arriving() -> AsyncIterator[bytes]:
    for start in range(0, len(CONTENT), 50_000):
        await anyio.sleep(0)
        yield CONTENT[start : start + 50_000]


@pytest.mark.parametrize("spool", [False, True])
@pytest.mark.parametrize("kind", ["path", "open file", "iterator", "asynchronous iterator"])
def test_sends_files_of_every_kind(run: Run, tmp_path: Path, kind: str, spool: bool) -> None:
    path = tmp_path / "in.wav"
    path.write_bytes(CONTENT)

    async def step(core: AsyncCore) -> str:
        with path.open("rb") as file:
            values = {
                "path": path,
                "open file": file,
                "iterator": iter([CONTENT[:7], CONTENT[7:]]),
                "asynchronous iterator": arriving(),
            }
            return (await core.call(calls.HEAR, {"model": "m", "file": ("in.wav", values[kind])})).text

    with serve(hear) as server:
        assert run(using(step, spool=spool), server.url) == "heard"
        assert CONTENT in server.received[0].body


def test_repeats_a_refused_request_after_its_wait(run: Run) -> None:
    def refuse(peer: Peer) -> None:
        peer.read()
        peer.answer(429, b"{}", "Retry-After-Ms: 5")
        succeed(peer)

    with serve(refuse) as server:
        media = run(using(lambda core: core.call(calls.PAINT, FIELDS)), server.url)
    assert (media.content, media.meta.attempts) == (PNG, 2)


def test_saves_results_and_streams(run: Run, tmp_path: Path) -> None:
    def twice(peer: Peer) -> None:
        for _ in range(2):
            peer.read()
            peer.answer(200, VIDEO, "Content-Type: video/mp4")

    async def step(core: AsyncCore) -> None:
        media: Any = await core.call(calls.VIDEO, FIELDS)
        assert media.save(tmp_path / "a").read_bytes() == VIDEO
        assert (await media.asave(tmp_path / "b")).read_bytes() == VIDEO
        async with await core.stream(calls.VIDEO, FIELDS) as stream:
            saved = await stream.save(tmp_path / "c.bin")
        assert saved.read_bytes() == VIDEO

    with serve(twice) as server:
        run(using(step), server.url)
        assert len(server.connections) == 1


def speak(peer: Peer) -> None:
    peer.read()
    peer.answer(200, audio(b"ab") + audio(b"cd") + event(type="complete"), "Content-Type: text/event-stream")


def test_iterates_over_events_and_saves_them(run: Run, tmp_path: Path) -> None:
    async def step(core: AsyncCore) -> list[bytes]:
        async with await core.open(calls.SPEAK_ASYNC, FIELDS) as stream:
            chunks = [chunk async for chunk in stream]
        async with await core.open(calls.SPEAK_ASYNC, FIELDS) as stream:
            path = await stream.save(tmp_path / "a.wav")
        assert path.read_bytes().endswith(b"abcd")
        return chunks

    def twice(peer: Peer) -> None:
        speak(peer)
        speak(peer)

    with serve(twice) as server:
        assert run(using(step), server.url) == [b"ab", b"cd"]
        assert len(server.connections) == 1


def speak_once(peer: Peer) -> None:
    peer.read()
    peer.answer(200, audio(b"ab"), "Content-Type: text/event-stream", length=1000)
    peer.wait_for_end()


def test_a_task_that_reads_ends_when_another_closes_its_stream(run: Run) -> None:
    async def step(core: AsyncCore) -> str:
        stream: Any = await core.open(calls.SPEAK_ASYNC, FIELDS)
        await anext(stream)
        raised: list[str] = []

        async def read() -> None:
            with pytest.raises(errors.StreamInterruptedError) as caught:
                await anext(stream)
            raised.append(str(caught.value))

        async with anyio.create_task_group() as group:
            group.start_soon(read)
            await anyio.sleep(0.05)  # the reader cannot say that it waits
            await stream.close()
        return raised[0]

    with serve(speak_once) as server:
        assert "it was closed while it was read" in run(using(step), server.url)


def test_waits_for_a_job(run: Run) -> None:
    def script(peer: Peer) -> None:
        for status in (b"running", b"completed"):
            peer.read()
            peer.answer(200, b'{"status": "' + status + b'"}')
        peer.read()
        peer.answer(200, VIDEO, "Content-Type: video/mp4")

    async def step(core: AsyncCore) -> bytes:
        options = PollOptions(interval=0.01)
        media: Any = await core.wait(calls.WAIT, "job", {"model": "m"}, options)
        return bytes(media.content)

    with serve(script) as server:
        assert run(using(step), server.url) == VIDEO


def trickle(peer: Peer) -> None:
    peer.read()
    peer.answer(200, PNG, "Content-Type: image/png", length=10_000)
    while True:
        threading.Event().wait(0.02)
        peer.send(b"x")


def hang(peer: Peer) -> None:
    peer.read()
    peer.wait_for_end()


@pytest.mark.parametrize("script", [hang, trickle])
def test_the_total_timeout_ends_an_attempt(run: Run, script: Script) -> None:
    async def step(core: AsyncCore) -> Any:
        return await core.call(calls.PAINT, FIELDS)

    with serve(script) as server, pytest.raises(errors.OutcomeUnknownError, match=r"total timeout of 0\.3 s"):
        run(using(step, timeout=Timeout(total=0.3)), server.url)


def test_waits_for_a_free_connection(run: Run) -> None:
    """Three requests share one connection, and a fourth gives up while it waits."""

    def serve_all(peer: Peer) -> None:
        while peer.has_request():
            succeed(peer)

    async def step(core: AsyncCore) -> None:
        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(core.call, calls.PAINT, FIELDS)
        stream = await core.stream(calls.PAINT, FIELDS)
        with pytest.raises(errors.NotSentError, match="no free connection in time"):
            await core.with_options(timeout=Timeout(pool=0.05), max_retries=0).call(calls.PAINT, FIELDS)
        await stream.close()
        await core.call(calls.PAINT, FIELDS)

    with serve(serve_all, serve_all) as server:
        run(using(step, limits=Limits(max_connections=1)), server.url)


def test_a_cancelled_call_closes_its_connection(run: Run) -> None:
    begun, ended = threading.Event(), threading.Event()

    def script(peer: Peer) -> None:
        peer.read()
        begun.set()
        peer.wait_for_end()
        ended.set()

    async def step(core: AsyncCore) -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(core.call, calls.PAINT, FIELDS)
            assert await anyio.to_thread.run_sync(begun.wait, 10)
            group.cancel_scope.cancel()
        assert await anyio.to_thread.run_sync(ended.wait, 10)

    with serve(script) as server:
        run(using(step), server.url)


@pytest.mark.parametrize("method", ["write", "finish"])
def test_a_cancelled_save_waits_for_its_thread(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    entered, go = threading.Event(), threading.Event()
    events: list[str] = []
    original = getattr(Writer, method)

    def blocked(*arguments: object) -> None:
        entered.set()
        assert go.wait(10)
        original(*arguments)  # raises if the file was closed under it
        events.append("written")

    async def step(core: AsyncCore) -> None:
        monkeypatch.setattr(Writer, method, blocked)
        stream = await core.stream(calls.VIDEO, FIELDS)

        async def save() -> None:
            try:
                await stream.save(tmp_path / "a.bin")
            finally:
                events.append("ended")

        async with anyio.create_task_group() as group:
            group.start_soon(save)
            assert await anyio.to_thread.run_sync(entered.wait, 10)
            group.cancel_scope.cancel()
            with anyio.CancelScope(shield=True):
                await anyio.sleep(0.01)
                assert events == []
            go.set()

    def script(peer: Peer) -> None:
        peer.read()
        peer.answer(200, VIDEO, "Content-Type: video/mp4")

    with serve(script) as server:
        run(using(step), server.url)
    assert "written" in events
    assert events[-1] == "ended"
    assert [path.name for path in tmp_path.iterdir()] == (["a.bin"] if method == "finish" else [])


def test_a_thread_keeps_the_context_and_what_it_raises(run: Run) -> None:
    async def step() -> str:
        with pytest.raises(RuntimeError, match="StopIteration"):
            await ThreadTask(next, iter(())).result()
        with pytest.raises(ZeroDivisionError):
            await ThreadTask(lambda: 1 / 0).result()
        return await ThreadTask(threading.current_thread().name.upper).result()

    assert run(step) == "MAINTHREAD"


def test_an_event_loop_closes_its_connections_when_it_ends(run: Run) -> None:
    ended = threading.Event()

    def script(peer: Peer) -> None:
        succeed(peer)
        peer.wait_for_end()
        ended.set()

    async def call(core: AsyncCore) -> bytes:
        return (await core.call(calls.PAINT, FIELDS)).content

    with serve(script, script) as server:
        core = connect(server.url)
        assert run(call, core) == PNG
        assert ended.wait(10)
        assert run(call, core) == PNG
        transport: object = vars(core)["_transport"]
        pools: dict[object, object] = vars(transport)["_pools"]
        assert len(pools) == 1
        gc.collect()


def test_closing_reaches_the_connections_of_another_loop(run: Run) -> None:
    """The client is used in two loops at once; one of them closes it, and the other goes on."""
    used, closed, ended = threading.Event(), threading.Event(), threading.Event()

    def script(peer: Peer) -> None:
        succeed(peer)
        peer.wait_for_end()
        ended.set()

    async def use(core: AsyncCore) -> None:
        await core.call(calls.PAINT, FIELDS)
        used.set()
        assert await anyio.to_thread.run_sync(closed.wait, 10)
        assert await anyio.to_thread.run_sync(ended.wait, 10)
        with pytest.raises(errors.ConfigurationError, match="closed"):
            await core.call(calls.PAINT, FIELDS)

    with serve(script) as server:
        core = connect(server.url)
        failures: list[BaseException] = []

        def run_in_thread() -> None:
            try:
                run(use, core)
            except BaseException as error:
                failures.append(error)

        thread = threading.Thread(target=run_in_thread)
        thread.start()
        assert used.wait(10)
        run(core.close)
        closed.set()
        thread.join()
    assert failures == []


def test_a_callers_iterator_may_raise_a_timeout_of_its_own(run: Run) -> None:
    async def failing() -> AsyncIterator[bytes]:
        yield CONTENT
        raise TimeoutError("the source's own")

    step = functools.partial(AsyncCore.call, call=calls.HEAR)
    fields = {"model": "m", "file": ("a.wav", failing())}
    with serve(hang) as server, pytest.raises(TimeoutError, match="the source's own"):
        run(using(lambda core: step(core, fields=fields), timeout=Timeout(total=20)), server.url)
