"""What stands around the app of a server process: its health, its access log, its address, and CORS."""

import ipaddress
import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problems import json_response

EXPOSED = ["x-reference-engine", "x-request-id", "x-credits-remaining", "retry-after"]
"""Headers that a page may read, beside those that every page may."""


class Health:
    """Whether a server is alive, and whether it takes work. No key is asked for, and nothing else is said."""

    def __init__(self) -> None:
        # An app that is mounted in another one, or called without a server, is never started: it is ready.
        self.is_ready = True

    def routes(self) -> list[Route]:
        """Return the paths."""
        return [Route("/health", self._alive, methods=["GET"]), Route("/ready", self._ready, methods=["GET"])]

    async def _alive(self, _: Request) -> Response:
        return json_response({"status": "ok"})

    async def _ready(self, _: Request) -> Response:
        if self.is_ready:
            return json_response({"status": "ready"})
        return json_response({"status": "not ready"}, 503, {"retry-after": "1"})


def with_cors(app: ASGIApp, origins: Sequence[str]) -> ASGIApp:
    """Let pages of these origins read answers. `*` stands for every origin."""
    return CORSMiddleware(
        app,
        allow_origins=origins,
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["authorization", "content-type", "x-eigen-fault"],
        expose_headers=EXPOSED,
        max_age=600,
    )


def is_loopback(host: str) -> bool:
    """Return whether a name or an address is that of the machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def print_line(line: str) -> None:
    """Print to standard error, where logs go."""
    print(line, file=sys.stderr, flush=True)


class AccessLog:
    """Writes a line of JSON for each request: what was asked and how it ended, and neither content nor key.

    The query is left out, because it may hold either.
    """

    def __init__(self, app: ASGIApp, write: Callable[[str], None] = print_line) -> None:
        self._app = app
        self._write = write

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and write its line when it is over."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        line: dict[str, object] = {"time": datetime.now(UTC).isoformat(), "method": scope["method"]}
        line |= {"path": scope["path"], "status": None, "request_id": None, "bytes": 0}
        sent = 0

        async def noted(message: Message) -> None:
            nonlocal sent
            if message["type"] == "http.response.start":
                headers = dict(message["headers"])
                line["status"] = message["status"]
                line["request_id"] = headers.get(b"x-request-id", b"").decode("latin-1") or None
            sent += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            seconds = round(time.perf_counter() - began, 4)
            self._write(json.dumps({**line, "bytes": sent, "seconds": seconds}))
