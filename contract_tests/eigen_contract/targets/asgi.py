"""Speaks HTTP to an ASGI application in this process, for a synchronous client.

The application lives on an event loop of its own in a thread, as it would in a server, so that its
background work goes on between requests.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import httpx

Message = MutableMapping[str, Any]
Application = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]


class AsgiTransport(httpx.BaseTransport):
    """An httpx transport over an ASGI application."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._loop = asyncio.new_event_loop()
        self._inner = httpx.ASGITransport(app=application, raise_app_exceptions=True)
        self._thread = threading.Thread(target=self._loop.run_forever, name="asgi-target", daemon=True)
        self._thread.start()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return asyncio.run_coroutine_threadsafe(self._exchange(request), self._loop).result()

    async def _exchange(self, request: httpx.Request) -> httpx.Response:
        content = request.read()
        asynchronous = httpx.Request(request.method, request.url, headers=request.headers, content=content)
        response = await self._inner.handle_async_request(asynchronous)
        body = await response.aread()
        return httpx.Response(response.status_code, headers=response.headers, content=body, request=request)

    def close(self) -> None:
        """Stop the loop and its thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
