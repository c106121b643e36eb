"""Makes real media to upload, the same bytes everywhere, and says which media a field takes.

The bytes are made without a codec library (a PNG of stored blocks, a WAV, silent MP3 frames), because a
tape finds its exchanges by the hash of what was uploaded: another version of a codec would make another
file.
"""

import struct
import wave
import zlib
from functools import lru_cache
from io import BytesIO
from typing import Literal

from eigen_contract.decoding import BrokenMediaError, picture, sound

Kind = Literal["image", "audio"]
SUFFIXES: dict[str, Kind] = {
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".webp": "image",
    ".wav": "audio",
    ".mp3": "audio",
}
RATE = 16000
"""Hertz of the made recording."""


def png(width: int = 96, height: int = 64) -> bytes:
    """Make a PNG with a gradient and a dark bar, so that an edit of it is to be seen."""
    rows = b"".join(
        b"\x00" + b"".join(pixel(x, y, width, height) for x in range(width)) for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", stored(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in chunks)


def pixel(x: int, y: int, width: int, height: int) -> bytes:
    if width // 3 <= x < width // 2:
        return b"\x20\x20\x30"
    return bytes((255 * x // width, 255 * y // height, 160))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def stored(data: bytes) -> bytes:
    """Wrap bytes as a zlib stream without compression (RFC 1950, RFC 1951 section 3.2.4)."""
    pieces = [data[start : start + 65535] for start in range(0, len(data), 65535)]
    blocks = b"".join(
        struct.pack("<BHH", piece is pieces[-1], len(piece), len(piece) ^ 0xFFFF) + piece for piece in pieces
    )
    return b"\x78\x01" + blocks + struct.pack(">I", zlib.adler32(data))


def wav(seconds: float = 0.5, pitch: int = 220) -> bytes:
    """Make a mono WAV of 16-bit samples: a triangle wave, by integers alone."""
    period = RATE // pitch
    count = int(RATE * seconds)
    levels = (abs((step % period) * 4 - period * 2) - period for step in range(count))
    samples = b"".join(struct.pack("<h", level * 12000 // period) for level in levels)
    buffer = BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples)
    return buffer.getvalue()


def mp3(frames: int = 24) -> bytes:
    """Make silent MP3 frames: MPEG-1 layer III, 128 kbit/s, 44.1 kHz, 417 bytes each (ISO 11172-3, 2.4)."""
    return (b"\xff\xfb\x90\xc4" + bytes(413)) * frames


@lru_cache
def made(suffix: str) -> bytes:
    """Make the media that a suffix stands for; a picture for a suffix that is not known."""
    if suffix == ".wav":
        return wav()
    return mp3() if suffix == ".mp3" else png()


def known_kind(field: str) -> Kind | None:
    """Say which media a field of this endpoint takes, by the words in its name; None if they do not tell."""
    if "image" in field:
        return "image"
    if field == "file" or "voice" in field or "audio" in field:
        return "audio"
    return None


@lru_cache(maxsize=256)
def looks_like(data: bytes, kind: Kind | None) -> bool:
    """Say whether bytes decode wholly as the kind of media; False where the kind is not known."""
    if kind is None:
        return False
    try:
        picture(data) if kind == "image" else sound(data)
    except BrokenMediaError:
        return False
    return True
