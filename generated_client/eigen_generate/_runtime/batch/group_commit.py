"""Writes the marks of many rows in one transaction.

A commit waits for the disk. While one commit waits, the marks that come meanwhile gather for the next.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from .journal import Journal, Mark

T = TypeVar("T")


class GroupCommit:
    """Uses a journal from an event loop; everything happens in one thread, in order."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._thread = ThreadPoolExecutor(1, "batch-journal")
        self._waiting: list[tuple[Mark, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def write(self, mark: Mark) -> None:
        """Return when the mark is on the disk; raises JournalError."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.append((mark, future))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all())
        await future

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """Return what a function returns that reads the journal."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)

    async def _write_all(self) -> None:
        while self._waiting:
            marks, self._waiting = self._waiting, []
            try:
                await self.run(self._journal.apply, [mark for mark, _ in marks])
            except Exception as error:
                for _, future in marks:
                    if not future.done():
                        future.set_exception(error)
            else:
                for _, future in marks:
                    if not future.done():  # a row that was cancelled no longer waits
                        future.set_result(None)
        self._writing = None

    async def close(self) -> None:
        """Write what is waiting, and let the thread end; the journal stays open."""
        if self._writing is not None:
            await self._writing
        self._thread.shutdown()
