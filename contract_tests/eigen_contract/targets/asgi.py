"""Speaks to an ASGI application in this process, for a synchronous caller.

The application has an event loop of its own, with its start-up and shut-down, as in a server. The loop turns
in the thread of whoever asks, one request at a time: two switches between threads would cost more than most
answers do. Nor does an HTTP library stand between: a request becomes a scope, and the messages that the
application sends become the answer.
"""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from concurrent.futures import Executor
from typing import Any, TypeVar, TypeVarTuple, Unpack
from urllib.parse import unquote

import httpx
from attrs import Factory, define, field

from eigen_contract.exchange import Headers, Response

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
T = TypeVar("T")
Ts = TypeVarTuple("Ts")
HOST = b"reference.invalid"


@define
class Exchanging:
    """One request on its way through an application: gives the body once, takes the answer."""

    body: bytes = field(repr=False)
    status: int = 500
    headers: Headers = ()
    chunks: list[bytes] = field(factory=list[bytes], repr=False)
    began: float = Factory(time.perf_counter)
    first_byte: float | None = None
    """Seconds from the beginning to the first chunk."""
    _given: bool = False
    _over: asyncio.Event = Factory(asyncio.Event)

    async def receive(self) -> Message:
        """Give the body; after that wait for the end of the answer, as of a connection that is held."""
        if self._given:
            await self._over.wait()
            return {"type": "http.disconnect"}
        self._given = True
        return {"type": "http.request", "body": self.body, "more_body": False}

    async def send(self, message: Message) -> None:
        """Take a part of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = tuple(
                (name.decode("latin-1").lower(), value.decode("latin-1"))
                for name, value in message["headers"]
            )
            return
        if chunk := message.get("body", b""):
            self.chunks.append(chunk)
            if self.first_byte is None:
                self.first_byte = time.perf_counter() - self.began
        if not message.get("more_body", False):
            self._over.set()

    def answer(self) -> Response:
        """Return what came."""
        last_byte = time.perf_counter() - self.began
        return Response(self.status, self.headers, b"".join(self.chunks), self.first_byte, last_byte)


class Inline(asyncio.SelectorEventLoop):
    """A loop that does at once what an application hands to threads, to keep the loop free for others.

    Only one request is on its way at a time, and two more switches between threads cost as
    much as the rest of most answers.
    """

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[Unpack[Ts]], T], *args: *Ts
    ) -> asyncio.Future[T]:
        """Call a function; return what it gives or raises as a future that is done."""
        del executor
        done: asyncio.Future[T] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:
            done.set_exception(error)
        return done


class AsgiTransport(httpx.BaseTransport):
    """An ASGI application: for judging by `answer`, for an httpx client as a transport."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._loop = Inline()
        self._turn = threading.Lock()
        self._lifespan = self._wait(Lifespan.started(application))

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        with self._turn:
            return self._loop.run_until_complete(work)

    def answer(self, method: str, target: str, headers: Headers, body: bytes) -> Response:
        """Send one request, and read its answer to the end.

        Args:
            target: the path with the query, as in the request line.
        """
        return self._wait(self._answered(method, target, headers, body))

    async def _answered(self, method: str, target: str, headers: Headers, body: bytes) -> Response:
        exchanging = Exchanging(body)
        try:
            await self._application(
                scope(method, target, headers, len(body)), exchanging.receive, exchanging.send
            )
        except Exception:
            # A failure of the application is an answer of 500, as a server would make it, and so a finding.
            exchanging.status = 500
        return exchanging.answer()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request of an httpx client."""
        headers = tuple(
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw
        )
        target = request.url.raw_path.decode("ascii")
        answered = self.answer(request.method, target, headers, request.read())
        return httpx.Response(
            answered.status, headers=list(answered.headers), content=answered.body, request=request
        )

    def close(self) -> None:
        """Shut the application down, and close its loop."""
        if self._loop.is_closed():
            return
        self._wait(self._lifespan.stop())
        self._wait(self._loop.shutdown_asyncgens())
        self._loop.close()


def scope(method: str, target: str, headers: Headers, size: int) -> Message:
    """Describe a request to an application (ASGI specification, HTTP connection scope 2.4)."""
    path, _, query = target.partition("?")
    pairs = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    named = {name for name, _ in pairs}
    if b"host" not in named:
        pairs.append((b"host", HOST))
    if size and b"content-length" not in named:
        pairs.append((b"content-length", str(size).encode()))
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": unquote(path),
        "raw_path": path.encode("ascii"),
        "query_string": query.encode("ascii"),
        "root_path": "",
        "headers": pairs,
        "client": ("127.0.0.1", 1),
        "server": (HOST.decode(), 443),
    }


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
