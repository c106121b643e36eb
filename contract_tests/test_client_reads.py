"""The built client reads what the spec promises, and raises on what it does not promise."""

import asyncio
import base64
import json
from collections.abc import Iterator
from fnmatch import fnmatch
from io import BytesIO
from typing import Any

import httpx
import pytest
import respx
from PIL import Image

from calling import Method, methods
from eigen_contract.media import mp3, png, wav
from eigen_contract.spec import Contract
from eigen_generate import AsyncEigenGenerate, EigenGenerate, EigenGenerateError, errors

KEY = "test-key"
BASE_URL = "https://client.invalid"
CONTRACT = Contract.load()
ARGUMENTS: dict[str, dict[str, Any]] = {
    "images.generate": {"model": "m", "prompt": "p"},
    "images.edit": {"model": "m", "prompt": "p", "image_path": "https://example.com/a.png"},
    "audio.transcribe": {"model": "m", "file": ("a.wav", wav(0.01))},
    "audio.speak": {"model": "m", "text": "t"},
    "audio.upload_voice": {"model": "m", "voice_reference_file": ("a.wav", wav(0.01))},
    "videos.generate": {"model": "m", "prompt": "p", "frame_num": 9},
    "videos.status": {"job_id": "j", "model": "m"},
    "videos.result": {"job_id": "j", "model": "m"},
}
BY_NAME = {str(method): method for method in methods(CONTRACT)}


def picture(kind: str) -> bytes:
    """Make a small picture of a format that Pillow names."""
    buffer = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(buffer, kind)
    return buffer.getvalue()


BODIES: dict[str, bytes] = {
    "image/png": png(8, 8),
    "image/jpeg": picture("JPEG"),
    "image/webp": picture("WEBP"),
    "audio/wav": wav(0.01),
    "audio/mpeg": mp3(2),
    "audio/flac": b"fLaC" + bytes(40),
    "audio/aac": b"\xff\xf1" + bytes(40),
    "audio/ogg": b"OggS" + bytes(40),
    "audio/pcm": bytes(40),
    "video/mp4": b"\x00\x00\x00\x18ftypisom" + bytes(40),
    "text/plain": "grüß dich".encode(),
}
SHAPES: dict[str, dict[str, Any]] = {
    "GeneratedImage": {"turbo_image_base64": base64.b64encode(png(8, 8)).decode()},
    "EditedImage": {"edited_image_base64": base64.b64encode(png(8, 8)).decode()},
    "EditedImageWithTiming": {
        "image_base64": base64.b64encode(png(8, 8)).decode(),
        "use_lightning": True,
        "processing_time_seconds": 1.5,
    },
    "Transcript": {"text": "good morning"},
    "DetailedTranscript": {"transcription": "good morning", "language": "English", "audio_duration": 1.5},
    "VideoTask": {"task_id": "t", "task_status": "pending"},
    "JobStatus": {"task_id": "t", "status": "completed", "error": None},
    "SavedVoice": {"voice_id": "v"},
}
"""A body for each shape of JSON that the spec has for a success; a test sees that none is left out."""


def answered(method: str, response: httpx.Response, *, asynchronous: bool = False) -> Any:
    """Call a method over a mocked transport that gives one answer."""
    router = respx.MockRouter()
    router.route().mock(return_value=response)
    arguments = ARGUMENTS[method]
    if not asynchronous:
        with httpx.Client(transport=httpx.MockTransport(router.handler)) as http_client:
            client = EigenGenerate(api_key=KEY, base_url=BASE_URL, http_client=http_client, max_retries=0)
            return BY_NAME[method].of(client)(**arguments)

    async def call() -> Any:
        async with httpx.AsyncClient(transport=httpx.MockTransport(router.async_handler)) as http_client:
            client = AsyncEigenGenerate(
                api_key=KEY, base_url=BASE_URL, http_client=http_client, max_retries=0
            )
            return await BY_NAME[method].of(client)(**arguments)

    return asyncio.run(call())


def announced(method: Method) -> dict[str, Any]:
    """Return what `x-sdk` says of the results of a method, by their names."""
    results = CONTRACT.document["x-sdk"]["results"]
    return {name: results[name] for name in method.document["results"]}


def shapes_of(method: Method) -> Iterator[str]:
    """Yield the names of the JSON shapes that the spec has for a success of a method's operation."""
    schema = method.operation.responses["200"]["content"].get("application/json", {}).get("schema")
    if schema is None:
        return
    node, pointer = CONTRACT.follow(schema)
    names = [choice["$ref"] for choice in node.get("anyOf", [])] or [pointer]
    yield from (name.rpartition("/")[2] for name in names)


def reader_of(method: Method, body: dict[str, Any]) -> str | None:
    """Return the announced result that can be had from a JSON body; None if there is none."""
    for name, result in announced(method).items():
        pointers = [*result.get("base64", []), *result.get("text", [])]
        pointers += [result["id"]["pointer"]] if "id" in result else []
        required = [field for field in result.get("fields", {}).values() if field.get("required")]
        pointers += [field["pointer"] for field in required]
        if any(pointer.removeprefix("/") in body for pointer in pointers):
            return name
    return None


JSON_CASES = [(str(method), shape) for method in BY_NAME.values() for shape in shapes_of(method)]
MEDIA_CASES = [
    (str(method), media_type)
    for method in BY_NAME.values()
    for media_type in method.operation.responses["200"]["content"]
    if media_type in BODIES
]


