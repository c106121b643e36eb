"""Decodes sound: WAV by a walk of its own, everything by FFmpeg through PyAV."""

from io import BytesIO

import av
from av.error import FFmpegError

from eigen_contract.decoding.broken import BrokenMediaError
from eigen_contract.decoding.contents import RATE, Sound
from eigen_contract.decoding.limits import check_samples
from eigen_contract.decoding.wav import walk_wav


def sound(data: bytes) -> Sound:
    """Decode a recording wholly.

    Raises:
        BrokenMediaError: it is not a recording, it is not whole, or it holds no sample.
    """
    if data.startswith(b"RIFF"):
        walk_wav(data)
    heard = decoded(data)
    if not heard.samples:
        raise BrokenMediaError("the recording has no samples")
    if data.startswith(b"fLaC"):
        count_flac(data, heard)
    return heard


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
                check_samples(samples, stream.rate or 0)
            return Sound(stream.rate or 0, stream.codec_context.channels, samples)
    except FFmpegError as error:
        raise BrokenMediaError(f"the sound does not decode: {error}") from error


def samples_of(data: bytes) -> bytes:
    """Return a recording as 16-bit samples of one channel at `RATE`, in the byte order of this machine.

    Raises:
        BrokenMediaError: it does not decode.
    """
    samples = bytearray()
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    try:
        with av.open(BytesIO(data), "r") as container:
            for frame in container.decode(audio=0):
                for part in resampler.resample(frame):
                    samples += bytes(part.planes[0])[: part.samples * 2]
                    check_samples(len(samples) // 2, RATE)
            for part in resampler.resample(None):
                samples += bytes(part.planes[0])[: part.samples * 2]
    except (FFmpegError, IndexError) as error:
        raise BrokenMediaError(f"the sound does not decode: {error}") from error
    return bytes(samples)
