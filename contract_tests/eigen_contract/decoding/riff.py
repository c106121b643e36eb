"""Walks a RIFF container, which both WAV and WebP are (Multimedia Programming Interface 1.0, chapter 2)."""

import struct

from eigen_contract.decoding.broken import BrokenMediaError


def walk_riff(data: bytes, form: bytes) -> dict[bytes, bytes]:
    """Return the chunks of a RIFF file by their four letters; the first of each name.

    Raises:
        BrokenMediaError: it is no such form, or a size does not fit the bytes.
    """
    if len(data) < 12 or data[:4] != b"RIFF" or data[8:12] != form:
        raise BrokenMediaError(f"the RIFF header of {form.decode()} is missing")
    (size,) = struct.unpack_from("<I", data, 4)
    if size + 8 != len(data):
        raise BrokenMediaError(f"the RIFF header states {size + 8} bytes; there are {len(data)}")
    chunks: dict[bytes, bytes] = {}
    offset = 12
    while offset < len(data):
        if offset + 8 > len(data):
            raise BrokenMediaError(f"the RIFF file is cut short in a chunk header at byte {offset}")
        name, length = data[offset : offset + 4], struct.unpack_from("<I", data, offset + 4)[0]
        if offset + 8 + length > len(data):
            raise BrokenMediaError(f"the RIFF chunk at byte {offset} is cut short")
        chunks.setdefault(name, data[offset + 8 : offset + 8 + length])
        offset += 8 + length + length % 2
    return chunks
