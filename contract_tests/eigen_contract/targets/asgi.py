"""Speaks HTTP to an ASGI application in this process, for a synchronous client.

The application lives on an event loop of its own in a thread, with its start-up and shut-down, as in a
server, so that its background work goes on between requests.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from typing import Any, TypeVar

import httpx

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
T = TypeVar("T")


class AsgiTransport(httpx.BaseTransport):
    """An httpx transport over an ASGI application."""

    def __init__(self, application: Application) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="asgi-target", daemon=True)
        self._thread.start()
        # A failure of the application is an answer of 500, as a server would make it, and so a finding.
        self._inner = httpx.ASGITransport(app=application, raise_app_exceptions=False)
        self._lifespan = self._wait(Lifespan.started(application))

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request, and read its response to the end."""
        return self._wait(self._exchange(request))

    async def _exchange(self, request: httpx.Request) -> httpx.Response:
        content = request.read()
        asynchronous = httpx.Request(request.method, request.url, headers=request.headers, content=content)
        response = await self._inner.handle_async_request(asynchronous)
        body = await response.aread()
        return httpx.Response(response.status_code, headers=response.headers, content=body, request=request)

    def close(self) -> None:
        """Shut the application down, and stop the loop and its thread."""
        if self._loop.is_closed():
            return
        self._wait(self._lifespan.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class Lifespan:
    """Start-up and shut-down of an application (ASGI specification, lifespan protocol 2.0)."""

    def __init__(self, application: Application) -> None:
        self._asked: asyncio.Queue[Message] = asyncio.Queue()
        self._said: asyncio.Queue[Message] = asyncio.Queue()
        self._task = asyncio.ensure_future(self._run(application))

    async def _run(self, application: Application) -> None:
        await application({"type": "lifespan", "asgi": {"version": "3.0"}}, self._asked.get, self._said.put)

    @classmethod
    async def started(cls, application: Application) -> "Lifespan":
        """Start an application; return when it is up."""
        lifespan = cls(application)
        await lifespan._ask("lifespan.startup")
        return lifespan

    async def stop(self) -> None:
        """Shut the application down; return when it is."""
        await self._ask("lifespan.shutdown")
        await self._task

    async def _ask(self, event: str) -> None:
        await self._asked.put({"type": event})
        await self._said.get()