def test_every_method_and_every_shape_is_tried() -> None:
    assert set(ARGUMENTS) == set(BY_NAME)
    assert {shape for _, shape in JSON_CASES} == set(SHAPES)
    declared = {name for method in BY_NAME.values() for name in method.operation.responses["200"]["content"]}
    assert declared - {"application/json", "text/event-stream"} == set(BODIES)


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize(("method", "shape"), JSON_CASES)
def test_a_documented_shape_gives_its_result_or_raises(method: str, shape: str, asynchronous: bool) -> None:
    body = {**SHAPES[shape], "not_known_yet": [1]}
    response = httpx.Response(200, json=body)
    expected = reader_of(BY_NAME[method], body)
    if expected is None:
        with pytest.raises(errors.UnexpectedResponseError):
            answered(method, response, asynchronous=asynchronous)
        return
    result = answered(method, response, asynchronous=asynchronous)
    assert type(result).__name__ == expected
    assert_nothing_lost(result, body)


def assert_nothing_lost(result: Any, body: dict[str, Any]) -> None:
    """Every member is in the data of a result, but for the base64 that became its content."""
    missing = {name: value for name, value in body.items() if result.data.get(name, value) != value}
    assert not missing
    if hasattr(result, "content"):
        assert (result.content, result.media_type) == (png(8, 8), "image/png")
    if hasattr(result, "text"):
        assert result.text == "good morning"
    assert result.data["not_known_yet"] == [1]


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize(("method", "media_type"), MEDIA_CASES)
def test_a_documented_media_type_gives_its_result_or_raises(
    method: str, media_type: str, asynchronous: bool
) -> None:
    response = httpx.Response(200, content=BODIES[media_type], headers={"content-type": media_type})
    expected = [
        name
        for name, result in announced(BY_NAME[method]).items()
        if any(fnmatch(media_type, pattern) for pattern in result.get("media_types", []))
    ]
    if not expected:
        with pytest.raises(errors.UnexpectedResponseError):
            answered(method, response, asynchronous=asynchronous)
        return
    result = answered(method, response, asynchronous=asynchronous)
    assert type(result).__name__ in expected
    if media_type == "text/plain":
        assert result.text == "grüß dich"
    else:
        assert (result.content, result.media_type.lower()) == (BODIES[media_type], media_type.lower())


HOLED = base64.b64encode(png(8, 8)).decode().replace("AA", "A!A", 1)
"""Base64 with a character of no alphabet in its midst, without which it would decode."""
# A number as an id is not among them: the client takes it as text, rather than lose what was paid for.
NO_RESULTS = {
    "html": httpx.Response(200, html="<p>Log in</p>"),
    "no members": httpx.Response(200, json={}),
    "a list": httpx.Response(200, json=[]),
    "other types": httpx.Response(200, json={"image_base64": 5, "text": 5, "task_id": [5]}),
    "no base64": httpx.Response(200, json={"image_base64": "!", "turbo_image_base64": "ä"}),
    "base64 with a hole": httpx.Response(200, json={"image_base64": HOLED, "turbo_image_base64": HOLED}),
    "cut short": httpx.Response(200, content=b"{", headers={"content-type": "application/json"}),
    "empty": httpx.Response(200, content=b"", headers={"content-type": "image/png"}),
}


@pytest.mark.parametrize("method", sorted(ARGUMENTS))
@pytest.mark.parametrize("answer", NO_RESULTS)
def test_what_holds_no_result_raises(method: str, answer: str) -> None:
    given = NO_RESULTS[answer]
    response = httpx.Response(given.status_code, headers=given.headers, content=given.content)
    with pytest.raises(errors.UnexpectedResponseError):
        answered(method, response)


def errors_of_the_spec() -> list[tuple[str, str]]:
    return [
        (str(method), status)
        for method in BY_NAME.values()
        for status in method.operation.responses
        if not status.startswith("2")
    ]


@pytest.mark.parametrize(("method", "status"), errors_of_the_spec())
def test_a_documented_error_is_raised_with_its_message(method: str, status: str) -> None:
    response = httpx.Response(int(status), json={"error": {"message": "what is wrong", "field": "prompt"}})
    with pytest.raises(EigenGenerateError, match="what is wrong") as caught:
        answered(method, response)
    assert isinstance(caught.value, errors.StatusError)
    assert caught.value.status_code == int(status)


def events(*payloads: dict[str, Any]) -> bytes:
    return b"".join(f"data: {json.dumps(payload)}\n\n".encode() for payload in payloads)


@pytest.mark.parametrize("end", ["complete", "audio_complete", "done", None])
@pytest.mark.parametrize("nested", [False, True], ids=["flat", "nested"])
def test_a_documented_stream_is_read_chunk_by_chunk(end: str | None, nested: bool) -> None:
    sound = [b"\x01\x00\x02\x00", b"\x03\x00"]
    chunks = [{"type": "audio_chunk", "data": base64.b64encode(data).decode()} for data in sound]
    payloads: list[dict[str, Any]] = [
        {"type": "start", "creditsCharged": 1},
        {"type": "metadata", "data": {"channels": 1, "sample_rate": 24000}},
        {"type": "not_known_yet"},
        *chunks,
        *([{"type": end}] if end else []),
    ]
    body = events(*([{"data": payload} for payload in payloads] if nested else payloads))
    router = respx.MockRouter()
    router.route().respond(200, content=body, headers={"content-type": "text/event-stream"})
    with httpx.Client(transport=httpx.MockTransport(router.handler)) as http_client:
        client = EigenGenerate(api_key=KEY, base_url=BASE_URL, http_client=http_client)
        with client.audio.speak(model="m", text="t", stream=True) as stream:
            assert [bytes(chunk) for chunk in stream] == sound
            assert stream.format.sample_rate == 24000
