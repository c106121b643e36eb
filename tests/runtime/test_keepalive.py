"""TCP keepalive, as the sockets of clients have it."""

import asyncio
import gc
import socket
from typing import Any

import pytest

from generator.runtime.client.core import Core
from generator.runtime.client.core_async import AsyncCore
from generator.runtime.errors import ArgumentError, ConfigurationError
from generator.runtime.settings.options import Keepalive
from tests.runtime import calls
from tests.runtime.calls import PNG, SETTINGS
from tests.runtime.connecting import FIELDS, Client
from tests.runtime.faulty_server import Peer, serve

_IDLE = getattr(socket, "TCP_KEEPIDLE", None) or getattr(socket, "TCP_KEEPALIVE", None)


def keepalive_of(client: Client, **options: Any) -> tuple[int, ...]:
    """Return what the connection of a client has been set to: on or off, idle, interval, count."""

    def stay_open(peer: Peer) -> None:
        peer.read()
        peer.answer(200, PNG, "Content-Type: image/png")
        peer.wait_for_end()

    async def read_async(url: str) -> tuple[int, ...]:
        core = AsyncCore(SETTINGS, api_key="test-key", base_url=url, **options)
        await core.call(calls.PAINT, FIELDS)
        values = _read_options(url)
        await core.close()
        return values

    with serve(stay_open) as server:
        if client.kind == "async":
            return asyncio.run(read_async(server.url))
        core = Core(SETTINGS, api_key="test-key", base_url=server.url, **options)
        core.call(calls.PAINT, FIELDS)
        values = _read_options(server.url)
        core.close()
        return values


def _read_options(url: str) -> tuple[int, ...]:
    port = int(url.rpartition(":")[2])
    (connection,) = [
        each
        for each in gc.get_objects()
        if isinstance(each, socket.socket) and each.family == socket.AF_INET and _server_port(each) == port
    ]
    names = [_IDLE, getattr(socket, "TCP_KEEPINTVL", None), getattr(socket, "TCP_KEEPCNT", None)]
    options = [connection.getsockopt(socket.IPPROTO_TCP, name) for name in names if name is not None]
    return (int(connection.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) != 0), *options)


def _server_port(connection: socket.socket) -> int | None:
    try:
        return int(connection.getpeername()[1])
    except OSError:  # it is closed, or a listener, which has no peer
        return None


def test_silent_connections_are_probed(client: Client) -> None:
    assert keepalive_of(client) == (1, 45, 15, 4)[: len(keepalive_of(client))]


def test_a_caller_chooses_when_connections_are_probed(client: Client) -> None:
    assert keepalive_of(client, keepalive=Keepalive(idle=20, interval=5, probes=3))[:2] == (1, 20)


def test_a_caller_switches_probes_off(client: Client) -> None:
    assert keepalive_of(client, keepalive=None)[0] == 0


@pytest.mark.parametrize(
    "keepalive",
    [Keepalive(idle=0), Keepalive(interval=40_000), Keepalive(probes=128), Keepalive(idle=1.5), 45],  # type: ignore[arg-type]
)
def test_refuses_what_no_socket_can_be_set_to(keepalive: Any) -> None:
    with pytest.raises(ArgumentError, match="keepalive"):
        Core(SETTINGS, api_key="test-key", keepalive=keepalive)


def test_an_http_client_settles_it_itself() -> None:
    with pytest.raises(ConfigurationError, match="keepalive"):
        Core(SETTINGS, api_key="test-key", http_client=object(), keepalive=None)
