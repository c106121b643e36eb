"""Get work off the event loop: into the lane of its kind, and stopped when its client leaves."""

import asyncio
import contextvars
from collections.abc import Callable
from typing import Any, TypeVar

from attrs import frozen
from starlette.types import Receive

from .answers.models import Job
from .engines.cancellation import CURRENT, Cancellation
from .engines.errors import DearWorkError
from .engines.lanes import Lane, Order
from .problems import RequestError

T = TypeVar("T")


@frozen
class Lanes:
    """Where the cheap work of a kind waits, and where the dear work does."""

    cheap: Lane
    dear: Lane


class Workers:
    """The lanes of one server.

    The bounds say what may wait, with all that it holds; what is dear has small ones, because the last one
    waits for all others.
    """

    def __init__(self) -> None:
        self.reading = Lane("reading", workers=4, most_waiting=1_000)
        pictures = Lanes(
            Lane("pictures", workers=2, most_waiting=500),
            Lane("large pictures", workers=1, most_waiting=8, seconds=5),
        )
        speech = Lanes(
            Lane("speech", workers=4, most_waiting=100),
            Lane("long speech", workers=1, most_waiting=8, seconds=10),
        )
        listening = Lanes(
            Lane("transcription", workers=2, most_waiting=16, seconds=2),
            Lane("long transcription", workers=1, most_waiting=8, seconds=10),
        )
        self.jobs: dict[Job, Lanes] = {
            "generate": pictures,
            "edit": pictures,
            "video": pictures,
            "speak": speech,
            "transcribe": listening,
        }
        self.voices = Lane("voice uploads", workers=1, most_waiting=50)

    async def answer(self, lanes: Lanes, work: Callable[[bool], T], receive: Receive) -> T:
        """Do the work where cheap work waits or, if that shows that it is dear, where dear work does.

        `work` is told whether only cheap work is wanted. Raises EngineBusyError and what `work` raises.
        """
        try:
            return await do(lanes.cheap, lambda: work(True), receive)
        except DearWorkError:
            return await do(lanes.dear, lambda: work(False), receive)


async def do(lane: Lane, work: Callable[[], T], receive: Receive) -> T:
    """Do the work in a thread of the lane. It is dropped, or stopped, if the client leaves first.

    Raises EngineBusyError if the lane is full, RequestError if the client left, and what `work` raises.
    """
    token = Cancellation()
    order = Order(lambda: _with_token(token, work))
    future = asyncio.get_running_loop().run_in_executor(lane, order)
    if future.done():  # a loop may do the work at once, in its own thread
        return future.result()
    leaving = asyncio.ensure_future(_until_left(receive))
    try:
        waited_for: list[asyncio.Future[Any]] = [future, leaving]
        await asyncio.wait(waited_for, return_when=asyncio.FIRST_COMPLETED)
        if not future.done():
            raise RequestError(400, "client_left", "the client left before its answer was made")
        return future.result()
    finally:
        leaving.cancel()
        if not future.done():
            order.drop()
            future.cancel()
            token.cancel()


def _with_token(token: Cancellation, work: Callable[[], T]) -> T:
    context = contextvars.copy_context()
    context.run(CURRENT.set, token)
    return context.run(work)


async def _until_left(receive: Receive) -> None:
    """Return when the client has left. Its body is read, so that nothing else can arrive."""
    while True:
        if (await receive())["type"] == "http.disconnect":
            return
