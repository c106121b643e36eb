"""An ASGI application around the server that rewrites what goes in and what comes out."""

import asyncio
import json
import traceback
from collections.abc import Callable
from typing import Any, TypeVar, TypeVarTuple, Unpack

from attrs import evolve, frozen
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from eigen_contract.spec import Document
from eigen_reference.faulty import Exchange, Pace

KEY = b"Bearer test-key"
PARTS = 8
"""Parts in which the answer to a stream is sent."""
Header = tuple[bytes, bytes]
T = TypeVar("T")
Taken = TypeVarTuple("Taken")


@frozen
class Call:
    """One request, whole."""

    method: str
    path: str
    headers: tuple[Header, ...]
    body: bytes

    def header(self, name: bytes) -> bytes:
        return dict(self.headers).get(name, b"")

    @property
    def media_type(self) -> str:
        return self.header(b"content-type").partition(b";")[0].decode("latin-1").strip().lower()

    def with_header(self, name: bytes, value: bytes) -> "Call":
        return evolve(
            self, headers=(*((key, old) for key, old in self.headers if key != name), (name, value))
        )


@frozen
class Answer:
    """One answer, whole."""

    status: int
    headers: tuple[Header, ...]
    body: bytes

    @property
    def media_type(self) -> str:
        content_type = dict(self.headers).get(b"content-type", b"")
        return content_type.partition(b";")[0].decode("latin-1").strip().lower()

    @property
    def document(self) -> Any:
        """The answer as JSON; None if it is not JSON."""
        return json.loads(self.body) if self.media_type == "application/json" else None

    def with_document(self, document: Any, status: int | None = None) -> "Answer":
        body = json.dumps(document).encode()
        return evolve(self, status=status or self.status, body=body).with_header(
            "content-type", "application/json"
        )

    def with_header(self, name: str, value: str | None) -> "Answer":
        """Replace a header, or leave it out."""
        kept = tuple((key, old) for key, old in self.headers if key.lower() != name.encode())
        added = () if value is None else ((name.encode(), value.encode("latin-1")),)
        return evolve(self, headers=(*kept, *added))


def refusal(status: int) -> Answer:
    """Make an answer that refuses, in the shape that the contract asks for."""
    return Answer(status, (), b"").with_document({"error": {"message": "this is refused"}})


def unchanged(call: Call) -> Call:
    return call


def unspoiled(call: Call, answer: Answer) -> Answer:
    del call
    return answer


@frozen
class Planting:
    """What a fault changes: the contract that is obeyed, requests on their way in, answers on theirs out."""

    request: Callable[[Call], Call | Answer] = unchanged
    answer: Callable[[Call, Answer], Answer] = unspoiled
    spec: Document | None = None
    buffers: bool = False
    """Whether a stream is kept to its end, and sent at once."""


class Rewriting:
    """An application with a fault planted; lifespan events do not reach it, so that engines stay warm."""

    def __init__(self, app: ASGIApp, planting: Planting) -> None:
        self._app = app
        self._planting = planting
        self.broken = ""
        """The trace of a fault that failed itself: the 500 that it causes does not count as caught."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request through."""
        if scope["type"] == "lifespan":
            await answer_lifespan(receive, send)
            return
        call = Call(scope["method"], scope["path"], tuple(scope["headers"]), await whole(receive))
        sent = self._planted(self._planting.request, call)
        if isinstance(sent, Answer):
            await send_whole(sent, send)
            return
        if self._planting.answer is unspoiled and not self._planting.buffers:
            await self._ask(scope, sent, send)
            return
        answer = self._planted(self._planting.answer, call, await self._answered(scope, sent))
        if answer.media_type == "text/event-stream" and not self._planting.buffers:
            # A stream is to come as slowly as it is made: the application makes it once more, for its pace.
            # A length would let a reader stop before the application does.
            spoilt = Exchange(list(answer.headers), answer.body, answer.status)
            await self._ask(scope, sent, Pace(spoilt, PARTS, send))
        else:
            await send_whole(answer, send)

    def _planted(self, fault: Callable[[Unpack[Taken]], T], *given: *Taken) -> T:
        try:
            return fault(*given)
        except Exception:
            self.broken = traceback.format_exc()
            raise

    async def _answered(self, scope: Scope, call: Call) -> Answer:
        outbox: list[Message] = []

        async def send(message: Message) -> None:
            outbox.append(message)

        await self._ask(scope, call, send)
        start, *chunks = outbox
        body = b"".join(chunk.get("body", b"") for chunk in chunks)
        return Answer(start["status"], tuple((bytes(k), bytes(v)) for k, v in start["headers"]), body)

    async def _ask(self, scope: Scope, call: Call, send: Send) -> None:
        inbox: list[Message] = [{"type": "http.request", "body": call.body, "more_body": False}]

        async def receive() -> Message:
            if not inbox:
                # A disconnect would end a stream; the client stays for as long as there is an answer to read.
                await asyncio.Event().wait()
            return inbox.pop()

        length = str(len(call.body)).encode()
        headers = [(name, length if name == b"content-length" else value) for name, value in call.headers]
        await self._app({**scope, "headers": headers}, receive, send)


async def send_whole(answer: Answer, send: Send) -> None:
    """Send an answer at once."""
    await send({"type": "http.response.start", "status": answer.status, "headers": list(sized(answer))})
    await send({"type": "http.response.body", "body": answer.body})


def sized(answer: Answer) -> tuple[Header, ...]:
    """Return the headers with the length of the body, unless a fault is about that very header."""
    if any(name == b"x-length-is-wrong" for name, _ in answer.headers):
        return tuple(header for header in answer.headers if header[0] != b"x-length-is-wrong")
    return answer.with_header("content-length", str(len(answer.body))).headers


async def whole(receive: Receive) -> bytes:
    """Read a request's body to its end."""
    body, more = bytearray(), True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return bytes(body)


async def answer_lifespan(receive: Receive, send: Send) -> None:
    """Take part in start-up and shut-down without doing anything (ASGI, lifespan protocol 2.0)."""
    message: Message = {}
    while message.get("type") != "lifespan.shutdown":
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
