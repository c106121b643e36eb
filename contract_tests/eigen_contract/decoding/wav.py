"""Reads how the samples of a WAV are written (Multimedia Programming Interface 1.0, chapter 3)."""

import struct

from eigen_contract.decoding.broken import BrokenMediaError
from eigen_contract.decoding.riff import walk_riff

PCM, EXTENSIBLE = 1, 0xFFFE


def walk_wav(data: bytes) -> None:
    """Check the chunks of a WAV: a format, and samples in whole frames."""
    chunks = walk_riff(data, b"WAVE")
    if len(chunks.get(b"fmt ", b"")) < 16 or b"data" not in chunks:
        raise BrokenMediaError("the WAV has no fmt chunk or no data chunk")
    block = struct.unpack_from("<H", chunks[b"fmt "], 12)[0]
    if not block or len(chunks[b"data"]) % block:
        raise BrokenMediaError("the data chunk of the WAV is not a whole number of frames")


def wav_format(data: bytes) -> str:
    """Say in a few words how the samples of a WAV are written; tag 0xFFFE names the real one later.

    Raises:
        BrokenMediaError: it is not a WAV file.
    """
    fmt = walk_riff(data, b"WAVE").get(b"fmt ", b"")
    if len(fmt) < 16:
        raise BrokenMediaError("the WAV has no fmt chunk")
    tag, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", fmt)
    if tag == EXTENSIBLE and len(fmt) >= 26:
        (tag,) = struct.unpack_from("<H", fmt, 24)
    kind = "PCM" if tag == PCM else f"format {tag}"
    return f"{kind} {bits} bit, {rate} Hz, {channels} channel{'s' if channels > 1 else ''}"
