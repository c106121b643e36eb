"""Begin and end an app as a server does."""

import asyncio

from starlette.types import ASGIApp, Message


class Lifespan:
    """Runs the lifespan of an app around a block (ASGI, lifespan protocol)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._to_app: asyncio.Queue[Message] = asyncio.Queue()
        self._from_app: asyncio.Queue[Message] = asyncio.Queue()

    async def __aenter__(self) -> None:
        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
        self._running = asyncio.ensure_future(self._app(scope, self._to_app.get, self._from_app.put))
        await self._say("startup")

    async def __aexit__(self, *_: object) -> None:
        await self._say("shutdown")
        await self._running

    async def _say(self, word: str) -> None:
        await self._to_app.put({"type": f"lifespan.{word}"})
        assert (await self._from_app.get())["type"] == f"lifespan.{word}.complete"
