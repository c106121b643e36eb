"""Faults to plant, for proving that a suite would notice them: each wraps the app and spoils what passes through.

The app and the engines know nothing of this. A fault rewrites the request on its way in, or the whole response on
its way out.
"""

import base64
import json
import re
from collections.abc import Callable
from typing import Any

from attrs import evolve, field, frozen
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Header = tuple[bytes, bytes]
TINY_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


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

    def with_header(self, name: bytes, value: bytes) -> "Exchange":
        """Return a copy with one header replaced."""
        return evolve(
            self, headers=[*((key, old) for key, old in self.headers if key != name), (name, value)]
        )

    def with_json(self, content: object, status: int | None = None) -> "Exchange":
        """Return a copy with a JSON body."""
        changed = evolve(self, body=json.dumps(content).encode(), status=status or self.status)
        return changed.with_header(b"content-type", b"application/json")


Spoil = Callable[[Exchange], Exchange]


def unspoiled(exchange: Exchange) -> Exchange:
    """Leave the message alone."""
    return exchange


@frozen
class Fault:
    """What a fault does, in a few words, and how. `replies` answers requests in place of the app."""

    summary: str
    request: Spoil = unspoiled
    response: Spoil = unspoiled
    replies: Callable[[Exchange], Exchange | None] = field(default=lambda request: None)


class FaultyApp:
    """The app with one fault planted."""

    def __init__(self, app: ASGIApp, fault: Fault, api_key: str = "test-key") -> None:
        self._app = app
        self._fault = fault
        self._key = f"Bearer {api_key}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request through the fault."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = self._fault.request(Exchange(list(scope["headers"]), await _body(receive)))
        headers = [(name, self._key if value == OUR_KEY else value) for name, value in request.headers]
        collected = _Collector()
        await self._app({**scope, "headers": headers}, _replay(request.body), collected)
        reply = self._fault.replies(request) or self._fault.response(collected.exchange())
        await _send(reply, send)


OUR_KEY = b"\x00our key"
"""Stands in a fault's headers for the key that the server takes, which a fault does not know."""


class _Collector:
    def __init__(self) -> None:
        self._start: Message = {}
        self._chunks: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        else:
            self._chunks.append(message.get("body", b""))

    def exchange(self) -> Exchange:
        headers = [(bytes(name), bytes(value)) for name, value in self._start["headers"]]
        return Exchange(headers, b"".join(self._chunks), self._start["status"])


async def _body(receive: Receive) -> bytes:
    body, more = bytearray(), True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return bytes(body)


