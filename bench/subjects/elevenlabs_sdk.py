"""elevenlabs: speech and transcriptions. It takes no path: callers open the file."""

from collections.abc import AsyncIterator, Mapping
from importlib import import_module
from typing import Any

from ..answers import KEY
from ..subject import AsyncCall, AsyncTransfer, Call, Source, Subject, Transfer

_FIRST_CALL = """
import sys
from elevenlabs.client import ElevenLabs
client = ElevenLabs(api_key="test-key", base_url=sys.argv[1])
client.text_to_speech.convert_with_timestamps("voice", text="t")
"""
_CLIENT = {"api_key": KEY, "base_url": "https://bench.invalid"}


def _calls(photo: Source) -> Mapping[str, Call]:
    client = import_module("elevenlabs.client").ElevenLabs(**_CLIENT)
    return {
        "json": lambda: client.text_to_speech.convert_with_timestamps("voice", text="t"),
        "multipart": lambda: client.speech_to_text.convert(model_id="m", file=("in.png", photo.held)),
    }


def _async_calls(photo: Source) -> Mapping[str, AsyncCall]:
    client = import_module("elevenlabs.client").AsyncElevenLabs(**_CLIENT)
    return {
        "json": lambda: client.text_to_speech.convert_with_timestamps("voice", text="t"),
        "multipart": lambda: client.speech_to_text.convert(model_id="m", file=("in.png", photo.held)),
    }


def _transfers(url: str) -> Mapping[str, Transfer]:
    client = import_module("elevenlabs.client").ElevenLabs(api_key=KEY, base_url=url)
    play: Any = import_module("elevenlabs.play")

    def opened(source: Source) -> None:
        with source.path.open("rb") as file:
            client.speech_to_text.convert(model_id="m", file=file)

    return {
        "up.io": opened,
        "up.bytes": lambda source: client.speech_to_text.convert(model_id="m", file=source.held),
        "down.stream": lambda _: sum(map(len, client.text_to_speech.convert("voice", text="t"))),
        "down.save": lambda target: play.save(
            client.text_to_speech.convert("voice", text="t"), str(target.path)
        ),
    }


def _async_transfers(url: str) -> Mapping[str, AsyncTransfer]:
    client = import_module("elevenlabs.client").AsyncElevenLabs(api_key=KEY, base_url=url)

    async def stream(_: Source) -> int:
        pieces: AsyncIterator[bytes] = client.text_to_speech.convert("voice", text="t")
        return sum([len(piece) async for piece in pieces])

    return {"down.stream": stream}


SUBJECT = Subject(
    name="elevenlabs",
    distribution="elevenlabs",
    package="elevenlabs",
    imports={
        "import.client": "from elevenlabs.client import ElevenLabs",
    },
    first_call=_FIRST_CALL,
    calls=_calls,
    async_calls=_async_calls,
    transfers=_transfers,
    async_transfers=_async_transfers,
)
