"""Clients whose clock is held, so that no test waits for the pauses between attempts."""

import asyncio
import inspect
from collections.abc import Callable
from typing import Any, Literal

from eigen_generate import AsyncEigenGenerate, EigenGenerate
from eigen_generate._runtime.client.core import Core
from eigen_generate._runtime.client.core_async import AsyncCore
from eigen_generate._runtime.http.retry_state import Clock
from eigen_generate._settings import SETTINGS

__all__ = ["KEY", "Clock", "Mode", "Pauses", "ask", "connect", "connect_async"]

KEY = "test-key"
NOW = 1_800_000_000.0
"""The time of day of every test, in seconds since 1970: 2027-01-15, 08:00 UTC, a Friday."""

Mode = Literal["sync", "async"]


class Pauses(list[float]):
    """A clock that stands still but for the pauses between attempts, and keeps them."""

    def __init__(self, on_pause: Callable[[], object] = bool) -> None:
        super().__init__()
        self._on_pause = on_pause

    def sleep(self, seconds: float) -> None:
        """Note a pause, and let the place change meanwhile."""
        self.append(seconds)
        self._on_pause()

    async def sleep_async(self, seconds: float) -> None:
        """The same, for asyncio."""
        self.sleep(seconds)

    def time(self) -> float:
        """Give the time of day."""
        return NOW + sum(self)

    def clock(self) -> Clock:
        """Give the clock to a client; chance always falls on the shortest pause."""
        return Clock(self.time, self.time, lambda: 0.0, self.sleep, self.sleep_async)


def connect(url: str, clock: Clock, **options: Any) -> EigenGenerate:
    """Make a client with this clock."""
    client = EigenGenerate(api_key=KEY, base_url=url)
    client.core = Core(SETTINGS, api_key=KEY, base_url=url, clock=clock, **options)
    return client


def connect_async(url: str, clock: Clock, **options: Any) -> AsyncEigenGenerate:
    """The same, for asyncio."""
    client = AsyncEigenGenerate(api_key=KEY, base_url=url)
    client.core = AsyncCore(SETTINGS, api_key=KEY, base_url=url, clock=clock, **options)
    return client


def ask(mode: Mode, url: str, question: Callable[[Any], Any], **options: Any) -> Any:
    """Ask a client of this mode one question, which gives what its method gives, and close it."""
    if mode == "sync":
        with connect(url, Pauses().clock(), **options) as client:
            return question(client)

    async def ask_async() -> Any:
        async with connect_async(url, Pauses().clock(), **options) as client:
            answer = question(client)
            return await answer if inspect.isawaitable(answer) else answer

    return asyncio.run(ask_async())
