"""The media of a page: found in every form of an answer, shown once if they are large, within limits."""

import base64
import json

import pytest

from eigen_contract.compose import FORM, Upload, compose
from eigen_contract.exchange import Request, Response
from eigen_contract.media import png, wav
from eigen_contract.oracle import Oracle
from eigen_contract.report.playable import (
    LARGEST,
    SMALL,
    MediaBudget,
    Medium,
    media_of_request,
    media_of_response,
)

SAMPLES = bytes(range(256)) * 20


def typed(media_type: str, body: bytes) -> Response:
    return Response(200, (("content-type", media_type),), body)


def places(response: Response) -> list[tuple[str, str]]:
    return [(medium.place, medium.media_type) for medium in media_of_response(response)]


def test_media_are_found_wherever_they_stand() -> None:
    picture = base64.b64encode(png()).decode()
    nested = json.dumps({"a": [{"b/c": picture}], "text": "a" * 200}).encode()
    assert places(typed("application/json", nested)) == [("/a/0/b/c", "image/png")]
    assert places(typed("application/json", json.dumps(f"data:image/png;base64,{picture}").encode())) == [
        ("", "image/png")
    ]
    assert places(typed("audio/wav", wav())) == [("the body", "audio/wav")]
    # What the bytes are counts, not what the answer says of them: a browser decides in the same way.
    assert places(typed("image/webp", png())) == [("the body", "image/png")]
    assert places(typed("image/svg+xml", b"<svg onload='alert(1)'/>")) == []


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 10**5, b"\x80\x81", b'{"a": "' + b"!" * 100 + b'"}'])
def test_a_broken_answer_holds_no_media(body: bytes) -> None:
    for media_type in ("application/json", "text/event-stream", "image/png"):
        assert places(typed(media_type, body)) == []


def test_samples_and_chunks_become_a_sound_that_plays() -> None:
    [bare] = media_of_response(typed("audio/pcm", SAMPLES))
    events = [
        {"type": "metadata", "data": {"sample_rate": 16000, "channels": 2}},
        {"type": "audio_chunk", "data": base64.b64encode(SAMPLES).decode()},
        {"type": "audio_chunk", "data": "!"},
        {"type": "audio_chunk", "data": base64.b64encode(SAMPLES).decode()},
    ]
    stream = "".join(f"data: {json.dumps(event)}\n\n" for event in events).encode()
    [streamed] = media_of_response(typed("text/event-stream", stream))
    assert bare.data[:4] == streamed.data[:4] == b"RIFF"
    assert bare.data[44:] == SAMPLES
    assert streamed.data[44:] == SAMPLES * 2
    assert int.from_bytes(streamed.data[24:28], "little") == 16000


def test_the_files_of_a_form_are_shown(oracle: Oracle) -> None:
    operation = next(each for each in oracle.contract.operations if each.id == "generate")
    request = compose(operation, FORM, {"model": "m", "image_file": Upload("a.png", "image/png", png())})
    assert [(medium.place, medium.media_type) for medium in media_of_request(request)] == [
        ("image_file", "image/png")
    ]
    assert [*media_of_request(Request("POST", "/", (), png()))] == []


def test_a_large_medium_stands_in_the_page_once() -> None:
    budget = MediaBudget()
    large = Medium("the body", "image/png", bytes(SMALL + 1))
    first, second = budget.figure(large), budget.figure(large)
    assert 'id="medium-1"' in first
    assert "data:image/png;base64," in first
    assert 'href="#medium-1"' in second
    assert "data:" not in second
    small = Medium("the body", "image/png", bytes(SMALL))
    assert all("data:image/png" in budget.figure(small) for _ in range(2))


def test_limits_are_kept_and_said() -> None:
    budget = MediaBudget(left=10)
    assert "already holds" in budget.figure(Medium("a", "image/png", bytes(11)))
    assert "larger than 2,097,152 bytes" in budget.figure(Medium("a", "image/png", bytes(LARGEST + 1)))
