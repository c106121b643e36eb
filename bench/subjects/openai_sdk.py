"""openai: pictures, transcriptions and speech."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from ..answers import KEY
from ..subject import AsyncCall, AsyncTransfer, Call, Source, Subject, Transfer

_FIRST_CALL = """
import sys
from openai import OpenAI
with OpenAI(api_key="test-key", base_url=sys.argv[1]) as client:
    client.images.generate(model="m", prompt="p")
"""
_FIELDS: dict[str, Any] = {"model": "m", "prompt": "p"}
_SPEECH: dict[str, Any] = {"model": "m", "voice": "alloy", "input": "t"}
_CLIENT = {"api_key": KEY, "base_url": "https://bench.invalid"}


def _calls(photo: Source) -> Mapping[str, Call]:
    client = import_module("openai").OpenAI(**_CLIENT)
    return {
        "json": lambda: client.images.generate(**_FIELDS),
        "multipart": lambda: client.images.edit(**_FIELDS, image=("in.png", photo.held, "image/png")),
    }


def _async_calls(photo: Source) -> Mapping[str, AsyncCall]:
    client = import_module("openai").AsyncOpenAI(**_CLIENT)
    return {
        "json": lambda: client.images.generate(**_FIELDS),
        "multipart": lambda: client.images.edit(**_FIELDS, image=("in.png", photo.held, "image/png")),
        "path": lambda: client.images.edit(**_FIELDS, image=photo.path),
    }


def _transfers(url: str) -> Mapping[str, Transfer]:
    client = import_module("openai").OpenAI(api_key=KEY, base_url=url)
    speech = client.audio.speech.with_streaming_response

    def opened(source: Source) -> None:
        with source.path.open("rb") as file:
            client.audio.transcriptions.create(model="m", file=file)

    def stream(_: Source) -> int:
        with speech.create(**_SPEECH) as response:
            return sum(map(len, response.iter_bytes()))

    def save(target: Source) -> None:
        with speech.create(**_SPEECH) as response:
            response.stream_to_file(target.path)

    return {
        "up.path": lambda source: client.audio.transcriptions.create(model="m", file=source.path),
        "up.io": opened,
        "up.bytes": lambda source: client.audio.transcriptions.create(model="m", file=source.held),
        "down.stream": stream,
        "down.save": save,
    }


def _async_transfers(url: str) -> Mapping[str, AsyncTransfer]:
    client = import_module("openai").AsyncOpenAI(api_key=KEY, base_url=url)
    speech = client.audio.speech.with_streaming_response

    async def stream(_: Source) -> int:
        async with speech.create(**_SPEECH) as response:
            return sum([len(piece) async for piece in response.iter_bytes()])

    async def save(target: Source) -> None:
        async with speech.create(**_SPEECH) as response:
            await response.stream_to_file(target.path)

    return {
        "up.path": lambda source: client.audio.transcriptions.create(model="m", file=source.path),
        "down.stream": stream,
        "down.save": save,
    }


SUBJECT = Subject(
    name="openai",
    distribution="openai",
    package="openai",
    imports={"import.client": "from openai import OpenAI"},
    first_call=_FIRST_CALL,
    calls=_calls,
    async_calls=_async_calls,
    transfers=_transfers,
    async_transfers=_async_transfers,
)
