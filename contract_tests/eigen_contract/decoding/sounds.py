"""Decodes sound: WAV by a walk of its own, everything by FFmpeg through PyAV."""

import struct
from io import BytesIO

import av
from attrs import frozen
from av.error import FFmpegError

from eigen_contract.decoding.broken import BrokenMediaError
from eigen_contract.decoding.riff import walk_riff

PCM, EXTENSIBLE = 1, 0xFFFE


@frozen
class Sound:
    """What a recording holds: hertz, channels, samples of one channel."""

    rate: int
    channels: int
    samples: int


def sound(data: bytes) -> Sound:
    """Decode a recording wholly.

    Raises:
        BrokenMediaError: it is none, it is not whole, or it holds no sample.
    """
    if data.startswith(b"RIFF"):
        walk_wav(data)
    heard = decoded(data)
    if not heard.samples:
        raise BrokenMediaError("the recording has no samples")
    if data.startswith(b"fLaC"):
        count_flac(data, heard)
    return heard


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
        BrokenMediaError: it is none.
    """
    fmt = walk_riff(data, b"WAVE").get(b"fmt ", b"")
    if len(fmt) < 16:
        raise BrokenMediaError("the WAV has no fmt chunk")
    tag, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", fmt)
    if tag == EXTENSIBLE and len(fmt) >= 26:
        (tag,) = struct.unpack_from("<H", fmt, 24)
    kind = "PCM" if tag == PCM else f"format {tag}"
    return f"{kind} {bits} bit, {rate} Hz, {channels} channel{'s' if channels > 1 else ''}"


def count_flac(data: bytes, heard: Sound) -> None:
    """Check that a FLAC decodes to as many samples as it announces (RFC 9639, section 8.2); 0 is unknown."""
    announced = int.from_bytes(data[18:26], "big") & (2**36 - 1)
    if announced and heard.samples != announced:
        raise BrokenMediaError(f"the FLAC states {announced} samples; only {heard.samples} decode")


def decoded(data: bytes) -> Sound:
    """Decode the first audio stream to its end."""
    samples = 0
    try:
        with av.open(BytesIO(data), "r") as container:
            if not container.streams.audio:
                raise BrokenMediaError("it has no audio stream")
            stream = container.streams.audio[0]
            # Frames whose checksum is wrong are left out, and so are missing in the count.
            stream.codec_context.options = {"err_detect": "crccheck+explode"}
            for frame in container.decode(stream):
                samples += frame.samples
            return Sound(stream.rate or 0, stream.codec_context.channels, samples)
    except FFmpegError as error:
        raise BrokenMediaError(f"the sound does not decode: {error}") from error
