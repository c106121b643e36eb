"""Walks a PNG chunk by chunk (W3C PNG, third edition, section 5)."""

import struct
import zlib

from eigen_contract.decoding.broken import BrokenMediaError

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def walk_png(data: bytes) -> None:
    """Check every chunk's length and CRC, that IHDR is first, IEND last, and that nothing follows it.

    Raises:
        BrokenMediaError: at the first fault, with its byte offset.
    """
    if not data.startswith(SIGNATURE):
        raise BrokenMediaError("the PNG signature is missing")
    kinds: list[bytes] = []
    offset = len(SIGNATURE)
    while offset < len(data):
        kind, offset = walk_chunk(data, offset)
        kinds.append(kind)
        if kind == b"IEND":
            break
    if kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"] or b"IDAT" not in kinds:
        raise BrokenMediaError(f"the PNG is incomplete at byte {offset}: IEND, IHDR or IDAT is missing")
    if offset != len(data):
        raise BrokenMediaError(f"the PNG ends at byte {offset}, but {len(data) - offset} more bytes follow")


def walk_chunk(data: bytes, offset: int) -> tuple[bytes, int]:
    """Check one chunk; return its type and where the next one starts."""
    if offset + 12 > len(data):
        raise BrokenMediaError(f"the PNG is cut short in a chunk at byte {offset}")
    (length,) = struct.unpack_from(">I", data, offset)
    end = offset + 12 + length
    if end > len(data):
        raise BrokenMediaError(f"the PNG is cut short in a chunk at byte {offset}")
    (crc,) = struct.unpack_from(">I", data, end - 4)
    if crc != zlib.crc32(data[offset + 4 : end - 4]):
        raise BrokenMediaError(f"the PNG chunk at byte {offset} has a wrong CRC")
    return data[offset + 4 : offset + 8], end
