"""Clients of either kind that connect over real sockets, and what the server does then."""

import asyncio
from collections.abc import Mapping
from typing import Any

from generator.runtime.client.core import Core
from generator.runtime.client.core_async import AsyncCore
from tests.runtime.calls import PNG, SETTINGS, Timekeeper
from tests.runtime.faulty_server import Peer, Script

FIELDS = {"model": "m", "prompt": "p"}
BODY = b'{"model":"m","prompt":"p"}'


class Client:
    """A client of either kind, one call at a time."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.time = Timekeeper()

    def call(self, url: str, call: Any, fields: Mapping[str, object], **options: Any) -> Any:
        clock = self.time.clock()
        if self.kind == "sync":
            core = Core(SETTINGS, api_key="test-key", base_url=url, clock=clock, **options)
            try:
                return core.call(call, fields)
            finally:
                core.close()
        return asyncio.run(self._call(url, call, fields, options))

    async def _call(self, url: str, call: Any, fields: Mapping[str, object], options: Any) -> Any:
        clock = self.time.clock()
        core = AsyncCore(SETTINGS, api_key="test-key", base_url=url, clock=clock, **options)
        try:
            return await core.call(call, fields)
        finally:
            await core.close()


def succeed(peer: Peer) -> None:
    peer.read()
    peer.answer(200, PNG, "Content-Type: image/png")


def refuse(status: int, *headers: str) -> Script:
    def script(peer: Peer) -> None:
        peer.read()
        peer.answer(status, b"{}", *headers, "Connection: close")

    return script


def disconnect(peer: Peer) -> None:
    peer.read()


def truncate(peer: Peer) -> None:
    peer.read()
    peer.answer(200, PNG, "Content-Type: image/png", "X-Request-Id: r1", length=len(PNG) + 1)
