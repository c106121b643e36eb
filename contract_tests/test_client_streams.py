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

from calling import Method, methods
from eigen_contract.shapes import members
from eigen_contract.spec import Contract, Document
from eigen_generate import AsyncEigenGenerate, EigenGenerate, errors
from instances import EVENTS, least_arguments

KEY = "test-key"
BASE_URL = "https://client.invalid"
CONTRACT = Contract.load()
RESULTS: Document = CONTRACT.document["x-sdk"]["results"]
SOUND = [b"\x01\x00\x02\x00", b"\x03\x00\x04\x00"]
CHANNELS, RATE = 2, 16000
STREAMING = [
    (method, overload, RESULTS[overload["result"]])
    for method in methods(CONTRACT)
    for overload in method.document.get("overloads", ())
    if RESULTS[overload["result"]]["kind"] == "stream"
]
"""Each method that streams, the argument that asks it to, and how its events are read."""
EVERY_END = [
    pytest.param(method, overload, result, layout, end, id=f"{method}-{'nested' if layout else 'flat'}-{end}")
    for method, overload, result in STREAMING
    for layout in range(len(result["type"]))
    for end in (*result["end"]["types"], None)
]
EVERY_FAILURE = [
    pytest.param(method, overload, result, kind, pointer, id=f"{method}-{kind}-{pointer}")
    for method, overload, result in STREAMING
    for kind in result["error"]["types"]
    for pointer in result["error"]["pointers"]
]


def placed(pointer: str, value: object) -> dict[str, Any]:
    """Make an object that holds a value at a JSON pointer."""
    made: Any = value
    for name in reversed(pointer.removeprefix("/").split("/")):
        made = {name: made}
    return {**made}


def joined(*objects: dict[str, Any]) -> dict[str, Any]:
    """Put objects together, those at the same name as well."""
    whole: dict[str, Any] = {}
    for one in objects:
        for name, value in one.items():
            both = isinstance(value, dict) and isinstance(whole.get(name), dict)
            whole[name] = joined(members(whole[name]), members(value)) if both else value
    return whole


def events(*payloads: dict[str, Any]) -> bytes:
    return b"".join(f"data: {json.dumps(payload)}\n\n".encode() for payload in payloads)


def stream_that_goes_on(result: Document, layout: int, end: str | None) -> bytes:
    """Make a stream with an event of no known type, and a chunk after its end, which is not speech.

    Args:
        layout: which of the places that the spec names holds type, samples and format: flat or nested.
        end: the type of the event that ends it; None for a bare close.
    """

    def event(kind: str, *fields: dict[str, Any]) -> dict[str, Any]:
        return joined(placed(result["type"][layout], kind), *fields)

    chunks = [
        event(
            result["chunk"]["types"][0],
            placed(result["chunk"]["pointers"][layout], base64.b64encode(data).decode()),
        )
        for data in SOUND
    ]
    described = result["format"]
    form = event(
        described["types"][0],
        placed(described["channels"][layout], CHANNELS),
        placed(described["sample_rate"][layout], RATE),
    )
    closing = [event(end), chunks[0]] if end else []
    return events(form, event("not_known_yet"), *chunks, *closing)


def router_of(content: bytes) -> respx.MockRouter:
    router = respx.MockRouter()
    router.route().respond(200, content=content, headers={"content-type": EVENTS})
    return router


def streamed_arguments(method: Method, overload: Document) -> dict[str, Any]:
    return {**least_arguments(CONTRACT, method), overload["field"]: overload["equals"]}


def test_something_streams() -> None:
    assert EVERY_END
    assert EVERY_FAILURE


@pytest.mark.parametrize(("method", "overload", "result", "layout", "end"), EVERY_END)
def test_a_stream_stops_at_its_end(
    method: Method, overload: Document, result: Document, layout: int, end: str | None
) -> None:
    content = stream_that_goes_on(result, layout, end)
    with httpx.Client(transport=httpx.MockTransport(router_of(content).handler)) as http_client:
        client = EigenGenerate(api_key=KEY, base_url=BASE_URL, http_client=http_client)
        with method.of(client)(**streamed_arguments(method, overload)) as stream:
            assert [bytes(chunk) for chunk in stream] == SOUND
            assert (stream.format.channels, stream.format.sample_rate) == (CHANNELS, RATE)


@pytest.mark.parametrize(("method", "overload", "result", "layout", "end"), EVERY_END)
def test_a_stream_stops_at_its_end_async(
    method: Method, overload: Document, result: Document, layout: int, end: str | None
) -> None:
    content = stream_that_goes_on(result, layout, end)

    async def heard() -> tuple[list[bytes], int]:
        transport = httpx.MockTransport(router_of(content).async_handler)
        async with httpx.AsyncClient(transport=transport) as http_client:
            client = AsyncEigenGenerate(api_key=KEY, base_url=BASE_URL, http_client=http_client)
            async with await method.of(client)(**streamed_arguments(method, overload)) as stream:
                return [bytes(chunk) async for chunk in stream], stream.format.sample_rate or 0

    assert asyncio.run(heard()) == (SOUND, RATE)


@pytest.mark.parametrize(("method", "overload", "result", "kind", "pointer"), EVERY_FAILURE)
def test_a_failure_in_a_stream_is_raised_in_its_own_words(
    method: Method, overload: Document, result: Document, kind: str, pointer: str
) -> None:
    event = {**placed(pointer, "the voice is gone"), **placed(result["type"][0], kind)}
    with httpx.Client(transport=httpx.MockTransport(router_of(events(event)).handler)) as http_client:
        client = EigenGenerate(api_key=KEY, base_url=BASE_URL, http_client=http_client)
        with (
            method.of(client)(**streamed_arguments(method, overload)) as stream,
            pytest.raises(errors.StreamFailedError, match="the voice is gone"),
        ):
            list(stream)


@pytest.mark.parametrize(("method", "overload", "result"), STREAMING, ids=lambda value: str(value)[:20])
def test_the_wav_of_a_stream_holds_every_sample(method: Method, overload: Document, result: Document) -> None:
    content = stream_that_goes_on(result, 0, result["end"]["types"][0])
    with httpx.Client(transport=httpx.MockTransport(router_of(content).handler)) as http_client:
        client = EigenGenerate(api_key=KEY, base_url=BASE_URL, http_client=http_client)
        with method.of(client)(**streamed_arguments(method, overload)) as stream:
            written = stream.as_wav()
    with wave.open(BytesIO(written)) as made:
        assert made.readframes(made.getnframes()) == b"".join(SOUND)
        assert (made.getnchannels(), made.getframerate(), made.getsampwidth()) == (CHANNELS, RATE, 2)
