"""Clients whose requests come back as the files in them."""

import io
import json
from typing import Any, NamedTuple

import httpx

from eigen_generate import AsyncEigenGenerate, EigenGenerate
from multipart import MultipartParser

URL = "http://127.0.0.1:9"


class SentFile(NamedTuple):
    """A file as a form holds it."""

    filename: str
    media_type: str
    content: bytes


class Wire:
    """Keeps the files of each request, and answers with `content`; `failures` requests fail first."""

    def __init__(self, content: bytes, media_type: str, failures: int = 0) -> None:
        self.files: list[SentFile] = []
        self._answer = (content, media_type)
        self._failures = failures

    def client(self) -> EigenGenerate:
        """Make a client that sends here."""
        http_client = httpx.Client(transport=httpx.MockTransport(self._answer_to))
        return EigenGenerate(api_key="test-key", base_url=URL, http_client=http_client)

    def async_client(self) -> AsyncEigenGenerate:
        """Make an asynchronous client that sends here."""

        async def answer_to(request: httpx.Request) -> httpx.Response:
            await request.aread()
            return self._answer_to(request)

        http_client = httpx.AsyncClient(transport=httpx.MockTransport(answer_to))
        return AsyncEigenGenerate(api_key="test-key", base_url=URL, http_client=http_client)

    def _answer_to(self, request: httpx.Request) -> httpx.Response:
        content_type = request.headers["content-type"]
        if content_type.startswith("multipart/"):
            self.files += _files_of(request.read(), content_type.partition("boundary=")[2])
        if self._failures:
            self._failures -= 1
            return httpx.Response(429, headers={"retry-after-ms": "1"})
        content, media_type = self._answer
        return httpx.Response(200, content=content, headers={"content-type": media_type})


def _files_of(body: bytes, boundary: str) -> list[SentFile]:
    parts: Any = MultipartParser(io.BytesIO(body), boundary).parts()
    return [SentFile(part.filename, part.content_type, part.raw) for part in parts if part.filename]


def transcript(text: str = "hello") -> Wire:
    """Make a wire that answers with a transcript."""
    return Wire(json.dumps({"text": text}).encode(), "application/json")
