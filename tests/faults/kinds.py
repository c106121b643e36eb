"""The kinds of call that every fault is tried on, each with the answer it should have."""

import base64
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

from .answers import Answer

MODEL = "m"
PCM = bytes(range(256)) * 12
MP4 = b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2" + bytes(4000)
CHUNK = 256 * 1024


class Kind(NamedTuple):
    """One kind of call.

    `begin(client, folder, size)` gives what the client's method gives, awaitable or not, after putting
    `size` bytes into the request; `saved` is what the saved file ends with. `once` is a body that can be
    had once.
    """

    name: str
    begin: Callable[[Any, Path, int], Any]
    answer: Answer
    suffix: str
    method: str = "POST"
    once: bool = False
    streamed: bool = False
    saved: bytes = b""


def _picture() -> bytes:
    buffer = io.BytesIO()
    Image.radial_gradient("L").save(buffer, "PNG")
    return buffer.getvalue()


def _event(**members: object) -> bytes:
    return b"data: %b\n\n" % json.dumps(members).encode()


def _speech() -> Answer:
    chunk = _event(type="audio_chunk", data=base64.b64encode(PCM).decode())
    body = chunk + chunk + _event(type="complete")
    return Answer("text/event-stream", body, len(chunk) + 100)


PICTURE = _picture()
BASE64 = base64.b64encode(PICTURE).decode()
IMAGE = Answer("image/png", PICTURE, len(PICTURE) // 2)
DRAWN = Answer("application/json", json.dumps({"image_base64": BASE64}).encode(), len(BASE64) // 2)
SPEECH = _speech()
VIDEO = Answer("video/mp4", MP4, len(MP4) // 2)


def _json(client: Any, _folder: Path, size: int) -> Any:
    return client.images.generate(model=MODEL, prompt="p" * size)


def _path(client: Any, folder: Path, size: int) -> Any:
    path = folder / "input.png"
    with path.open("wb") as file:
        file.write(PICTURE)
        file.truncate(max(size, len(PICTURE)))
    return client.images.edit(model=MODEL, prompt="p", image_file=path, binary_response=True)


def _once(client: Any, _folder: Path, size: int) -> Any:
    return client.images.edit(model=MODEL, prompt="p", image_file=pieces(size), binary_response=True)


def _stream(client: Any, _folder: Path, size: int) -> Any:
    return client.audio.speak(model=MODEL, text="t" * size, voice="Linda", stream=True)


def _get(client: Any, _folder: Path, _size: int) -> Any:
    return client.videos.result(job_id="j-1", model=MODEL)


def pieces(size: int) -> Iterator[bytes]:
    """Give a picture and what follows it, `size` bytes or more, in pieces that can be had once."""
    yield PICTURE
    for start in range(len(PICTURE), size, CHUNK):
        yield bytes(min(CHUNK, size - start))


KINDS = (
    Kind("json", _json, DRAWN, ".png", saved=PICTURE),
    Kind("path", _path, IMAGE, ".png", saved=PICTURE),
    Kind("one-shot", _once, IMAGE, ".png", saved=PICTURE, once=True),
    Kind("stream", _stream, SPEECH, ".wav", streamed=True, saved=PCM + PCM),
    Kind("get", _get, VIDEO, ".mp4", method="GET", saved=MP4),
)
