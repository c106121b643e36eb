"""Servers that a recording meets: one that stalls, one that is gone, one that answers as it is told."""

import asyncio
import json
import threading
from typing import Any

from attrs import define, field
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Answer = tuple[int, dict[str, str], bytes]


@define
class Stalling:
    """Answers so many requests, and lets the next one wait until the test is over."""

    app: ASGIApp
    after: int
    is_stalled: threading.Event = field(factory=threading.Event)
    is_over: threading.Event = field(factory=threading.Event)
    _count: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._count += 1
            if self._count > self.after:
                self.is_stalled.set()
                await asyncio.get_running_loop().run_in_executor(None, self.is_over.wait, 240)
        await self.app(scope, receive, send)


@define
class Replacing:
    """Answers some paths in its own way, and says as little as the vendor that it is the reference."""

    app: ASGIApp
    answers: dict[str, Answer] = field(factory=dict[str, Answer])
    """By `METHOD path`."""
    extra_headers: list[dict[str, str]] = field(factory=list[dict[str, str]])
    """Headers that are added to the answers, one after the other."""
    requests: list[str] = field(factory=list[str])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = f"{scope['method']} {scope['path']}"
        self.requests.append(asked)
        answer = self.answers.get(asked)
        if answer is not None:
            await reply(receive, send, answer)
            return
        added = self.extra_headers.pop(0) if self.extra_headers else {}

        async def send_changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message["headers"] if pair[0] != b"x-reference-engine"]
                kept = [pair for pair in kept if pair[0].decode() not in added]
                more = [(name.encode(), value.encode()) for name, value in added.items()]
                message = {**message, "headers": [*kept, *more]}
            await send(message)

        await self.app(scope, receive, send_changed)


async def reply(receive: Receive, send: Send, answer: Answer) -> None:
    while (await receive()).get("more_body"):
        pass
    status, headers, body = answer
    headers = {**headers, "content-length": str(len(body))}
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})


def json_answer(status: int, value: Any) -> Answer:
    return status, {"content-type": "application/json"}, json.dumps(value).encode()