def _replay(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _send(exchange: Exchange, send: Send) -> None:
    sized = exchange.with_header(b"content-length", str(len(exchange.body)).encode())
    await send({"type": "http.response.start", "status": sized.status, "headers": sized.headers})
    await send({"type": "http.response.body", "body": sized.body})


def _renamed(*names: bytes) -> Spoil:
    """Hide members of a request by changing a letter, which keeps every length in JSON and in a form."""

    def rename(request: Exchange) -> Exchange:
        body = request.body
        for name in names:
            body = body.replace(b'"%s"' % name, b'"%s"' % (name[:-1] + b"_"))
        return evolve(request, body=body)

    return rename


def _base64_members(change: Callable[[str], str]) -> Spoil:
    """Change the base64 of every picture in a JSON answer."""

    def spoil(response: Exchange) -> Exchange:
        if response.status != 200 or response.media_type != "application/json":
            return response
        content: dict[str, Any] = json.loads(response.body)
        return response.with_json(
            {name: change(value) if name.endswith("base64") else value for name, value in content.items()}
        )

    return spoil


def _media(change: Callable[[bytes], bytes], kind: str) -> Spoil:
    """Change the bytes of raw answers of one kind, `image` or `audio`, and of pictures in JSON if it is `image`."""

    def in_base64(text: str) -> str:
        return base64.b64encode(change(base64.b64decode(text))).decode()

    def spoil(response: Exchange) -> Exchange:
        if response.status == 200 and response.media_type.startswith(f"{kind}/"):
            return evolve(response, body=change(response.body))
        return _base64_members(in_base64)(response) if kind == "image" else response

    return spoil


def _relabelled(response: Exchange) -> Exchange:
    others = {"image/png": b"audio/wav", "image/jpeg": b"image/png", "image/webp": b"image/png",
              "audio/wav": b"image/png", "video/mp4": b"audio/mpeg"}  # fmt: skip
    other = others.get(response.media_type)
    return response.with_header(b"content-type", other) if other else response


def _with_status(response: Exchange) -> Exchange:
    return evolve(response, status=202) if response.status == 200 else response


def _without_first_member(response: Exchange) -> Exchange:
    if response.status != 200 or response.media_type != "application/json":
        return response
    content = dict(json.loads(response.body))
    return response.with_json(dict(list(content.items())[1:]))


def _accepted(response: Exchange) -> Exchange:
    content = {"turbo_image_base64": base64.b64encode(TINY_PNG).decode()}
    return response.with_json(content, status=200) if response.status == 400 else response


def _refused(response: Exchange) -> Exchange:
    return (
        response.with_json({"error": {"message": "no"}}, status=400) if response.status == 200 else response
    )


def _events(change: Callable[[list[bytes]], list[bytes]]) -> Spoil:
    def spoil(response: Exchange) -> Exchange:
        if response.media_type != "text/event-stream":
            return response
        events = [event for event in response.body.split(b"\n\n") if event]
        return evolve(response, body=b"".join(event + b"\n\n" for event in change(events)))

    return spoil


def _with_our_key(request: Exchange) -> Exchange:
    return request.with_header(b"authorization", OUR_KEY)


def _magic_value(request: Exchange) -> Exchange | None:
    found = re.search(rb'"?seed"?\W+13\b', request.body)
    return Exchange([], b"").with_json({"error": {"message": "oops"}}, status=500) if found else None


def _plain_errors(response: Exchange) -> Exchange:
    return response.with_json({"wrong": True}) if response.status >= 400 else response


def _stripped(*names: bytes) -> Spoil:
    def strip(response: Exchange) -> Exchange:
        return evolve(response, headers=[header for header in response.headers if header[0] not in names])

    return strip


FAULTS: dict[str, Fault] = {
    "wrong-status": Fault("every success is a 202", response=_with_status),
    "missing-field": Fault("JSON successes lack their first member", response=_without_first_member),
    "wrong-error-shape": Fault("errors carry none of the contract's members", response=_plain_errors),
    "wrong-media-type": Fault("pictures, audio and films are labelled as something else", response=_relabelled),
    "truncated-png": Fault("pictures end halfway", response=_media(lambda data: data[: len(data) // 2], "image")),
    "empty-image": Fault("pictures have no bytes", response=_media(lambda data: b"", "image")),
    "corrupt-png": Fault("one bit in the middle of every picture is wrong",
                         response=_media(lambda data: _flipped(data, len(data) // 2), "image")),
    "truncated-wav": Fault("audio ends halfway, against its header", response=_media(lambda data: data[: len(data) // 2], "audio")),
    "bad-base64": Fault("base64 holds characters that are none", response=_base64_members(lambda text: "!" + text[1:])),
    "unpadded-base64": Fault("base64 lacks its last character", response=_base64_members(lambda text: text[:-1])),
    "wrapped-base64": Fault("base64 holds line breaks", response=_base64_members(lambda text: text[:76] + "\n" + text[76:])),
    "ignored-seed": Fault("the seed changes nothing", request=_renamed(b"seed")),
    "ignored-size": Fault("size, width and height change nothing", request=_renamed(b"size", b"width", b"height")),
    "ignored-binary-response": Fault("binary_response changes nothing", request=_renamed(b"binary_response")),
    "ignored-response-format": Fault("response_format changes nothing", request=_renamed(b"response_format")),
    "no-auth": Fault("any key is taken, and none", request=_with_our_key),
    "accepts-bad-body": Fault("what is no request is answered with a picture", response=_accepted),
    "rejects-good-body": Fault("every good request is a 400", response=_refused),
    "magic-500": Fault("the seed 13 gives a 500", replies=_magic_value),
    "sse-no-end": Fault("streams stop without their last event", response=_events(lambda events: events[:-1])),
    "sse-no-data": Fault("streams lack `data:`, so that no event arrives",
                         response=_events(lambda events: [event.removeprefix(b"data: ") for event in events])),
    "sse-no-audio": Fault("streams carry no audio",
                          response=_events(lambda events: [event for event in events if b"audio_chunk" not in event])),
    "no-challenge": Fault("a 401 and a 405 lack the header that goes with them",
                          response=_stripped(b"www-authenticate", b"allow")),
}  # fmt: skip


def _flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :] if data else data
