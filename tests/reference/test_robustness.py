"""Whatever is sent, the answer is one that the contract knows, and never a 500."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reference.serving import Server

NAMES = [
    "model",
    "prompt",
    "text",
    "file",
    "image",
    "image_file",
    "images",
    "image_path",
    "image_url",
    "frame_num",
    "infer_steps",
    "seed",
    "size",
    "width",
    "voice_settings",
    "sampling",
    "stream",
    "response_format",
    "rank",
    "negative_prompt",
    "binary_response",
    "output_format",
    "downsizing_mp",
    "language",
    "unknown",
]
MODELS = ["m", "eigen-image", "higgs2p5", "whisper_v3_turbo", "wan2p2-i2v-14b-turbo"]
TEXTS = st.text(max_size=20) | st.sampled_from(
    ["true", "15", "-1e308", "{}", '{"a":', "data:;base64,x", "512x512", "\x00"]
)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)
OBJECTS = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6)
QUICK = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
KNOWN = {200, 400, 401, 404, 413, 415}


def check(server: Server, body: bytes, media_type: str) -> None:
    response = server.raw(body, media_type)
    assert response.status_code in KNOWN, response.text
    if response.status_code != 200:
        assert response.json()["error"]["message"]


@given(OBJECTS, st.sampled_from(MODELS))
@QUICK
def test_answers_any_json_object(server: Server, members: dict[str, Any], model: str) -> None:
    check(
        server, json.dumps({"model": model, **members}).encode("utf-8", "surrogatepass"), "application/json"
    )


@given(st.binary(max_size=80))
@QUICK
def test_answers_any_bytes_as_json(server: Server, body: bytes) -> None:
    check(server, body, "application/json")


PARTS = st.tuples(st.sampled_from(NAMES), st.binary(max_size=40) | TEXTS.map(str.encode), st.booleans())


def part(name: str, content: bytes, is_file: bool) -> bytes:
    filename = '; filename="f.bin"' if is_file else ""
    return (
        f'--B\r\nContent-Disposition: form-data; name="{name}"{filename}\r\n\r\n'.encode() + content + b"\r\n"
    )


@given(st.lists(PARTS, max_size=5), st.sampled_from(MODELS))
@QUICK
def test_answers_any_form(server: Server, parts: list[tuple[str, bytes, bool]], model: str) -> None:
    model_part = part("model", model.encode(), is_file=False)
    body = model_part + b"".join(part(*one) for one in parts) + b"--B--\r\n"
    check(server, body, "multipart/form-data; boundary=B")


@given(st.binary(max_size=120), st.integers(0, 400), st.integers(0, 255))
@QUICK
def test_answers_any_damaged_form(server: Server, content: bytes, place: int, byte: int) -> None:
    body = bytearray(
        part("model", b"m", is_file=False) + part("image_file", content, is_file=True) + b"--B--\r\n"
    )
    body[place % len(body)] = byte
    check(server, bytes(body), "multipart/form-data; boundary=B")


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=60))
@QUICK
def test_answers_any_content_type(server: Server, media_type: str) -> None:
    check(server, b"{}", media_type)


@given(st.integers(0, 100_000), st.integers(1, 255))
@QUICK
def test_answers_any_damaged_picture(server: Server, png: bytes, place: int, flip: int) -> None:
    damaged = bytearray(png)
    damaged[place % len(png)] ^= flip
    response = server.form(model="m", prompt="p", files=[("image", bytes(damaged))])
    assert response.status_code in (200, 400, 413), response.text
