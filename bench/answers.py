"""What the servers of the bench answer: one body in which every SDK finds what its call promises."""

import base64
import json
import struct
import zlib

KEY = "test-key"


def _png() -> bytes:
    """Draw the smallest picture: one black point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


PNG = _png()
_BASE64 = base64.b64encode(PNG).decode()
JSON = json.dumps(
    {
        "turbo_image_base64": _BASE64,
        "image_base64": _BASE64,
        "audio_base64": _BASE64,
        "data": [{"b64_json": _BASE64}],
        "created": 0,
        "id": "one",
        "text": "It is done.",
    }
).encode()
JSON_HEADERS = {"Content-Type": "application/json", "Content-Length": str(len(JSON))}


def wav_header(size: int) -> bytes:
    """Begin a WAV file of `size` bytes in all: 24 kHz, mono, 16 bit."""
    form = struct.pack("<HHIIHH", 1, 1, 24000, 48000, 2, 16)
    return (
        b"RIFF"
        + struct.pack("<I", size - 8)
        + b"WAVEfmt "
        + struct.pack("<I", 16)
        + form
        + (b"data" + struct.pack("<I", size - 44))
    )
