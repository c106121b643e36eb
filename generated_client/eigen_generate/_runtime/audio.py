"""PCM audio as a WAV file."""

import struct
from typing import NamedTuple


class AudioFormat(NamedTuple):
    """Signed 16-bit little-endian PCM: hertz and channels."""

    sample_rate: int = 24000
    channels: int = 1


# The size fields are 32 bits wide, and cover all but the first eight bytes.
_LARGEST = 0xFFFFFFFF - 36


def wav(pcm: bytes, form: AudioFormat) -> bytes:
    """Put a RIFF header before `pcm` (Microsoft RIFF WAVE, format tag 1, 16 bits a sample).

    A last sample that is not whole is left out. Raises ValueError over 4 GiB.
    """
    frame = 2 * form.channels
    pcm = pcm[: len(pcm) - len(pcm) % frame]
    if len(pcm) > _LARGEST:
        raise ValueError("a WAV file holds at most 4 GiB")
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF", 36 + len(pcm), b"WAVE",
        b"fmt ", 16, 1, form.channels, form.sample_rate, form.sample_rate * frame, frame, 16,
        b"data", len(pcm),
    )  # fmt: skip
    return head + pcm
