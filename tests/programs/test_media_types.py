"""Media types of real files: each is written by a library, and found by its bytes and by its name."""

import io
from typing import Any

import av
import pytest
from PIL import Image

from generator.runtime.response.image_size import pixel_size
from generator.runtime.response.media_types import MAGIC_LENGTH, sniff, type_of_file

PICTURES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
    "AVIF": "image/avif",
}
# By muxer: the codec, the suffix, the type that the bytes show, and the type of a file of that name.
SOUNDS = [
    ("wav", "pcm_s16le", ".wav", "audio/wav", "audio/wav"),
    ("aiff", "pcm_s16be", ".aif", "audio/aiff", "audio/aiff"),
    ("flac", "flac", ".flac", "audio/flac", "audio/flac"),
    ("ipod", "aac", ".m4a", "audio/mp4", "audio/mp4"),
    ("mp4", "aac", ".m4a", "video/mp4", "audio/mp4"),
    ("3gp", "aac", ".3gp", "video/3gpp", "video/3gpp"),
    ("asf", "wmav2", ".wma", "video/x-ms-asf", "audio/x-ms-wma"),
    ("adts", "aac", ".aac", None, "audio/aac"),
    ("matroska", "flac", ".mka", "video/x-matroska", "audio/x-matroska"),
    ("webm", "libopus", ".weba", "video/webm", "audio/webm"),
    ("ogg", "libopus", ".opus", "audio/ogg", "audio/ogg"),
    ("mp3", "libmp3lame", ".mp3", "audio/mpeg", "audio/mpeg"),
]


def picture(kind: str, mode: str = "RGB") -> bytes:
    file = io.BytesIO()
    Image.new(mode, (33, 17)).save(file, kind)
    return file.getvalue()


def sound(muxer: str, codec: str) -> bytes:
    file = io.BytesIO()
    opened: Any = av.open(file, "w", format=muxer)  # its own types are incomplete
    with opened as container:
        stream = container.add_stream(codec, rate=48000)
        stream.layout, stream.bit_rate = "mono", 64000
        frame: Any = av.AudioFrame(format=stream.format.name, layout="mono", samples=960)
        frame.sample_rate, frame.pts = 48000, 0
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return file.getvalue()


@pytest.mark.parametrize(("kind", "media_type"), PICTURES.items())
def test_finds_the_type_of_a_picture_by_its_bytes_and_by_its_name(kind: str, media_type: str) -> None:
    head = picture(kind)[:MAGIC_LENGTH]
    assert sniff(head) == media_type
    assert type_of_file(f"a.{kind.lower()}", head) == type_of_file(f"A.{kind}", b"?") == media_type


@pytest.mark.parametrize(("muxer", "codec", "suffix", "sniffed_type", "media_type"), SOUNDS)
def test_finds_the_type_of_a_sound_by_its_bytes_and_by_its_name(
    muxer: str, codec: str, suffix: str, sniffed_type: str | None, media_type: str
) -> None:
    head = sound(muxer, codec)[:MAGIC_LENGTH]
    assert sniff(head) == sniffed_type
    assert type_of_file("a" + suffix, head) == type_of_file("a" + suffix, b"?") == media_type


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_reads_the_size_of_a_picture_from_its_bytes(kind: str) -> None:
    content = picture(kind)
    assert pixel_size(content) == (33, 17)
    for end in range(len(content)):
        assert pixel_size(content[:end]) in ((33, 17), None)


def test_reads_the_size_of_every_form_of_webp() -> None:
    for options in ({}, {"lossless": True}, {"exif": b"Exif\0\0"}):
        file = io.BytesIO()
        Image.new("RGBA", (300, 1), "#f008").save(file, "WEBP", **options)
        assert pixel_size(file.getvalue()) == (300, 1)


def test_the_size_of_a_jpeg_is_not_that_of_its_thumbnail() -> None:
    file = io.BytesIO()
    Image.new("RGB", (33, 17)).save(file, "JPEG", progressive=True, exif=picture("JPEG"))
    assert pixel_size(file.getvalue()) == (33, 17)


def test_a_picture_of_another_format_has_no_size() -> None:
    assert pixel_size(picture("TIFF")) is None
    assert pixel_size(b"") is None
