"""Bounded queues of work."""

import threading
from collections.abc import Iterator
from weakref import ref

import pytest

from eigen_reference.engines.errors import EngineBusyError
from eigen_reference.engines.lanes import Lane, Order


@pytest.fixture
def lane() -> Iterator[Lane]:
    with Lane("trials", workers=1, most_waiting=2, seconds=7) as made:
        yield made


def test_refuses_what_it_has_no_room_for_and_says_when_to_come_again(lane: Lane) -> None:
    go_on = threading.Event()
    taken = [lane.submit(go_on.wait, 20) for _ in range(3)]
    with pytest.raises(EngineBusyError, match="trials") as caught:
        lane.submit(bytes)
    assert caught.value.seconds == 7
    go_on.set()
    assert all(future.result(20) for future in taken)
    assert lane.submit(bytes).result(20) == b""


def test_what_is_cancelled_leaves_room(lane: Lane) -> None:
    go_on = threading.Event()
    lane.submit(go_on.wait, 20)
    for _ in range(50):
        waiting = [lane.submit(bytes) for _ in range(2)]
        assert all(future.cancel() for future in waiting)
    go_on.set()


class Upload:
    """Something that work holds."""


def test_what_is_dropped_holds_nothing() -> None:
    upload = Upload()
    kept = ref(upload)

    def work(held: Upload = upload) -> Upload:
        return held

    order = Order(work)
    del upload, work
    assert kept() is not None
    order.drop()
    assert kept() is None


def test_work_is_done_once() -> None:
    assert Order(lambda: 5)() == 5
