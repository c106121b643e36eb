"""A call from its arguments to its result, over a server that is a function."""

import asyncio
import base64
import json
from collections.abc import Callable

import httpx
import pytest

from generator.runtime import errors
from generator.runtime.client.core import Core
from generator.runtime.client.core_async import AsyncCore
from generator.runtime.response.results import Job, Record
from generator.runtime.settings.options import CallOptions, PollOptions
from generator.runtime.unset import UNSET
from tests.runtime import calls
from tests.runtime.calls import PNG, SETTINGS, URL, Timekeeper

Handler = Callable[[httpx.Request], httpx.Response]


def core(handler: Handler, api_key: str = "test-key", contract_version: str = "") -> Core:
    client = httpx.Client(transport=httpx.MockTransport(handler))
    settings = SETTINGS._replace(contract_version=contract_version)
    return Core(settings, api_key=api_key, base_url=URL, http_client=client, clock=Timekeeper().clock())


def picture(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=PNG, headers={"content-type": "image/png", "x-request-id": "r1"})


def test_sends_json_with_the_key_and_reads_bytes() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return picture(request)

    fields = {"model": "m", "prompt": "ü", "seed": 15, "mask": None, "size": None, "other": UNSET}
    image = core(answer).call(calls.PAINT, fields, options=CallOptions(extra={"new": [1.5]}))
    assert image.content == PNG
    assert image.media_type == "image/png"
    assert image.meta.request_id == "r1"
    (request,) = seen
    assert request.headers["authorization"] == "Bearer test-key"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["user-agent"].startswith("acme/1.2.3")
    assert request.content == '{"model":"m","prompt":"ü","seed":15,"mask":null,"new":[1.5]}'.encode()
    assert int(request.headers["content-length"]) == len(request.content)


@pytest.mark.parametrize(
    ("version", "product"),
    [("1.0.0", "contract/1.0.0 "), ("Mai 2026 (ü)\r\nx: y", "contract/Mai-2026-x-y "), ("", "")],
)
def test_the_user_agent_names_the_contract(version: str, product: str) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return picture(request)

    core(answer, contract_version=version).call(calls.PAINT, {"model": "m"})
    assert seen[0].headers["user-agent"].startswith(f"acme/1.2.3 {product}python/3.")


def test_reads_base64_from_json_and_keeps_the_rest() -> None:
    body = {"data": {"image": base64.b64encode(PNG).decode(), "n": 1}, "seconds": 2}
    image = core(lambda _: httpx.Response(200, json=body)).call(calls.PAINT, {"model": "m"})
    assert image.content == PNG
    assert image.media_type == "image/png"
    assert image.data == {"data": {"n": 1}, "seconds": 2}


@pytest.mark.parametrize("key", ["text", "transcription"])
def test_reads_text_from_json(key: str) -> None:
    result = core(lambda _: httpx.Response(200, json={key: "hi", "more": 1})).call(calls.HEAR, {"file": PNG})
    assert str(result) == "hi"
    assert result.data["more"] == 1


def test_reads_plain_text_in_its_charset() -> None:
    headers = {"content-type": "text/plain; charset=latin-1"}
    answer = httpx.Response(200, content=b"\xfc", headers=headers)
    assert core(lambda _: answer).call(calls.HEAR, {"file": PNG}).text == "ü"


def test_waits_for_a_job() -> None:
    states = iter(["pending", "processing", "completed"])
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        if request.url.path == "/v1/make":
            return httpx.Response(200, json={"task_id": "t 1"})
        assert request.url.query == b"jobId=t%201&model=m%2F1"
        if request.url.path == "/v1/status":
            return httpx.Response(200, json={"status": next(states)})
        return httpx.Response(200, content=b"video", headers={"content-type": "video/mp4"})

    seen: list[object] = []
    client = core(answer)
    job = client.call(calls.VIDEO, {"model": "m/1"})
    assert isinstance(job, Job)

    def note_status(status: Record) -> None:
        seen.append(status.data["status"])

    video = client.wait(calls.WAIT, job, {}, PollOptions(on_progress=note_status))
    assert video.content == b"video"
    assert seen == ["pending", "processing", "completed"]
    assert asked == ["/v1/make", "/v1/status", "/v1/status", "/v1/status", "/v1/result"]


def test_gives_a_refusal_as_an_error_without_the_key() -> None:
    body = {"error": {"message": "no such key: test-key"}}
    with pytest.raises(errors.AuthenticationError) as caught:
        core(lambda _: httpx.Response(401, json=body)).call(calls.PAINT, {"model": "m"})
    assert caught.value.status_code == 401
    assert caught.value.message == "no such key: [redacted]"
    assert "test-key" not in f"{caught.value} {caught.value!r} {vars(caught.value)}"
    assert "ACME_KEY" in str(caught.value)


def test_strikes_out_a_key_that_json_spells_with_escapes() -> None:
    body = b'{"error": "no such key: sk\\/test/key"}'
    client = core(lambda _: httpx.Response(400, content=body), api_key="sk/test/key")
    with pytest.raises(errors.BadRequestError) as caught:
        client.call(calls.PAINT, {"model": "m"})
    assert caught.value.body == b'{"error": "no such key: [redacted]"}'
    assert caught.value.data == {"error": "no such key: [redacted]"}


def _stream(*events: object) -> httpx.Response:
    content = "".join(f"data: {json.dumps(event)}\n\n" for event in events).encode()
    return httpx.Response(200, content=content, headers={"content-type": "text/event-stream"})


EVENTS = (
    {"type": "start", "credits": 1},
    {"type": "metadata", "data": {"sample_rate": 16000, "channels": 1}},
    {"type": "audio_chunk", "data": base64.b64encode(b"ab").decode()},
    {"data": {"type": "audio_chunk", "data": base64.b64encode(b"cd").decode()}},
    {"type": "done"},
)


def test_streams_chunks() -> None:
    stream = core(lambda _: _stream(*EVENTS)).open(calls.SPEAK, {"model": "m"})
    assert list(stream) == [b"ab", b"cd"]
    assert stream.format.sample_rate == 16000
    assert stream.events[0] == {"type": "start", "credits": 1}
    again = core(lambda _: _stream(*EVENTS)).open(calls.SPEAK, {"model": "m"})
    assert again.as_wav()[-4:] == b"abcd"


def test_the_asynchronous_client_does_the_same() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if b"stream" in request.content:
            return _stream(*EVENTS)
        return picture(request)

    async def main() -> tuple[bytes, list[bytes]]:
        transport = httpx.MockTransport(answer)
        async with httpx.AsyncClient(transport=transport) as client:
            acme = AsyncCore(SETTINGS, api_key="test-key", base_url=URL, http_client=client)
            image = await acme.call(calls.PAINT, {"model": "m", "file": PNG})
            stream = await acme.open(calls.SPEAK_ASYNC, {"model": "stream"})
            return image.content, [chunk async for chunk in stream]

    assert asyncio.run(main()) == (PNG, [b"ab", b"cd"])
