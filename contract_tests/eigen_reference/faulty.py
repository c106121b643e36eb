"""Plant a fault: an ASGI app around the app, which spoils what passes through it.

The app and the engines know nothing of this. A fault rewrites the request on its way in, or the whole
response on its way out; `faults` lists them.
"""

import json
from collections.abc import Callable

from attrs import evolve, frozen
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 25 * 2**20
Header = tuple[bytes, bytes]
OUR_KEY = b"\x00our key"
"""Stands in a fault's request for the key that the server takes, which a fault does not know."""


@frozen
class Exchange:
    """One message as a fault sees it: a request's headers and body, or a response's with its status."""

    headers: list[Header]
    body: bytes
    status: int = 200

    @property
    def media_type(self) -> str:
        """The Content-Type without its parameters."""
        value = dict(self.headers).get(b"content-type", b"").decode("latin-1")
        return value.partition(";")[0].strip().lower()

    @property
    def is_json_success(self) -> bool:
        """Whether this is a 200 with JSON."""
        return self.status == 200 and self.media_type == "application/json"

    def with_header(self, name: bytes, value: bytes) -> "Exchange":
        """Return a copy with one header replaced."""
        return evolve(
            self, headers=[*((key, old) for key, old in self.headers if key != name), (name, value)]
        )

    def with_json(self, content: object, status: int | None = None) -> "Exchange":
        """Return a copy with a JSON body."""
        changed = evolve(self, body=json.dumps(content).encode(), status=status or self.status)
        return changed.with_header(b"content-type", b"application/json")


def unspoiled(exchange: Exchange) -> Exchange:
    """Leave the message alone."""
    return exchange


def unmoved(response: Exchange, refused: int) -> Exchange:
    """Leave a response alone, however many requests were refused before it."""
    del refused
    return response


def unknown(sent: bytes, key: bytes) -> bool:
    """Take no key that the app does not take."""
    del sent, key
    return False


def unanswered(request: Exchange) -> Exchange | None:
    """Leave the request to the app."""
    del request
    return None


@frozen
class Fault:
    """What a fault does, in a few words, and how. `reply` may answer a request in place of the app.

    `after` is told how many requests were refused before; `takes` what was sent as Authorization, and what is
    right. A stream comes as slowly as the app makes it, unless the fault is `at_once`.
    """

    summary: str
    request: Callable[[Exchange], Exchange] = unspoiled
    response: Callable[[Exchange], Exchange] = unspoiled
    reply: Callable[[Exchange], Exchange | None] = unanswered
    after: Callable[[Exchange, int], Exchange] = unmoved
    takes: Callable[[bytes, bytes], bool] = unknown
    at_once: bool = False


class FaultyApp:
    """The app with one fault planted. `most_bytes` is the longest body that a fault looks at."""

    def __init__(
        self, app: ASGIApp, fault: Fault, api_key: str = "test-key", *, most_bytes: int = MOST_BYTES
    ) -> None:
        self._app = app
        self._fault = fault
        self._key = f"Bearer {api_key}".encode()
        self._most_bytes = most_bytes
        self._refused = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request through the fault."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head = self._fault.request(Exchange(list(scope["headers"]), b""))
        headers = [(name, self._key if self._is_taken(value) else value) for name, value in head.headers]
        inner = {**scope, "headers": headers}
        body = SpoiledBody(receive, self._fault, headers, self._most_bytes)
        collected = ResponseCollector()
        await self._app(inner, body, collected)
        request = Exchange(headers, body.content)
        response = self._fault.reply(request) or self._fault.response(collected.exchange())
        response = self._fault.after(response, self._refused)
        self._refused += response.status >= 400
        if response.media_type == "text/event-stream" and not self._fault.at_once:
            pace = Pace(response, collected.chunks, send)
            await self._app(inner, _replay(request.body, receive), pace)
        else:
            await _send(response, send)

    def _is_taken(self, value: bytes) -> bool:
        return value == OUR_KEY or self._fault.takes(value, self._key)


class SpoiledBody:
    """Gives the app a body as a fault changes it: read when the app asks for it, and no sooner.

    So the key and the limits come first, with a fault as without. A body that is too long is passed on as it
    is, for the app to refuse.
    """

    def __init__(self, receive: Receive, fault: Fault, headers: list[Header], most_bytes: int) -> None:
        self._receive = receive
        self._fault = fault
        self._headers = headers
        self._most_bytes = most_bytes
        self._is_begun = False
        self.content = b""

    async def __call__(self) -> Message:
        """Return the next message for the app."""
        if self._is_begun:
            return await self._receive()
        self._is_begun = True
        body = bytearray()
        more = True
        while more and len(body) <= self._most_bytes:
            message = await self._receive()
            if message["type"] != "http.request":
                return message
            body += message.get("body", b"")
            more = message.get("more_body", False)
        self.content = bytes(body)
        if not more:
            self.content = self._fault.request(Exchange(self._headers, self.content)).body
        return {"type": "http.request", "body": self.content, "more_body": more}


class Pace:
    """Sends a response that is whole already, as slowly as the app makes the same one once more."""

    def __init__(self, response: Exchange, chunks: int, send: Send) -> None:
        self._response = response
        self._step = len(response.body) // max(1, chunks) + 1
        self._send = send
        self._sent = 0

    async def __call__(self, message: Message) -> None:
        """Send a part for each part that the app sends."""
        if message["type"] == "http.response.start":
            start = {"status": self._response.status, "headers": self._response.headers}
            await self._send({"type": "http.response.start", **start})
            return
        more = message.get("more_body", False)
        end = self._sent + self._step if more else None
        part, self._sent = self._response.body[self._sent : end], self._sent + self._step
        await self._send({"type": "http.response.body", "body": part, "more_body": more})


class ResponseCollector:
    """Takes a response in place of the server."""

    def __init__(self) -> None:
        self._start: Message = {}
        self._chunks: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        """Take one message of the response."""
        if message["type"] == "http.response.start":
            self._start = message
        else:
            self._chunks.append(message.get("body", b""))

    @property
    def chunks(self) -> int:
        """How many parts the response came in."""
        return len(self._chunks)

    def exchange(self) -> Exchange:
        """Return the response, which is complete."""
        return Exchange(list(self._start["headers"]), b"".join(self._chunks), self._start["status"])


def _replay(body: bytes, receive: Receive) -> Receive:
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return messages.pop() if messages else await receive()

    return replay


async def _send(exchange: Exchange, send: Send) -> None:
    sized = exchange.with_header(b"content-length", str(len(exchange.body)).encode())
    await send({"type": "http.response.start", "status": sized.status, "headers": sized.headers})
    await send({"type": "http.response.body", "body": sized.body})
