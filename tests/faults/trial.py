"""Runs one cell of the matrix: a call against a server that fails, and everything that can be seen of it."""

import asyncio
import inspect
import os
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, AsyncExitStack, ExitStack, nullcontext
from pathlib import Path
from typing import Any, Literal, NamedTuple

import httpx

from eigen_generate import OutcomeUnknownError, ResponseTooLargeError, StatusError, StreamInterruptedError

from .clients import Clock, Mode, Pauses, connect, connect_async
from .kinds import Kind
from .places import Place
from .server import Received

KEPT = b"what stood here before"
BROKEN = (OutcomeUnknownError, ResponseTooLargeError, StreamInterruptedError)


class Trial(NamedTuple):
    """What could be seen: at the server, by the caller, on disk, and among the open files."""

    requests: list[Received]
    error: Exception | None
    pauses: list[float]
    files: dict[str, bytes]
    leaked: int
    overdue: int


class Cell(NamedTuple):
    """One trial to be made: `size` bytes of input go into the request, `options` to the client.

    `prelude` is what the client does before: nothing, a `call` whose connection the server then closes, or
    the use of the only connection that its pool may have, so that it is `busy`. With `breaks`, the client
    must have closed the connection before it is closed itself.
    """

    kind: Kind
    mode: Mode
    at: Callable[[], AbstractContextManager[Place]]
    size: int = 1
    options: Mapping[str, Any] = {}
    prelude: Literal["", "call", "busy"] = ""
    breaks: bool = False


def run(cell: Cell, folder: Path) -> Trial:
    """Make the call, save what it gives over an older file, close, and look around."""
    target = folder / f"answer{cell.kind.suffix}"
    target.write_bytes(KEPT)
    before = descriptors()
    with cell.at() as place:
        pauses = Pauses(place.on_pause)
        call = _call if cell.mode == "sync" else _call_async
        error = None
        try:
            made = call(cell, place, pauses.clock(), folder, target)
            if inspect.iscoroutine(made):
                asyncio.run(made)
        except Exception as caught:
            error = caught
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "input.png"}
    requests = [request for request in place.server.requests if request.method == cell.kind.method]
    return Trial(requests, error, list(pauses), files, descriptors() - before, place.server.overdue)


def descriptors() -> int:
    """Count this process's open files and sockets."""
    return len(os.listdir("/dev/fd"))  # noqa: PTH208 - it must be read at once


def _call(cell: Cell, place: Place, clock: Clock, folder: Path, target: Path) -> None:
    with ExitStack() as stack:
        options = dict(cell.options)
        if cell.prelude == "busy":
            pool = stack.enter_context(httpx.Client(limits=httpx.Limits(max_connections=1)))
            stack.enter_context(pool.stream("GET", place.url))
            options["http_client"] = pool
        client = stack.enter_context(connect(place.url, clock, **options))
        if cell.prelude == "call":
            cell.kind.begin(client, folder, cell.size).save(target)
            target.write_bytes(KEPT)
            place.server.forget()
        stack.push(_released(cell, place))
        result = cell.kind.begin(client, folder, cell.size)
        with result if cell.kind.streamed else nullcontext():
            result.save(target)


async def _call_async(cell: Cell, place: Place, clock: Clock, folder: Path, target: Path) -> None:
    async with AsyncExitStack() as stack:
        options = dict(cell.options)
        if cell.prelude == "busy":
            pool = await stack.enter_async_context(httpx.AsyncClient(limits=httpx.Limits(max_connections=1)))
            await stack.enter_async_context(pool.stream("GET", place.url))
            options["http_client"] = pool
        client = await stack.enter_async_context(connect_async(place.url, clock, **options))
        if cell.prelude == "call":
            await _save_async(await cell.kind.begin(client, folder, cell.size), target)
            target.write_bytes(KEPT)
            place.server.forget()
        stack.push_async_exit(_released_async(cell, place))
        result = await cell.kind.begin(client, folder, cell.size)
        async with result if cell.kind.streamed else nullcontext():
            await _save_async(result, target)


async def _save_async(result: Any, target: Path) -> None:
    saved = result.save(target)
    if inspect.isawaitable(saved):
        await saved


def _released(cell: Cell, place: Place) -> Callable[..., None]:
    """Before the client closes, see that a connection which broke is closed already."""

    def look(_kind: object, error: object, _trace: object) -> None:
        if cell.breaks and isinstance(error, BROKEN) and not isinstance(error, StatusError):
            place.server.settle()

    return look


def _released_async(cell: Cell, place: Place) -> Callable[..., Awaitable[None]]:
    async def look(*raised: object) -> None:
        # In a thread: under asyncio a socket closes in the next turn of the event loop.
        await asyncio.to_thread(_released(cell, place), *raised)

    return look
