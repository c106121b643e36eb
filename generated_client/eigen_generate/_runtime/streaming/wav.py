"""WAV files around bare samples."""

import struct
from typing import NamedTuple


class AudioFormat(NamedTuple):
    """Signed 16-bit little-endian PCM: hertz and channels."""

    sample_rate: int = 24000
    channels: int = 1


# The size fields are 32 bits wide, and cover all but the first eight bytes.
_LARGEST = 0xFFFFFFFF - 36


def wav(pcm: bytes, form: AudioFormat) -> bytes:
    """Put a RIFF header before `pcm`.

    A last sample that is not whole is left out. Raises ValueError over 4 GiB.
    """
    pcm = pcm[: len(pcm) - len(pcm) % (2 * form.channels)]
    return header(len(pcm), form) + pcm


def header(size: int, form: AudioFormat) -> bytes:
    """Give the header for `size` bytes of samples (Microsoft RIFF WAVE, format tag 1, 16 bits a sample).

    Raises ValueError over 4 GiB.
    """
    if size > _LARGEST:
        raise ValueError("a WAV file holds at most 4 GiB")
    frame = 2 * form.channels
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF", 36 + size, b"WAVE",
        b"fmt ", 16, 1, form.channels, form.sample_rate, form.sample_rate * frame, frame, 16,
        b"data", size,
    )  # fmt: skip
