"""Planted faults: each shows where it is planted, and the same request shows nothing without it."""

import asyncio
import binascii
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from starlette.types import Message

from eigen_reference.app import create_app
from eigen_reference.engines.engines import Engines
from eigen_reference.engines.jobs import JobStore
from eigen_reference.faults import FAULTS
from eigen_reference.faulty import FaultyApp
from tests.reference.decoders import png_is_sound, raster, videos_are_whole, wave
from tests.reference.executors import InlineExecutor
from tests.reference.serving import GENERATE, KEY, RESULT, STATUS, Server, picture


@pytest.fixture(scope="module")
def patient() -> Engines:
    return Engines(jobs=JobStore(executor=InlineExecutor()))


def draw(server: Server, **options: float | str) -> httpx.Response:
    return server.json(**{"model": "m", "prompt": "p", "width": 512, "height": 512, **options})


def has_no_picture(server: Server) -> bool:
    try:
        return not png_is_sound(picture(draw(server)))
    except binascii.Error:
        return True


def edit(server: Server) -> httpx.Response:
    return server.json(model="m", prompt="p", image_path="https://a.test/cat.png", binary_response=True)


def speak(server: Server, **options: str) -> httpx.Response:
    return server.json(model="m", text="Hello.", **options)


def stream(server: Server) -> bytes:
    return server.json(model="m", text="Hello.", stream=True).content


def video(server: Server) -> bytes:
    job = server.json(model="m", prompt="p", frame_num=3).json()["task_id"]
    return server.ask("GET", RESULT, params={"jobId": job, "model": "m"}).content


def without_key(server: Server) -> httpx.Response:
    return server.ask("GET", STATUS, headers={})


def with_key(server: Server, authorization: str) -> bool:
    return server.ask("GET", STATUS, headers={"authorization": authorization}).status_code == 400


def credits_after_a_refusal(server: Server) -> int:
    assert server.json().status_code == 400
    return int(speak(server).headers["x-credits-remaining"])


def parts_of_a_stream(server: Server) -> list[bytes]:
    """Collect the parts that an application sends a stream in."""
    parts: list[bytes] = []
    body = b'{"model": "m", "text": "Hello.", "stream": true}'
    inbox: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if not inbox:
            await asyncio.Event().wait()
        return inbox.pop()

    async def send(message: Message) -> None:
        if part := message.get("body"):
            parts.append(part)

    head = [(b"authorization", b"Bearer test-key"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": GENERATE, "query_string": b"", "headers": head}

    async def ask() -> None:
        await server.app({**scope, "root_path": "", "http_version": "1.1"}, receive, send)

    asyncio.run(ask())
    return parts


SYMPTOMS: dict[str, Callable[[Server], bool]] = {
    "wrong-status": lambda server: draw(server).status_code == 202,
    "missing-field": lambda server: draw(server).json() == {},
    "wrong-error-shape": lambda server: "error" not in server.json().json(),
    "wrong-media-type": lambda server: speak(server).headers["content-type"] == "image/png",
    "truncated-png": has_no_picture,
    "empty-image": lambda server: picture(draw(server)) == b"",
    "corrupt-png": has_no_picture,
    "truncated-wav": lambda server: len(speak(server).content) < 40_000,
    "truncated-mp4": lambda server: not videos_are_whole(video(server)),
    "bad-base64": has_no_picture,
    "unpadded-base64": has_no_picture,
    "wrapped-base64": has_no_picture,
    "ignored-seed": lambda server: draw(server, seed=1).content == draw(server, seed=2).content,
    "ignored-size": lambda server: raster(picture(draw(server))).width == 1024,
    "ignored-binary-response": lambda server: "json" in edit(server).headers["content-type"],
    "ignored-response-format": lambda server: speak(server, response_format="mp3").content[:4] == b"RIFF",
    "no-auth": lambda server: without_key(server).status_code == 400,
    "accepts-bad-body": lambda server: server.json().status_code == 200,
    "rejects-good-body": lambda server: draw(server).status_code == 400,
    "magic-500": lambda server: draw(server, seed=13).status_code == 500,
    "sse-no-end": lambda server: b'"complete"' not in stream(server),
    "sse-no-data": lambda server: b"data: {" not in stream(server),
    "sse-no-audio": lambda server: b"audio_chunk" not in stream(server),
    "key-by-its-beginning": lambda server: with_key(server, "Bearer test-ke"),
    "key-and-more": lambda server: with_key(server, "Bearer test-keyx"),
    "key-in-any-case": lambda server: with_key(server, "Bearer TEST-KEY"),
    "charged-refusals": lambda server: credits_after_a_refusal(server) < 1000,
    "disturbing-refusals": lambda server: (
        server.json().status_code == 400 and raster(picture(draw(server))).width == 1
    ),
    "stack-traces": lambda server: b"Traceback" in server.json().content,
    "sse-at-once": lambda server: len(parts_of_a_stream(server)) == 1,
    "no-challenge": lambda server: "www-authenticate" not in without_key(server).headers,
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_shows_where_it_is_planted(name: str, patient: Engines) -> None:
    app = create_app(engines=patient)
    assert SYMPTOMS[name](Server(FaultyApp(app, FAULTS[name])))
    assert not SYMPTOMS[name](Server(app))


def test_a_fault_leaves_the_rest_alone(patient: Engines) -> None:
    server = Server(FaultyApp(create_app(engines=patient), FAULTS["truncated-png"]))
    assert wave(speak(server).content).samples
    assert server.ask("GET", GENERATE).status_code == 405


def test_a_faulty_answer_still_has_the_right_length(patient: Engines) -> None:
    response = draw(Server(FaultyApp(create_app(engines=patient), FAULTS["truncated-png"])))
    assert int(response.headers["content-length"]) == len(response.content)


@pytest.mark.parametrize("name", FAULTS)
def test_with_a_fault_too_the_key_comes_before_the_body(name: str, patient: Engines) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            sent.append(1)
            yield bytes(1000)

    sent: list[int] = []
    server = Server(FaultyApp(create_app(engines=patient), FAULTS[name]))
    server.ask("POST", GENERATE, headers={"content-type": "application/json"}, content=endless())
    assert len(sent) <= 1 or name == "no-auth"


@pytest.mark.parametrize("name", FAULTS)
def test_with_a_fault_too_a_body_has_its_limit(name: str, patient: Engines) -> None:
    app = create_app(engines=patient, most_bytes=4_000)
    sent: list[int] = []

    async def long_body() -> AsyncIterator[bytes]:
        for _ in range(100):
            sent.append(1)
            yield b" " * 1000

    headers = {**KEY, "content-type": "application/json"}
    Server(FaultyApp(app, FAULTS[name], most_bytes=4_000)).ask(
        "POST", GENERATE, headers=headers, content=long_body()
    )
    assert len(sent) <= 6
