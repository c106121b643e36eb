import struct
from typing import NamedTuple


class AudioFormat(NamedTuple):
    sample_rate: int = 24000
    channels: int = 1


_LARGEST = 0xFFFFFFFF - 36


def wav(pcm: bytes, form: AudioFormat) -> bytes:
    pcm = pcm[: len(pcm) - len(pcm) % (2 * form.channels)]
    return header(len(pcm), form) + pcm


def header(size: int, form: AudioFormat) -> bytes:
    if size > _LARGEST:
        raise ValueError("a WAV file holds at most 4 GiB")
    frame = 2 * form.channels
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF", 36 + size, b"WAVE",
        b"fmt ", 16, 1, form.channels, form.sample_rate, form.sample_rate * frame, frame, 16,
        b"data", size,
    )
