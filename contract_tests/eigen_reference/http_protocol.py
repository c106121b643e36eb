"""HTTP on a connection: what uvicorn leaves open is refused here, and nobody holds a connection for nothing.

uvicorn's h11 protocol is taken and not the one of httptools, because h11 is strict, is pure Python, and lets
a subclass see a request before the application does. Added to it are

- times: until a request's head is complete, until its body is read when nobody wants it any more, and until a
  client takes more of its answer; what is too slow gets a 408, or is cut off;
- RFC 9112, section 6.3: a request with both Transfer-Encoding and Content-Length is refused, and the
  connection closed, because a proxy may have read it otherwise;
- errors in the contract's shape, where uvicorn answers plain text.
"""

import asyncio
import socket
import struct
import uuid
from collections.abc import Callable
from typing import Any, cast

import h11
from attrs import frozen
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol, RequestResponseCycle
from uvicorn.server import ServerState

from . import __version__
from .problems import RequestError
from .requested_faults import END

HEAD_BYTES = 16 * 1024
"""Of a request's line and headers together, and of a line that begins a chunk."""


@frozen
class Timeouts:
    """Seconds: until a head is complete, until a rejected body ends, until more of an answer is taken."""

    head: float = 15
    drain: float = 10
    write: float = 30


class StrictConnection(h11.Connection):
    """h11, but it refuses a request that may be read in two ways, and a long head that came at once."""

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        """Return the next event. Raises RemoteProtocolError."""
        event = super().next_event()
        if isinstance(event, h11.Request):
            _check(event)
        return event


def _check(request: h11.Request) -> None:
    if request.http_version not in (b"1.0", b"1.1"):
        raise h11.RemoteProtocolError("this is another version of HTTP")
    size = len(request.target) + sum(len(name) + len(value) + 4 for name, value in request.headers)
    if size > HEAD_BYTES:
        raise h11.RemoteProtocolError("the head is too long")
    names = {name for name, _ in request.headers}
    if b"transfer-encoding" in names:
        if b"content-length" in names:
            raise h11.RemoteProtocolError("Transfer-Encoding stands beside Content-Length")
        if request.http_version == b"1.0":
            raise h11.RemoteProtocolError("HTTP/1.0 knows no Transfer-Encoding")


class GuardedProtocol(H11Protocol):
    """One connection."""

    timeouts = Timeouts()

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.conn = StrictConnection(h11.SERVER, HEAD_BYTES)
        self._application = cast(ASGIApp, self.app)
        self.app = cast(Any, self._with_end)
        self._timers: dict[str, asyncio.TimerHandle] = {}

    async def _with_end(self, scope: Scope, receive: Receive, send: Send) -> None:
        extensions = {**scope.get("extensions", {}), END: self.end}
        try:
            await self._application({**scope, "extensions": extensions}, receive, send)
        except asyncio.CancelledError:
            return  # the server is ending and has closed the connection; there is nothing to report

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head."""
        super().connection_made(transport)
        self._start("head", self.timeouts.head, self._head_is_late)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop all waiting."""
        for name in list(self._timers):
            self._stop(name)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came; wait for a while for the rest of a head, or of a body that nobody reads."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop("head")
        elif "head" not in self._timers and self.conn.trailing_data[0]:
            self._start("head", self.timeouts.head, self._head_is_late)
        if self.conn.their_state is not h11.SEND_BODY:
            self._stop("drain")

    def on_response_complete(self) -> None:
        """Give the client a while to end a body that nobody reads any more."""
        if self.conn.their_state is h11.SEND_BODY:
            self._start("drain", self.timeouts.drain, self.transport.abort)
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Begin to wait for a client that does not take its answer."""
        super().pause_writing()
        self._start("write", self.timeouts.write, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on."""
        self._stop("write")
        super().resume_writing()

    def shutdown(self) -> None:
        """End the connection: at once if nothing is being answered, else when that is done."""
        cycle = self._cycle
        if cycle is not None and cycle.more_body and not cycle.response_started:
            self._refuse(503, "stopping", "the server is ending; send the request again", retry=True)
            return
        super().shutdown()

    def end(self, reset: bool) -> None:
        """End the connection in the middle of an answer: by a reset, or in order."""
        self._forget_application()
        if not reset or self.transport.is_closing():  # a client that has left has closed its socket
            self.transport.close()
            return
        # Lingering for no time makes the system send a reset in place of an orderly end (socket(7)).
        connection = self.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, in the shape of every other error."""
        del msg
        self._refuse(400, "malformed_http", "the request is not HTTP/1.1 that can be relied on (RFC 9112)")

    def _head_is_late(self) -> None:
        seconds = self.timeouts.head
        self._refuse(408, "head_timeout", f"no complete request came for {seconds:g} s")

    def _refuse(self, status: int, code: str, message: str, *, retry: bool = False) -> None:
        """Answer in place of the application, and close."""
        if self.transport.is_closing():
            return
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.abort()  # an answer is on its way already
            return
        headers = {"retry-after": "1"} if retry else {}
        answer = RequestError(status, code, message, headers=headers).response()
        stamped = [
            *answer.raw_headers,
            (b"connection", b"close"),
            (b"x-reference-engine", f"eigen_reference/{__version__}".encode()),
            (b"x-request-id", uuid.uuid4().hex.encode()),
        ]
        reason = STATUS_PHRASES[status]
        for event in (
            h11.Response(status_code=status, headers=stamped, reason=reason),
            h11.Data(data=bytes(answer.body)),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self._forget_application()
        self.transport.close()

    def _forget_application(self) -> None:
        """Let whatever the application still sends go nowhere."""
        if (cycle := self._cycle) is not None:
            cycle.disconnected = True
            cycle.message_event.set()

    @property
    def _cycle(self) -> RequestResponseCycle | None:
        """The request that is being answered, or was last; None before the first."""
        return self.cycle

    def _start(self, name: str, seconds: float, late: Callable[[], object]) -> None:
        self._stop(name)
        if not self.transport.is_closing():
            self._timers[name] = self.loop.call_later(seconds, late)

    def _stop(self, name: str) -> None:
        if name in self._timers:
            self._timers.pop(name).cancel()
