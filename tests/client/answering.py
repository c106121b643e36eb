"""A client over a mocked transport, and the answers that it gets."""

from collections.abc import Callable
from typing import Any

import httpx

from eigen_generate import AsyncEigenGenerate, EigenGenerate

URL = "http://127.0.0.1:9"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(64))
JPEG = b"\xff\xd8\xff\xe0" + bytes(60)
WAV = b"RIFF\x28\0\0\0WAVEfmt " + bytes(60)
DRAW: dict[str, Any] = {"model": "eigen-image", "prompt": "a cat"}


class Wire:
    """Answers every request with the same, and keeps the requests with their bodies."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response]) -> None:
        self.requests: list[httpx.Request] = []
        self._answer = answer

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        return self._answer(request)

    async def asynchronously(self, request: httpx.Request) -> httpx.Response:
        """Do the same under asyncio."""
        await request.aread()
        self.requests.append(request)
        return self._answer(request)

    def client(self, **options: Any) -> EigenGenerate:
        """Make a client that sends here."""
        http = httpx.Client(transport=httpx.MockTransport(self))
        return EigenGenerate(api_key="test-key", base_url=URL, http_client=http, **options)

    def async_client(self, **options: Any) -> AsyncEigenGenerate:
        """Make an asynchronous client that sends here."""
        http = httpx.AsyncClient(transport=httpx.MockTransport(self.asynchronously))
        return AsyncEigenGenerate(api_key="test-key", base_url=URL, http_client=http, **options)


def says(content: bytes, content_type: str | None, status: int = 200, **headers: str) -> Wire:
    """Make a wire that answers with these bytes."""
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    if content_type is not None:
        more["content-type"] = content_type
    return Wire(lambda _: httpx.Response(status, content=content, headers=more))


def refusing(*statuses: int) -> Wire:
    """Refuse as often as there are statuses, then answer."""
    left = list(statuses)

    def answer(_: httpx.Request) -> httpx.Response:
        if left:
            return httpx.Response(left.pop(0), headers={"retry-after-ms": "1", "x-echo": "test-key"})
        return httpx.Response(200, content=PNG, headers={"content-type": "image/png"})

    return Wire(answer)
