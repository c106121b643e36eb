"""Clients of either kind that connect over real sockets, and what the server does then."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack, ExitStack
from typing import Any

import httpx
import httpx2

from generator.runtime.client.core import Core
from generator.runtime.client.core_async import AsyncCore
from generator.runtime.settings.options import ConnectionOptions
from tests.runtime.calls import PNG, SETTINGS, Timekeeper
from tests.runtime.faulty_server import Peer, Script

FIELDS = {"model": "m", "prompt": "p"}
BODY = b'{"model":"m","prompt":"p"}'


class Client:
    """A client of either kind, one call at a time.

    With httpx2 it sends through an `http_client`, unless a test has one of its own or says how to connect.
    """

    def __init__(self, kind: str, library: str = "httpx") -> None:
        self.kind = kind
        self.library: Any = {"httpx": httpx, "httpx2": httpx2}[library]
        self.time = Timekeeper()

    def call(self, url: str, call: Any, fields: Mapping[str, object], **options: Any) -> Any:
        clock = self.time.clock()
        if self.kind == "sync":
            with ExitStack() as stack:
                if self._uses_httpx2(options):
                    options["http_client"] = stack.enter_context(httpx2.Client(trust_env=False))
                core = Core(SETTINGS, api_key="test-key", base_url=url, clock=clock, **options)
                stack.callback(core.close)
                return core.call(call, fields)
        return asyncio.run(self._call(url, call, fields, options))

    async def _call(self, url: str, call: Any, fields: Mapping[str, object], options: Any) -> Any:
        clock = self.time.clock()
        async with AsyncExitStack() as stack:
            if self._uses_httpx2(options):
                options["http_client"] = await stack.enter_async_context(httpx2.AsyncClient(trust_env=False))
            core = AsyncCore(SETTINGS, api_key="test-key", base_url=url, clock=clock, **options)
            stack.push_async_callback(core.close)
            return await core.call(call, fields)

    def _uses_httpx2(self, options: Mapping[str, object]) -> bool:
        return self.library is httpx2 and not options.keys() & {"http_client", *ConnectionOptions._fields}


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
