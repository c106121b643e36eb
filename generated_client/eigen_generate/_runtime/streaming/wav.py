"""WAV files around raw PCM samples."""

import struct
from typing import NamedTuple


class AudioFormat(NamedTuple):
    """The format of signed 16-bit little-endian PCM: sample rate in hertz and number of channels."""

    sample_rate: int = 24000
    channels: int = 1


# A size field is 32 bits wide, and the one of the RIFF chunk counts 36 bytes of the header as well.
MAX_PCM_SIZE = 0xFFFFFFFF - 36


def frame_size(audio_format: AudioFormat) -> int:
    """Return the bytes of one frame: a 16-bit sample for each channel."""
    return 2 * audio_format.channels


def make_wav(pcm: bytes, audio_format: AudioFormat) -> bytes:
    """Return a WAV file that holds `pcm`.

    An incomplete last frame is left out, because players take it for a damaged file. Raises ValueError over
    4 GiB.
    """
    pcm = pcm[: len(pcm) - len(pcm) % frame_size(audio_format)]
    return wav_header(len(pcm), audio_format) + pcm


def wav_header(pcm_size: int, audio_format: AudioFormat) -> bytes:
    """Return the 44-byte header of a WAV file with `pcm_size` bytes of samples.

    The layout is Microsoft's RIFF WAVE with format tag 1 (PCM) and 16 bits for each sample, see
    http://soundfile.sapp.org/doc/WaveFormat/. Raises ValueError over 4 GiB.
    """
    if pcm_size > MAX_PCM_SIZE:
        raise ValueError("a WAV file holds at most 4 GiB")
    sample_rate, channels = audio_format
    block_align = frame_size(audio_format)
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF", 36 + pcm_size, b"WAVE",
        b"fmt ", 16, 1, channels, sample_rate, sample_rate * block_align, block_align, 16,
        b"data", pcm_size,
    )  # fmt: skip
