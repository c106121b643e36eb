"""The baseline: httpx as a careful caller uses it, with files wrapped and bodies streamed."""

import io
from collections.abc import AsyncIterator, Mapping
from importlib import import_module
from typing import Any

from ..answers import KEY
from ..subject import AsyncCall, AsyncTransfer, Call, Source, Subject, Transfer

_IMPORT = "import httpx"
_FIRST_CALL = """
import sys
import httpx
with httpx.Client(headers={"Authorization": "Bearer test-key"}) as client:
    body = {"model": "m", "prompt": "p"}
    client.post(sys.argv[1] + "/api/v1/generate", json=body, timeout=180).raise_for_status().json()
"""
_HEADERS = {"Authorization": f"Bearer {KEY}"}
_URL = "https://bench.invalid/api/v1/generate"
_FIELDS = {"model": "m", "prompt": "p"}


def _calls(photo: Source) -> Mapping[str, Call]:
    return _loopback_calls(photo, _URL)


def _loopback_calls(photo: Source, url: str) -> Mapping[str, Call]:
    httpx: Any = import_module("httpx")
    client = httpx.Client(headers=_HEADERS)
    return {
        "json": lambda: client.post(url, json=_FIELDS),
        "multipart": lambda: client.post(
            url, data=_FIELDS, files={"image_file": ("in.png", photo.held, "image/png")}
        ),
    }


def _async_calls(photo: Source) -> Mapping[str, AsyncCall]:
    httpx: Any = import_module("httpx")
    client = httpx.AsyncClient(headers=_HEADERS)

    async def path() -> object:
        with photo.path.open("rb") as file:
            return await client.post(_URL, data=_FIELDS, files={"image_file": ("in.png", file, "image/png")})

    return {
        "json": lambda: client.post(_URL, json=_FIELDS),
        "multipart": lambda: client.post(
            _URL, data=_FIELDS, files={"image_file": ("in.png", photo.held, "image/png")}
        ),
        "path": path,
    }


def _transfers(url: str) -> Mapping[str, Transfer]:
    httpx: Any = import_module("httpx")
    client = httpx.Client(headers=_HEADERS, timeout=60)

    def path(source: Source) -> None:
        with source.path.open("rb") as file:
            client.post(url, data=_FIELDS, files={"image_file": file}).raise_for_status()

    def held(source: Source) -> None:
        # Wrapped: httpx copies bytes several times over.
        client.post(url, data=_FIELDS, files={"image_file": io.BytesIO(source.held)}).raise_for_status()

    def stream(_: Source) -> int:
        with client.stream("POST", url, json=_FIELDS) as response:
            return sum(map(len, response.iter_bytes()))

    def save(target: Source) -> None:
        with client.stream("POST", url, json=_FIELDS) as response, target.path.open("wb") as file:
            for piece in response.iter_bytes():
                file.write(piece)

    return {
        "up.path": path,
        "up.io": path,
        "up.iterator": lambda source: client.post(url, content=source.pieces()).raise_for_status(),
        "up.bytes": held,
        "down.stream": stream,
        "down.chunks": stream,
        "down.save": save,
    }


def _async_transfers(url: str) -> Mapping[str, AsyncTransfer]:
    httpx: Any = import_module("httpx")
    client = httpx.AsyncClient(headers=_HEADERS, timeout=60)

    async def path(source: Source) -> None:
        with source.path.open("rb") as file:
            (await client.post(url, data=_FIELDS, files={"image_file": file})).raise_for_status()

    async def pieces() -> AsyncIterator[bytes]:
        async with client.stream("POST", url, json=_FIELDS) as response:
            async for piece in response.aiter_bytes():
                yield piece

    async def stream(_: Source) -> int:
        return sum([len(piece) async for piece in pieces()])

    async def save(target: Source) -> None:
        with target.path.open("wb") as file:
            async for piece in pieces():
                file.write(piece)

    async def iterator(source: Source) -> None:
        (await client.post(url, content=source.apieces())).raise_for_status()

    return {
        "up.path": path,
        "up.io": path,
        "up.iterator": iterator,
        "down.stream": stream,
        "down.chunks": stream,
        "down.save": save,
    }


def many(url: str) -> tuple[AsyncCall, AsyncCall]:
    """Give an async JSON call that waits for a connection as long as it must, and what closes its client."""
    httpx: Any = import_module("httpx")
    client = httpx.AsyncClient(headers=_HEADERS, timeout=None)
    return (lambda: client.post(url, json=_FIELDS)), client.aclose


SUBJECT = Subject(
    name="httpx",
    distribution="httpx",
    package="httpx",
    imports={"import.client": _IMPORT},
    first_call=_FIRST_CALL,
    calls=_calls,
    loopback_calls=_loopback_calls,
    async_calls=_async_calls,
    transfers=_transfers,
    async_transfers=_async_transfers,
)
