"""The server around the app: it says when it is ready, and it ends within a stated time."""

import asyncio
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from types import FrameType

import uvicorn
from starlette.types import ASGIApp
from uvicorn.server import HANDLED_SIGNALS

from .http_protocol import GuardedProtocol, Timeouts

TICK = 0.02
"""Seconds between two looks at what is still going on when the server ends."""
AFTER = 2.0
"""Seconds, after the time for requests is over, for their work to stop, and as many for the engines."""


class ReferenceServer(uvicorn.Server):
    """A server that says when it listens, and ends on SIGINT and SIGTERM without a trace.

    Requests that are being answered then have `grace` seconds. `on_ready` is given the URL.
    """

    def __init__(self, config: uvicorn.Config, grace: float, on_ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self._grace = grace
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            self._on_ready(f"http://{shown}:{port}")

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """End on the signals. uvicorn would raise them once more afterwards, and so end with a trace."""
        if threading.current_thread() is not threading.main_thread():
            yield  # a thread gets no signals; who started it ends the server
            return
        for number in HANDLED_SIGNALS:
            signal.signal(number, self.handle_exit)
        try:
            yield
        finally:
            for number in HANDLED_SIGNALS:
                signal.signal(number, end_at_once)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Refuse new connections, let requests end for a while, cut off the others, stop the engines."""
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await self._until_idle(self._grace)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await self._until_idle(AFTER)
        for task in list(self.server_state.tasks):
            task.cancel()
        with suppress(TimeoutError):
            await asyncio.wait_for(self.lifespan.shutdown(), AFTER)

    async def _until_idle(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while self.server_state.connections or self.server_state.tasks:
            if self.force_exit or loop.time() >= end:
                return
            await asyncio.sleep(TICK)


def end_at_once(number: int, frame: FrameType | None) -> None:
    """End the process where it stands. Its children end when their pipes close."""
    del number, frame
    os._exit(0)


def bind(host: str, number: int) -> socket.socket:
    """Return a socket that listens, so that a port that is taken is found before anything else starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, number), family=family, backlog=2048)
    # Connections inherit it. asyncio sets it on sockets of its own alone; without it the body of every answer
    # waits 40 ms for the acknowledgement of its head.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def print_ready(url: str) -> None:
    """Print the one line that scripts wait for."""
    print(f"eigen_reference ready at {url}", flush=True)


def server_of(
    app: ASGIApp,
    timeouts: Timeouts,
    *,
    idle: float,
    grace: float,
    on_ready: Callable[[str], None] = print_ready,
) -> ReferenceServer:
    """Return a server that is to be run with a socket that listens.

    `idle` is the seconds that a connection without a request is kept, `grace` those that requests have at the
    end.
    """
    allow_many_connections()
    protocol = type("Protocol", (GuardedProtocol,), {"timeouts": timeouts})
    config = uvicorn.Config(
        app,
        http=protocol,
        ws="none",
        loop="asyncio",
        log_level="error",
        access_log=False,
        lifespan="on",
        server_header=False,
        timeout_keep_alive=idle,  # type: ignore[arg-type]  # it is only ever given to call_later
    )
    return ReferenceServer(config, grace, on_ready)


def allow_many_connections() -> None:
    """Raise the limit of open files as far as this user may: each connection is one."""
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
