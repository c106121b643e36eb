"""The asynchronous client and event loops: several, those that end, and calls that are cancelled."""

import asyncio
import gc
import ssl
from typing import Any

import pytest

from generator.runtime import errors
from generator.runtime.client.core_async import AsyncCore
from tests.runtime import calls
from tests.runtime.calls import PNG, SETTINGS
from tests.runtime.connecting import FIELDS, succeed
from tests.runtime.faulty_server import Peer, serve


def test_event_loops_of_other_threads_may_come_meanwhile() -> None:
    acme = AsyncCore(SETTINGS, api_key="test-key", base_url="http://127.0.0.1:9", max_retries=0)
    transport: object = vars(acme)["_transport"]
    pools: dict[object, object] = vars(transport)["_pools"]

    class Loop:
        """A loop that has ended; while it is asked, another thread makes its first call."""

        def is_closed(self) -> bool:
            pools[object()] = None
            return True

    async def main() -> None:
        pools[Loop()] = None
        with pytest.raises(errors.NotSentError):
            await acme.call(calls.PAINT, FIELDS)
        assert not any(isinstance(loop, Loop) for loop in pools)

    asyncio.run(main())


def test_the_asynchronous_client_outlives_its_event_loop() -> None:
    def twice(peer: Peer) -> None:
        succeed(peer)
        peer.wait_for_end()

    async def call(core: AsyncCore) -> bytes:
        return (await core.call(calls.PAINT, FIELDS)).content

    async def call_and_close(core: AsyncCore) -> bytes:
        content = await call(core)
        await core.close()
        return content

    with serve(twice, twice) as server:
        core = AsyncCore(SETTINGS, api_key="test-key", base_url=server.url)
        asyncio.run(call(core))
        assert asyncio.run(call_and_close(core)) == PNG
        gc.collect()


def test_no_event_loop_waits_for_a_tls_context(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[None] = []
    make = ssl.create_default_context

    def count(*args: Any, **options: Any) -> ssl.SSLContext:
        made.append(None)
        return make(*args, **options)

    async def call(core: AsyncCore) -> int:
        await core.call(calls.PAINT, FIELDS)
        return len(made)

    monkeypatch.setattr(ssl, "create_default_context", count)
    with serve(succeed, succeed) as server:
        core = AsyncCore(SETTINGS, api_key="test-key", base_url=server.url)
        assert len(made) == 1
        assert [asyncio.run(call(core)), asyncio.run(call(core))] == [1, 1]


def test_a_cancelled_call_closes_its_connection() -> None:
    async def run() -> None:
        loop = asyncio.get_running_loop()
        begun, ended = asyncio.Event(), asyncio.Event()

        def script(peer: Peer) -> None:
            peer.read()
            loop.call_soon_threadsafe(begun.set)
            peer.wait_for_end()
            loop.call_soon_threadsafe(ended.set)

        with serve(script) as server:
            core = AsyncCore(SETTINGS, api_key="test-key", base_url=server.url)
            task = asyncio.create_task(core.call(calls.PAINT, FIELDS))
            await begun.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await asyncio.wait_for(ended.wait(), 10)
            await core.close()

    asyncio.run(run())
