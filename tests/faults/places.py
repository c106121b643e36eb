"""Where a call goes: a server that follows a script, or an address at which nothing can be reached.

Each takes the answer that the call should have had, which is what comes once the fault is over.
"""

import socket
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, NamedTuple
from unittest import mock

from .answers import Answer, stall
from .server import Act, Connection, Server, serve


class Place(NamedTuple):
    """An address; `server` counts what comes to it, and `on_pause` runs between two attempts."""

    url: str
    server: Server
    on_pause: Callable[[], object] = bool


@contextmanager
def served(good: Answer, acts: Sequence[Act]) -> Generator[Place, None, None]:
    """A server that is there."""
    with serve(*acts, success=good.whole()) as server:
        yield Place(server.url, server)


@contextmanager
def refused(good: Answer, *, recovers: bool) -> Generator[Place, None, None]:
    """A port where nobody listens; after the first attempt somebody does, if it `recovers`."""
    with serve(success=good.whole(), started=False) as server:
        yield Place(server.url, server, server.start if recovers else bool)


@contextmanager
def nameless(good: Answer, *, recovers: bool) -> Generator[Place, None, None]:
    """A host whose name nobody knows; after the first attempt it is known, if it `recovers`."""
    known: list[bool] = []
    look_up = socket.getaddrinfo

    def getaddrinfo(host: Any, *rest: Any, **options: Any) -> Any:
        if host in ("nowhere.localhost", b"nowhere.localhost"):
            if not known:
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            host = "127.0.0.1"
        return look_up(host, *rest, **options)

    with serve(success=good.whole()) as server, mock.patch("socket.getaddrinfo", getaddrinfo):
        url = f"http://nowhere.localhost:{server.port}"
        yield Place(url, server, lambda: known.append(True) if recovers else None)


@contextmanager
def without_tls(good: Answer, *, greet: Act) -> Generator[Place, None, None]:
    """A server that a client takes for one with TLS."""
    with serve(success=good.whole(), greet=greet) as server:
        yield Place(server.url.replace("http:", "https:"), server)


@contextmanager
def unaccepted(good: Answer) -> Generator[Place, None, None]:
    """A port whose queue of connections is full, so that no handshake is answered (Linux drops the SYN)."""
    with ExitStack() as stack, serve(success=good.whole(), started=False) as server:
        server.listen(backlog=0)
        for _ in range(3):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            with suppress(BlockingIOError):
                filler.connect(("127.0.0.1", server.port))
        yield Place(server.url, server)


def speak_plainly(connection: Connection) -> bool:
    """Answer a TLS handshake with HTTP."""
    connection.send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    return stall(connection)


def hang_up(_connection: Connection) -> bool:
    """Close before anything was read."""
    return False
