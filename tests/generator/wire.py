"""A server that is a function: it keeps what it was sent, and gives the answer that it was told to give.

Requests are read by the standard library, not by anything that the client is made of.
"""

import asyncio
import json
from collections.abc import Mapping
from email.parser import BytesParser
from email.policy import HTTP
from types import ModuleType
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import httpx


class Part(NamedTuple):
    """One part of a form."""

    name: str
    filename: str | None
    media_type: str | None
    headers: Mapping[str, str]
    content: bytes


class Sent(NamedTuple):
    """A request as it was sent."""

    method: str
    url: str
    headers: httpx.Headers
    content: bytes

    @property
    def target(self) -> str:
        """Path and query, escaped as sent."""
        split = urlsplit(self.url)
        return split.path + (f"?{split.query}" if split.query else "")

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(urlsplit(self.url).query, keep_blank_values=True)

    @property
    def json(self) -> Any:
        assert self.headers["content-type"] == "application/json"
        return json.loads(self.content)

    @property
    def parts(self) -> list[Part]:
        """The parts of a form, read by `email`."""
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        message = BytesParser(policy=HTTP).parsebytes(head + self.content)
        assert message.is_multipart()
        return [_part(part) for part in message.iter_parts()]


def _part(part: Any) -> Part:
    return Part(
        name=part.get_param("name", header="content-disposition"),
        filename=part.get_filename(),
        media_type=part["content-type"],
        headers={name.lower(): value for name, value in part.items()},
        content=part.get_payload(decode=True),
    )


class Wire:
    """The server: `answer` is what it gives next, `sent` what it got last."""

    def __init__(self) -> None:
        self.requests: list[Sent] = []
        self.answer = httpx.Response(204)

    @property
    def sent(self) -> Sent:
        return self.requests[-1]

    def reply(
        self, status: int, content: Any = b"", media_type: str = "application/json", **headers: str
    ) -> None:
        """Set the answer; what is no bytes is sent as JSON."""
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.answer = httpx.Response(status, content=body, headers={"content-type": media_type, **headers})

    def handle(self, request: httpx.Request) -> httpx.Response:
        return self._keep(request, request.read())

    async def handle_async(self, request: httpx.Request) -> httpx.Response:
        return self._keep(request, await request.aread())

    def _keep(self, request: httpx.Request, content: bytes) -> httpx.Response:
        # The bytes that would be sent: shown as text, a URL with a key in its query is redacted.
        url = f"{request.url.scheme}://{request.url.netloc.decode()}{request.url.raw_path.decode()}"
        self.requests.append(Sent(request.method, url, request.headers, content))
        given = self.answer
        return httpx.Response(given.status_code, content=given.content, headers=given.headers)


class Api:
    """The raw layer of a built client over a `Wire`; every call is made by both clients, to the same end."""

    def __init__(self, package: ModuleType, client: str, wire: Wire, **options: Any) -> None:
        sync = httpx.Client(transport=httpx.MockTransport(wire.handle))
        concurrent = httpx.AsyncClient(transport=httpx.MockTransport(wire.handle_async))
        options = {"api_key": "test-key", **options}
        self.client = getattr(package, client)(http_client=sync, **options)
        self.async_client = getattr(package, f"Async{client}")(http_client=concurrent, **options)
        self.wire = wire

    def call(self, module: ModuleType, **arguments: Any) -> Any:
        """Call an operation by both clients, and give what the first parsed."""
        first = module.sync_detailed(client=self.client, **arguments)
        sent = self.wire.sent
        second = asyncio.run(module.asyncio_detailed(client=self.async_client, **arguments))
        assert (second.status_code, second.parsed) == (first.status_code, first.parsed)
        assert (self.wire.sent.method, self.wire.sent.url) == (sent.method, sent.url)
        return first.parsed
