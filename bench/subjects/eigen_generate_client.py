"""Our client, with everything on that is on by default."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from ..answers import KEY
from ..subject import AsyncCall, AsyncTransfer, Call, Source, Subject, Transfer

_FIRST_CALL = """
import sys
from eigen_generate import EigenGenerate
with EigenGenerate(api_key="test-key", base_url=sys.argv[1]) as client:
    client.images.generate(model="m", prompt="p")
"""
_FIELDS: dict[str, Any] = {"model": "m", "prompt": "p"}
_SPEECH: dict[str, Any] = {"model": "m", "text": "t", "stream": True}
_CLIENT = {"api_key": KEY, "base_url": "https://bench.invalid"}


def _calls(photo: Source) -> Mapping[str, Call]:
    return _loopback_calls(photo, _CLIENT["base_url"])


def _loopback_calls(photo: Source, url: str) -> Mapping[str, Call]:
    client = import_module("eigen_generate").EigenGenerate(api_key=KEY, base_url=url)
    return {
        "json": lambda: client.images.generate(**_FIELDS),
        "multipart": lambda: client.images.edit(**_FIELDS, image_file=("in.png", photo.held)),
    }


def _async_calls(photo: Source) -> Mapping[str, AsyncCall]:
    client = import_module("eigen_generate").AsyncEigenGenerate(**_CLIENT)
    return {
        "json": lambda: client.images.generate(**_FIELDS),
        "multipart": lambda: client.images.edit(**_FIELDS, image_file=("in.png", photo.held)),
        "path": lambda: client.images.edit(**_FIELDS, image_file=photo.path),
    }


def _transfers(url: str) -> Mapping[str, Transfer]:
    client = import_module("eigen_generate").EigenGenerate(api_key=KEY, base_url=url)

    def opened(source: Source) -> None:
        with source.path.open("rb") as file:
            client.images.edit(**_FIELDS, image_file=file)

    def stream(_: Source) -> int:
        with client.streaming.audio.speak(model="m", text="t") as pieces:
            return sum(map(len, pieces))

    def chunks(_: Source) -> int:
        with client.audio.speak(**_SPEECH) as speech:
            return sum(map(len, speech))

    def save(target: Source) -> None:
        with client.audio.speak(**_SPEECH) as speech:
            speech.save(target.path)

    return {
        "up.path": lambda source: client.images.edit(**_FIELDS, image_file=source.path),
        "up.io": opened,
        "up.iterator": lambda source: client.images.edit(**_FIELDS, image_file=source.pieces()),
        "up.bytes": lambda source: client.images.edit(**_FIELDS, image_file=source.held),
        "down.stream": stream,
        "down.chunks": chunks,
        "down.save": save,
    }


def _async_transfers(url: str) -> Mapping[str, AsyncTransfer]:
    client = import_module("eigen_generate").AsyncEigenGenerate(api_key=KEY, base_url=url)

    async def stream(_: Source) -> int:
        async with await client.streaming.audio.speak(model="m", text="t") as pieces:
            return sum([len(piece) async for piece in pieces])

    async def chunks(_: Source) -> int:
        async with await client.audio.speak(**_SPEECH) as speech:
            return sum([len(chunk) async for chunk in speech])

    async def save(target: Source) -> None:
        async with await client.audio.speak(**_SPEECH) as speech:
            await speech.save(target.path)

    async def opened(source: Source) -> None:
        with source.path.open("rb") as file:
            await client.images.edit(**_FIELDS, image_file=file)

    return {
        "up.path": lambda source: client.images.edit(**_FIELDS, image_file=source.path),
        "up.io": opened,
        "up.iterator": lambda source: client.images.edit(**_FIELDS, image_file=source.apieces()),
        "down.stream": stream,
        "down.chunks": chunks,
        "down.save": save,
    }


def many(url: str) -> tuple[AsyncCall, AsyncCall]:
    """Give an async JSON call that waits for a connection as long as it must, and what closes its client."""
    client = import_module("eigen_generate").AsyncEigenGenerate(api_key=KEY, base_url=url, timeout=None)
    return (lambda: client.images.generate(**_FIELDS)), client.close


SUBJECT = Subject(
    name="eigen-generate",
    distribution="eigen-generate",
    package="eigen_generate",
    imports={
        "import.client": "from eigen_generate import EigenGenerate",
    },
    first_call=_FIRST_CALL,
    calls=_calls,
    loopback_calls=_loopback_calls,
    async_calls=_async_calls,
    transfers=_transfers,
    async_transfers=_async_transfers,
)
