"""When the gate lets requests pass, by a clock of the tests."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from generator.runtime.batch.gate import Gate
from generator.runtime.batch.options import BatchOptions

Enter = Callable[[Gate, int], int]


def make_gate(clock: Callable[[], float], **options: Any) -> Gate:
    return Gate(BatchOptions(**options), monotonic=clock)


@pytest.fixture
def enter() -> Iterator[Enter]:
    """Return how many of so many requests pass without waiting."""

    async def enter_all(gate: Gate, times: int) -> int:
        passed = 0
        for _ in range(times):
            try:
                await asyncio.wait_for(gate.enter(), 0.01)
            except TimeoutError:
                break
            passed += 1
        return passed

    with asyncio.Runner() as runner:
        yield lambda gate, times: runner.run(enter_all(gate, times))


def test_a_refusal_closes_it_for_as_long_as_the_server_asks(enter: Enter) -> None:
    now = [100.0]
    gate = make_gate(lambda: now[0], concurrency=8)
    assert enter(gate, 1) == 1
    assert gate.refuse(100.0, 5.0)
    gate.leave()
    assert enter(gate, 1) == 0
    now[0] = 104.9
    assert enter(gate, 1) == 0
    now[0] = 105.0
    assert enter(gate, 8) == 4


def test_refusals_of_one_moment_halve_its_places_once() -> None:
    now = [100.0]
    gate = make_gate(lambda: now[0], concurrency=8)
    now[0] = 101.0
    assert gate.refuse(100.5, 1.0)
    assert not gate.refuse(100.6, 1.0)
    assert gate.places == 4
    now[0] = 103.0
    assert gate.refuse(102.5, 1.0)
    assert gate.places == 2


def test_successes_open_one_place_in_each_round() -> None:
    gate = make_gate(lambda: 100.0, concurrency=8)
    gate.refuse(100.0, 0.0)
    for _ in range(4):
        gate.succeed()
    assert 4.9 < gate.places < 5.0
    for _ in range(100):
        gate.succeed()
    assert gate.places == 8


def test_without_a_time_to_wait_it_stays_closed_longer_each_time(enter: Enter) -> None:
    now = [100.0]
    gate = make_gate(lambda: now[0], concurrency=8)
    waits: list[float] = []
    for _ in range(7):
        gate.refuse(now[0], None)
        began = now[0]
        while enter(gate, 1) == 0:
            now[0] += 0.5
        gate.leave()
        waits.append(now[0] - began)
    assert waits == [1, 2, 4, 8, 16, 30, 30]


def test_requests_a_minute_follow_each_other_evenly(enter: Enter) -> None:
    now = [100.0]
    gate = make_gate(lambda: now[0], concurrency=100, requests_per_minute=60)
    assert enter(gate, 5) == 1
    now[0] = 101.0
    assert enter(gate, 5) == 1
    now[0] = 160.0  # what was not used is not saved up
    assert enter(gate, 5) == 1


def test_a_stop_ends_the_wait_for_it() -> None:
    async def wait_and_stop() -> bool:
        gate = make_gate(lambda: 100.0, concurrency=1)
        gate.refuse(100.0, 1000.0)
        waiting = asyncio.create_task(gate.enter())
        await asyncio.sleep(0)
        gate.stop()
        await asyncio.wait_for(waiting, 5)
        return True

    assert asyncio.run(wait_and_stop())
