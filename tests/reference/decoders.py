"""Decoders that are not the ones that made the media: FFmpeg for pictures, our own for WAV and MP4."""

import io
import struct
import zlib

import av
from attrs import frozen


@frozen
class Raster:
    """A decoded picture: its size, and its bytes as RGB, row by row."""

    width: int
    height: int
    pixels: bytes


@frozen
class Wave:
    """The header and samples of a RIFF file."""

    channels: int
    rate: int
    bits: int
    samples: bytes


def raster(picture: bytes) -> Raster:
    """Decode a picture with FFmpeg."""
    with av.open(io.BytesIO(picture), "r") as container:
        frame = next(iter(container.decode(video=0))).reformat(format="rgb24")
    plane = frame.planes[0]
    rows = bytes(plane)
    row = frame.width * 3
    pixels = b"".join(rows[at * plane.line_size : at * plane.line_size + row] for at in range(frame.height))
    return Raster(frame.width, frame.height, pixels)


def wave(data: bytes) -> Wave:
    """Read a RIFF file chunk by chunk; its sizes must add up."""
    riff, size, kind = struct.unpack("<4sI4s", data[:12])
    assert (riff, kind, size) == (b"RIFF", b"WAVE", len(data) - 8)
    chunks: dict[bytes, bytes] = {}
    place = 12
    while place < len(data):
        name, length = struct.unpack("<4sI", data[place : place + 8])
        chunks[name] = data[place + 8 : place + 8 + length]
        assert len(chunks[name]) == length
        place += 8 + length
    encoding, channels, rate, _, _, bits = struct.unpack("<HHIIHH", chunks[b"fmt "][:16])
    assert encoding == 1
    return Wave(channels, rate, bits, chunks[b"data"])


def frames_announced(video: bytes) -> int:
    """Return how many samples the first track of an MP4 file announces (ISO 14496-12, box `stsz`)."""
    place = video.index(b"stsz")
    count: int = struct.unpack(">I", video[place + 12 : place + 16])[0]
    return count


def frames_decoded(video: bytes) -> int:
    """Return how many frames FFmpeg decodes."""
    with av.open(io.BytesIO(video), "r") as container:
        return sum(1 for _ in container.decode(video=0))


def videos_are_whole(video: bytes) -> bool:
    """Return whether the top-level boxes of an MP4 file add up to its length."""
    place = 0
    while place + 8 <= len(video):
        place += int(struct.unpack(">I", video[place : place + 4])[0])
    return place == len(video) > 0


def png_is_sound(picture: bytes) -> bool:
    """Return whether a PNG ends with its last chunk, and every checksum fits (PNG, section 5.3)."""
    place, kind = 8, b""
    while place + 12 <= len(picture):
        length: int = struct.unpack(">I", picture[place : place + 4])[0]
        kind, content = picture[place + 4 : place + 8], picture[place + 8 : place + 8 + length]
        if picture[place + 8 + length : place + 12 + length] != struct.pack(">I", zlib.crc32(kind + content)):
            return False
        place += 12 + length
    return (picture[:4], kind, place) == (b"\x89PNG", b"IEND", len(picture))
