"""The format of a WAV file, from its bytes."""

import struct
from typing import NamedTuple


class WavFormat(NamedTuple):
    """The sample rate in hertz, the number of channels, and the duration in seconds."""

    sample_rate: int
    channels: int
    duration: float


def read_wav_format(content: bytes) -> WavFormat | None:
    """Return the format of a WAV file; None if the content is none.

    The chunk `fmt ` stands before `data` (RIFF WAVE, see http://soundfile.sapp.org/doc/WaveFormat/). A file
    that was written as a stream may claim more samples than it has, so only those that are there count.
    """
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        return None
    position, sample_rate, channels, byte_rate = 12, 0, 0, 0
    while position + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, position)
        position += 8
        if name == b"fmt " and len(content) >= position + 16:
            _, channels, sample_rate, byte_rate = struct.unpack_from("<HHII", content, position)
        elif name == b"data":
            samples_size = min(size, len(content) - position)
            return WavFormat(sample_rate, channels, samples_size / byte_rate) if byte_rate else None
        position += size + size % 2  # chunks begin at even positions
    return None
