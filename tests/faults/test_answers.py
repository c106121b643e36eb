"""Successes that hold something else than promised, and answers that are cut short, for every method."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigen_generate import OutcomeUnknownError, StreamInterruptedError, UnexpectedResponseError

from .answers import Answer, answer, cut, end
from .clients import Mode, ask
from .kinds import BASE64, IMAGE, MODEL, PCM, PICTURE, SPEECH
from .server import serve

PORTAL = b"<html><title>Sign in to the network</title></html>"
WAV = Answer("audio/wav", b"RIFF\x24\x10\0\0WAVEfmt " + bytes(4096), 2000)

Question = Callable[[Any], Any]
METHODS: dict[str, Question] = {
    "images.generate": lambda client: client.images.generate(model=MODEL, prompt="p"),
    "images.edit": lambda client: client.images.edit(model=MODEL, prompt="p", image_file=PICTURE),
    "audio.transcribe": lambda client: client.audio.transcribe(model=MODEL, file=WAV.body),
    "audio.speak": lambda client: client.audio.speak(model=MODEL, text="t", voice="Linda"),
    "audio.speak as a stream": lambda client: client.audio.speak(
        model=MODEL, text="t", voice="Linda", stream=True
    ),
    "audio.upload_voice": lambda client: client.audio.upload_voice(
        model=MODEL, voice_reference_file=WAV.body
    ),
    "videos.generate": lambda client: client.videos.generate(
        model=MODEL, prompt="p", image_url="https://example.com/cat.png"
    ),
    "videos.status": lambda client: client.videos.status(job_id="j", model=MODEL),
    "videos.result": lambda client: client.videos.result(job_id="j", model=MODEL),
}
NEEDED: Mapping[str, tuple[str, object]] = {
    "images.generate": ("image_base64", BASE64),
    "audio.transcribe": ("text", "hello"),
    "audio.upload_voice": ("voice_id", "v"),
    "videos.generate": ("task_id", "j"),
    "videos.status": ("status", "queued"),
}
every_method = pytest.mark.parametrize("question", METHODS.values(), ids=METHODS)


@every_method
def test_a_captive_portal_is_no_result(mode: Mode, question: Question, tmp_path: Path) -> None:
    page = answer(200, PORTAL, "text/html")
    with (
        serve(page, success=IMAGE.whole()) as server,
        pytest.raises(UnexpectedResponseError, match="text/html") as caught,
    ):
        ask(mode, server.url, question)
    assert caught.value.body == PORTAL
    assert caught.value.save(tmp_path / "portal.html").read_bytes() == PORTAL


@pytest.mark.parametrize("method", NEEDED)
@pytest.mark.parametrize("value", [None, [], {}, True], ids=repr)
def test_a_needed_member_of_another_type_is_no_result(mode: Mode, method: str, value: object) -> None:
    body = json.dumps({NEEDED[method][0]: value}).encode()
    if method in ("audio.upload_voice", "videos.status"):
        body = b"[%b]" % body
    with (
        serve(answer(200, body), success=IMAGE.whole()) as server,
        pytest.raises(UnexpectedResponseError) as caught,
    ):
        ask(mode, server.url, METHODS[method])
    assert caught.value.body == body


@pytest.mark.parametrize("method", NEEDED)
def test_one_member_is_enough_and_strange_ones_are_kept(mode: Mode, method: str) -> None:
    name, value = NEEDED[method]
    strange = {"novel": {"deep": [1]}, "credits": "many"}
    with serve(answer(200, json.dumps({name: value, **strange}).encode()), success=IMAGE.whole()) as server:
        result = ask(mode, server.url, METHODS[method])
    assert {key: result.data[key] for key in strange} == strange


@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunks"])
def test_half_a_recording_is_never_saved(mode: Mode, tmp_path: Path, chunked: bool) -> None:
    half = cut(WAV, chunked=chunked, then=end)
    with serve(half, success=WAV.whole()) as server, pytest.raises(OutcomeUnknownError):
        ask(mode, server.url, METHODS["audio.speak"]).save(tmp_path / "speech.wav")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("good", [SPEECH, WAV], ids=["events", "audio"])
def test_a_stream_that_breaks_raises_no_error_of_httpx(mode: Mode, tmp_path: Path, good: Answer) -> None:
    path = tmp_path / "speech.wav"
    heard: list[bytes] = []

    def listen(client: Any) -> Any:
        return _save(client, path, heard) if mode == "sync" else _save_async(client, path, heard)

    with (
        serve(cut(good, chunked=True, then=end), success=good.whole()) as server,
        pytest.raises(StreamInterruptedError) as caught,
    ):
        ask(mode, server.url, listen)
    assert b"".join(heard) == (PCM if good is SPEECH else WAV.body[: WAV.cut])
    assert caught.value.bytes_received == len(b"".join(heard))
    assert not isinstance(caught.value, httpx.HTTPError)
    assert isinstance(caught.value.__cause__, httpx.HTTPError)
    assert list(tmp_path.iterdir()) == []


def _save(client: Any, path: Path, heard: list[bytes]) -> None:
    with METHODS["audio.speak as a stream"](client) as stream:
        try:
            heard.extend(stream)
        finally:
            stream.save(path)


async def _save_async(client: Any, path: Path, heard: list[bytes]) -> None:
    async with await METHODS["audio.speak as a stream"](client) as stream:
        try:
            async for chunk in stream:
                heard.append(chunk)
        finally:
            await stream.save(path)
