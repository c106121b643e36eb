"""A server on the loopback interface that keeps one request and gives the answer that it was told to give."""

import base64
import json
from collections.abc import Generator
from contextlib import contextmanager
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

_FORM = "application/x-www-form-urlencoded"


class _Handler(BaseHTTPRequestHandler):
    """Hands what it reads to the server."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def log_message(self, format: str, *_: Any) -> None:  # noqa: A002 - the base class calls it so
        """Say nothing."""

    def _answer(self) -> None:
        size = int(self.headers.get("content-length") or 0)
        content = self.rfile.read(size) if size else self._chunks()
        wire = cast("Wire", self.server)
        wire.sent = Sent(self.command, self.path, dict(self.headers.items()), content)
        reply = wire.reply
        body = _content(reply)
        self.send_response(reply.get("status", 200))
        if "media_type" in reply:
            self.send_header("content-type", reply["media_type"])
        for name, value in reply.get("headers", {}).items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _chunks(self) -> bytes:
        found = b""
        if self.headers.get("transfer-encoding", "").lower() != "chunked":
            return found
        while size := int(self.rfile.readline(), 16):
            found += self.rfile.read(size)
            self.rfile.readline()
        return found


class Sent:
    """A request as it was sent, read by the standard library."""

    def __init__(self, method: str, target: str, headers: dict[str, str], content: bytes) -> None:
        self.method = method
        self.target = target
        self.headers = {name.lower(): value for name, value in headers.items()}
        self.content = content

    def facts(self) -> dict[str, Any]:
        """What can be expected of it."""
        media_type = self.headers.get("content-type", "")
        split = urlsplit(self.target)
        return {
            "method": self.method,
            "path": split.path,
            "query": [list(pair) for pair in parse_qsl(split.query, keep_blank_values=True)],
            "headers": self.headers,
            "media_type": media_type.partition(";")[0],
            "json": _json(self.content),
            "text": self.content.decode("latin-1"),
            "form": self._pairs() if media_type.startswith(_FORM) else [],
            "parts": self._parts(media_type) if media_type.startswith("multipart/") else [],
        }

    def _pairs(self) -> list[list[str]]:
        return [list(pair) for pair in parse_qsl(self.content.decode("latin-1"))]

    def _parts(self, media_type: str) -> list[dict[str, Any]]:
        head = f"Content-Type: {media_type}\r\n\r\n".encode()
        message = BytesParser(policy=HTTP).parsebytes(head + self.content)
        return [_part(part) for part in message.iter_parts()] if message.is_multipart() else []


def _part(part: Any) -> dict[str, Any]:
    text = part.get_payload(decode=True).decode("latin-1")
    return {
        "name": part.get_param("name", header="content-disposition"),
        "is_file": part.get_filename() is not None,
        "media_type": part["content-type"],
        "headers": {name.lower(): str(value) for name, value in part.items()},
        "text": text,
        "json": _json(text.encode("latin-1")),
    }


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


def _content(reply: dict[str, Any]) -> bytes:
    if "base64" in reply:
        return base64.b64decode(reply["base64"])
    if "text" in reply:
        return str(reply["text"]).encode()
    return json.dumps(reply["json"]).encode() if "json" in reply else b""


class Wire(HTTPServer):
    """The server; `sent` is what it got last."""

    def __init__(self, reply: dict[str, Any]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply = reply
        self.sent: Sent | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def serving(reply: dict[str, Any]) -> Generator[Wire]:
    """A running server, closed at the end."""
    with Wire(reply) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
