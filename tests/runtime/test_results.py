"""What a result shows of itself, and how it is passed on."""

import json
import struct
import sys
from typing import Any

import pytest

from generator.runtime.errors import ConfigurationError
from generator.runtime.response.media_results import AudioMedia, ImageMedia
from generator.runtime.response.results import (
    KEY_IN_RESPONSE,
    Job,
    Media,
    Record,
    Result,
    Text,
    make_meta,
)
from generator.runtime.response.wav_format import read_wav_format
from generator.runtime.streaming.wav import AudioFormat, make_wav

META = make_meta(200, {"x-left": "7", "set-cookie": "secret", "x-request-id": "r"}, documented=("x-left",))
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + struct.pack(">II", 640, 480)
WAV = make_wav(bytes(24000), AudioFormat(24000, 1))


def media(result_class: type[Media], content: bytes, media_type: str) -> Any:
    return result_class(content=content, media_type=media_type, data={}, meta=META)


LONG: dict[str, object] = {f"field{number}": "x" * 1000 for number in range(1000)}


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (media(Media, b"abc", "video/mp4"), "<Media video/mp4 3 bytes>"),
        (media(ImageMedia, PICTURE, "image/png"), "<ImageMedia 640x480 image/png 24 bytes>"),
        (media(ImageMedia, b"abc", "image/tiff"), "<ImageMedia image/tiff 3 bytes>"),
        (media(AudioMedia, WAV, "audio/wav"), "<AudioMedia audio/wav 24044 bytes, 0.50 s at 24000 Hz>"),
        (media(AudioMedia, b"abc", "audio/mpeg"), "<AudioMedia audio/mpeg 3 bytes>"),
        (Text(text="Hello\nthere", data={}, meta=META), r"<Text 'Hello\nthere' 11 characters>"),
        (Text(text="x" * 99, data={}, meta=META), f"<Text '{'x' * 60}…' 99 characters>"),
        (Record(data={"a": 1, "b": [1, 2], "c": {}, "d": None}, meta=META), None),
        (Record(data={}, meta=META), "<Record>"),
        (Job(id="j", data={"id": "j", "state": "done"}, context={}, meta=META), "<Job j state='done'>"),
        (Job(id="j", data={"id": "j"}, context={}, meta=META), "<Job j>"),
    ],
)
def test_repr_shows_what_matters(result: Result, text: str | None) -> None:
    assert repr(result) == (text or "<Record a=1, b=[2 items], c={0 properties}, d=None>")


def test_repr_is_short_whatever_the_server_sent() -> None:
    for result in (Record(data=LONG, meta=META), Job(id="j" * 9999, data=LONG, context={}, meta=META)):
        assert len(repr(result)) < 1000
        assert repr(result).endswith(", …>")


def test_repr_shows_no_values_of_a_server_that_echoed_the_key() -> None:
    meta = META._replace(drift=(KEY_IN_RESPONSE,))
    results = [
        Text(text="s3cret", data={}, meta=meta),
        Record(data={"key": "s3cret"}, meta=meta),
        Job(id="i-s3cret", data={"key": "s3cret"}, context={}, meta=meta),
    ]
    assert list(map(repr, results)) == ["<Text 6 characters>", "<Record key>", "<Job key>"]


def test_results_become_json_without_bytes_and_secrets() -> None:
    image = media(ImageMedia, PICTURE, "image/png").to_dict()
    assert {name: image[name] for name in ("media_type", "size", "width", "height", "data")} == {
        "media_type": "image/png",
        "size": 24,
        "width": 640,
        "height": 480,
        "data": {},
    }
    audio = media(AudioMedia, WAV, "audio/wav").to_dict()
    assert (audio["duration"], audio["sample_rate"]) == (0.5, 24000)
    text = Text(text="hello", data={"text": "hello"}, meta=META).to_dict()
    assert (text["text"], text["data"]) == ("hello", {"text": "hello"})
    job = Job(id="j", data={"a": [1]}, context={"model": "m"}, meta=META).to_dict()
    assert (job["id"], job["context"], job["data"]) == ("j", {"model": "m"}, {"a": [1]})
    assert job["meta"]["headers"] == {"x-left": "7"}
    assert "secret" not in json.dumps([image, audio, text, job])


def test_to_pil_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL.Image", None)
    with pytest.raises(ConfigurationError, match=r"Pillow is not installed\. pip install pillow"):
        media(ImageMedia, PICTURE, "image/png").to_pil()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (WAV, (24000, 1, 0.5)),
        (WAV[:40] + b"\xff" * 4 + WAV[44:], (24000, 1, 0.5)),
        (WAV[:12] + b"LIST\x03\0\0\0abc\0" + WAV[12:], (24000, 1, 0.5)),
        (WAV[:30], None),
        (b"RIFF\0\0\0\0WAVEdata\0\0\0\0", None),
        (b"abc", None),
    ],
)
def test_reads_the_format_of_a_wav_file(content: bytes, expected: object) -> None:
    assert read_wav_format(content) == expected
