"""The built client reads a stream to its end event, whatever that is called, and nothing beyond it."""

import asyncio
import base64
import json
import wave
from io import BytesIO
from typing import Any

import httpx
import pytest
import respx

from eigen_contract.spec import Contract
from eigen_generate import AsyncEigenGenerate, EigenGenerate, errors

KEY = "test-key"
BASE_URL = "https://client.invalid"
STREAM: dict[str, Any] = Contract.load().document["x-sdk"]["results"]["AudioStream"]
SOUND = b"\x01\x00\x02\x00"


def stream_that_goes_on(end: str) -> bytes:
    """Make a stream with a chunk after its end, which is no part of the speech."""
    chunk = {"type": "audio_chunk", "data": base64.b64encode(SOUND).decode(), "size": len(SOUND)}
    form = {"type": "metadata", "data": {"channels": 2, "sample_rate": 16000}}
    payloads: list[dict[str, Any]] = [form, chunk, {"type": end}, chunk]
    return b"".join(f"data: {json.dumps(payload)}\n\n".encode() for payload in payloads)


def router_of(end: str) -> respx.MockRouter:
    router = respx.MockRouter()
    router.route().respond(
        200, content=stream_that_goes_on(end), headers={"content-type": "text/event-stream"}
    )
    return router


@pytest.mark.parametrize("end", ["complete", "audio_complete", "done"])
def test_a_stream_stops_at_its_end(end: str) -> None:
    with httpx.Client(transport=httpx.MockTransport(router_of(end).handler)) as http_client:
        client = EigenGenerate(api_key=KEY, base_url=BASE_URL, http_client=http_client)
        with client.audio.speak(model="m", text="t", stream=True) as stream:
            assert [bytes(chunk) for chunk in stream] == [SOUND]
            assert (stream.format.channels, stream.format.sample_rate) == (2, 16000)


@pytest.mark.parametrize("end", ["complete", "audio_complete", "done"])
def test_a_stream_stops_at_its_end_async(end: str) -> None:
    async def heard() -> tuple[list[bytes], int]:
        transport = httpx.MockTransport(router_of(end).async_handler)
        async with httpx.AsyncClient(transport=transport) as http_client:
            client = AsyncEigenGenerate(api_key=KEY, base_url=BASE_URL, http_client=http_client)
            async with await client.audio.speak(model="m", text="t", stream=True) as stream:
                return [bytes(chunk) async for chunk in stream], stream.format.sample_rate or 0

    assert asyncio.run(heard()) == ([SOUND], 16000)


def placed(pointer: str, value: object) -> dict[str, Any]:
    """Make an object that holds a value at a JSON pointer."""
    made: Any = value
    for name in reversed(pointer.removeprefix("/").split("/")):
        made = {name: made}
    return {**made}


@pytest.mark.parametrize("pointer", STREAM["error"]["pointers"])
@pytest.mark.parametrize("kind", STREAM["error"]["types"])
def test_a_failure_in_a_stream_is_raised_in_its_own_words(kind: str, pointer: str) -> None:
    event = {**placed(pointer, "the voice is gone"), "type": kind}
    router = respx.MockRouter()
    router.route().respond(
        200, content=f"data: {json.dumps(event)}\n\n".encode(), headers={"content-type": "text/event-stream"}
    )
    with httpx.Client(transport=httpx.MockTransport(router.handler)) as http_client:
        client = EigenGenerate(api_key=KEY, base_url=BASE_URL, http_client=http_client)
        with (
            client.audio.speak(model="m", text="t", stream=True) as stream,
            pytest.raises(errors.StreamFailedError, match="the voice is gone"),
        ):
            list(stream)


def test_the_wav_of_a_stream_holds_every_sample() -> None:
    with httpx.Client(transport=httpx.MockTransport(router_of("done").handler)) as http_client:
        client = EigenGenerate(api_key=KEY, base_url=BASE_URL, http_client=http_client)
        with client.audio.speak(model="m", text="t", stream=True) as stream:
            content = stream.as_wav()
    with wave.open(BytesIO(content)) as made:
        assert made.readframes(made.getnframes()) == SOUND
        assert (made.getnchannels(), made.getframerate(), made.getsampwidth()) == (2, 16000, 2)
