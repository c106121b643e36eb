"""Child processes that hang, die, grow, or are no longer wanted."""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from typing import TypeVar

import pytest

from eigen_reference.engines.cancellation import CURRENT, Cancellation
from eigen_reference.engines.child import NICENESS
from eigen_reference.engines.errors import EngineFailedError, UnreadableInputError, WorkCancelledError
from eigen_reference.engines.isolation import EngineProcess, Limits

T = TypeVar("T")
ENGINE = """
import os, sys, threading
from eigen_reference.engines.errors import UnreadableInputError

def answer(arguments, payload):
    what = arguments["do"]
    if what == "hang":
        print("begun", file=sys.stderr, flush=True)
        open(arguments["mark"], "w").close()
        threading.Event().wait()
    if what == "die":
        os._exit(1)
    if what == "grow":
        return (b"x" * arguments["bytes"])[:0]
    if what == "refuse":
        raise UnreadableInputError("that is no picture", "image")
    if what == "break":
        raise KeyError("a fault of ours")
    return str(os.getpid()).encode()
"""


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Callable[..., EngineProcess]]:
    (tmp_path / "misbehaving.py").write_text(ENGINE)
    made: list[EngineProcess] = []

    def make(**limits: float) -> EngineProcess:
        process = EngineProcess(
            "misbehaving",
            Limits(limits.get("seconds", 20), int(limits.get("megabytes", 256))),
            environment={"PYTHONPATH": str(tmp_path)},
        )
        made.append(process)
        return process

    yield make
    for process in made:
        process.close()


def under(token: Cancellation, work: Callable[[], T]) -> T:
    context = copy_context()
    context.run(CURRENT.set, token)
    return context.run(work)


def test_a_child_answers_again_and_again(ask: Callable[..., EngineProcess]) -> None:
    process = ask()
    assert process.ask({"do": "say"}) == process.ask({"do": "say"})


def test_a_large_server_keeps_its_children(ask: Callable[..., EngineProcess]) -> None:
    held = b"x" * (450 * 2**20)  # a new process would count what its parent once held as its own peak
    process = ask()
    assert process.ask({"do": "say"}) == process.ask({"do": "say"})
    assert held


@pytest.mark.parametrize("arguments", [{"do": "die"}, {"do": "grow", "bytes": 2**30}, {"do": "break"}])
def test_a_failure_is_reported_and_the_next_request_served(
    ask: Callable[..., EngineProcess], arguments: dict[str, object]
) -> None:
    process = ask()
    with pytest.raises(EngineFailedError):
        process.ask(arguments)
    assert process.ask({"do": "say"})


def test_a_child_that_takes_too_long_is_ended(ask: Callable[..., EngineProcess], tmp_path: Path) -> None:
    process = ask(seconds=1.5)
    with pytest.raises(EngineFailedError, match=r"took over 1\.5 s"):
        process.ask({"do": "hang", "mark": str(tmp_path / "mark")})
    assert process.ask({"do": "say"})


def test_what_an_engine_refuses_is_refused_by_name(ask: Callable[..., EngineProcess]) -> None:
    with pytest.raises(UnreadableInputError, match="no picture") as caught:
        ask().ask({"do": "refuse"})
    assert caught.value.field == "image"


def test_a_child_that_grew_gives_its_memory_back(ask: Callable[..., EngineProcess]) -> None:
    process = ask(megabytes=1024)
    first = process.ask({"do": "say"})
    assert process.ask({"do": "grow", "bytes": 400 * 2**20}) == b""
    assert process.ask({"do": "say"}) != first


def wait_for(path: Path) -> None:
    """Wait until a child says that it has begun."""
    while not path.exists():
        threading.Event().wait(0.01)


def test_work_under_way_stops_when_it_is_cancelled(ask: Callable[..., EngineProcess], tmp_path: Path) -> None:
    process, token, mark = ask(), Cancellation(), tmp_path / "mark"
    with ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(under, token, lambda: process.ask({"do": "hang", "mark": str(mark)}))
        wait_for(mark)
        token.cancel()
        with pytest.raises(WorkCancelledError):
            hanging.result(10)
    assert process.ask({"do": "say"})


def test_work_that_waits_leaves_when_it_is_cancelled(
    ask: Callable[..., EngineProcess], tmp_path: Path
) -> None:
    process, first, second, mark = ask(), Cancellation(), Cancellation(), tmp_path / "mark"
    with ThreadPoolExecutor(2) as pool:
        hanging = pool.submit(under, first, lambda: process.ask({"do": "hang", "mark": str(mark)}))
        wait_for(mark)
        waiting = pool.submit(under, second, lambda: process.ask({"do": "say"}))
        second.cancel()
        with pytest.raises(WorkCancelledError):
            waiting.result(10)
        assert not hanging.done()
        first.cancel()


def test_nothing_begins_for_work_that_is_cancelled_already(ask: Callable[..., EngineProcess]) -> None:
    token = Cancellation()
    token.cancel()
    with pytest.raises(WorkCancelledError):
        under(token, lambda: ask().ask({"do": "say"}))


def test_closing_ends_the_work_and_starts_no_child_until_it_is_opened(
    ask: Callable[..., EngineProcess], tmp_path: Path
) -> None:
    process, mark = ask(), tmp_path / "mark"
    with ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(process.ask, {"do": "hang", "mark": str(mark)})
        wait_for(mark)
        process.close()
        with pytest.raises(WorkCancelledError):
            hanging.result(10)
    with pytest.raises(WorkCancelledError):
        process.ask({"do": "say"})
    process.open()
    assert process.ask({"do": "say"})


def test_a_child_gives_way_to_the_server(ask: Callable[..., EngineProcess]) -> None:
    child = int(ask().ask({"do": "say"}))
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, child) == min(ours + NICENESS, 19)


def test_a_fork_asks_a_child_of_its_own(ask: Callable[..., EngineProcess], tmp_path: Path) -> None:
    process, answered = ask(), tmp_path / "answered"
    ours = process.ask({"do": "say"})
    pid = os.fork()
    if pid == 0:
        answered.write_bytes(process.ask({"do": "say"}))
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0
    assert answered.read_bytes() != ours
    assert process.ask({"do": "say"}) == ours


def test_no_child_is_left_behind(ask: Callable[..., EngineProcess]) -> None:
    process = ask()
    child = int(process.ask({"do": "say"}))
    process.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
