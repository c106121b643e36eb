"""Functions in a thread: waited for, unless they have not started."""

import asyncio
import contextvars
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.runtime.meta import Meta
from generator.runtime.response.saving import Writer
from generator.runtime.streaming.event_streams import AsyncEventStream
from generator.runtime.streaming.thread_task import ThreadTask
from tests.runtime.streaming import KEY, Source, reading


@pytest.mark.parametrize("step", ["write", "finish"])
def test_a_cancelled_save_waits_for_its_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    entered, go = threading.Event(), threading.Event()
    ended: list[str] = []
    original = getattr(Writer, step)

    def blocked(*arguments: object) -> None:
        entered.set()
        assert go.wait(10)
        original(*arguments)  # raises if the file was closed under it
        ended.append(step)

    async def run() -> None:
        monkeypatch.setattr(Writer, step, blocked)
        meta = Meta(200, {}, "r", 1, 0.0, "audio/wav")
        pieces = [b"RIFF    WAVE" + bytes(1_000_000)] * 3
        chunks = AsyncEventStream(Source(*pieces), reading(), meta, "POST /", KEY)
        task = asyncio.create_task(chunks.save(tmp_path / "a.wav"))
        assert await asyncio.to_thread(entered.wait, 10)
        for _ in range(2):  # the second meets what waits for the thread
            task.cancel()
            await asyncio.wait((task,), timeout=0.01)
        assert not task.done()
        go.set()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())
    assert step in ended
    assert [path.name for path in tmp_path.iterdir()] == (["a.wav"] if step == "finish" else [])


def test_keeps_the_context_and_turns_stop_iteration_into_an_error() -> None:
    caller = contextvars.ContextVar("caller", default="unknown")

    async def run() -> str:
        caller.set("the caller")
        with pytest.raises(RuntimeError, match="StopIteration"):
            await asyncio.wait_for(ThreadTask(next, iter(())).result(), 5)
        return await ThreadTask(caller.get).result()

    assert asyncio.run(run()) == "the caller"


def test_a_cancelled_task_that_has_not_started_never_runs() -> None:
    calls: list[str] = []
    go = threading.Event()

    async def run() -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(1))
        busy = loop.run_in_executor(None, go.wait, 10)
        task = asyncio.create_task(ThreadTask(calls.append, "call").result())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 5)
        go.set()
        assert await busy
        await loop.run_in_executor(None, lambda: None)  # after whatever was queued before

    asyncio.run(run())
    assert calls == []
