"""Audio with PyAV: decode any common container, change the sample rate, encode. Samples are 16 bit mono."""

import io

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from .errors import EngineError, UnreadableInputError
from .muxing import FileWriter

SAMPLE_RATE = 24_000
"""Hertz, of all speech that is sent out."""
DEMUXERS = "wav,w64,mp3,flac,ogg,mov,mp4,m4a,3gp,matroska,webm,aac,aiff,au,caf,amr,asf,ac3,tta,wv"
"""What may be uploaded. FFmpeg also knows playlists, and would open the files and URLs that they name."""
TAKEN = "WAV, MP3, FLAC, Ogg, MP4, Matroska, WebM, AAC, AIFF, AU, CAF, AMR, AC-3, TTA, WavPack and WMA"
"""The same in words."""
RATES = (4_000, 384_000)
"""Hertz, lowest and highest that is taken. A file of 8 kB at 10 Hz would be resampled to gigabytes."""
MOST_CHANNELS = 8
CODECS = {
    "mp3": ("mp3", "libmp3lame"),
    "flac": ("flac", "flac"),
    "aac": ("adts", "aac"),
    "opus": ("ogg", "libopus"),
}
"""Container and encoder by `response_format`."""


def decode(recording: bytes, rate: int, name: str, most_seconds: float) -> tuple[bytes, float]:
    """Return at most `most_seconds` of samples at `rate` hertz, and how many seconds the recording lasts.

    Raises UnreadableInputError, naming the field `name`.
    """
    try:
        samples, announced = _decode(recording, rate, name, most_seconds)
    except (EngineError, MemoryError):
        raise
    except Exception as error:
        # FFmpeg's demuxers and decoders raise many kinds of errors; all say that this is no audio for us.
        raise UnreadableInputError(
            f"{name} is not a recording that can be decoded; taken are {TAKEN}", name
        ) from error
    if not samples:
        raise UnreadableInputError(f"{name} holds no audio", name)
    seconds = len(samples) / 2 / rate
    # A header may announce anything, so it is believed only beyond what was decoded.
    return samples[: round(most_seconds * rate) * 2], announced if seconds >= most_seconds else seconds


def _decode(recording: bytes, rate: int, name: str, most_seconds: float) -> tuple[bytes, float]:
    """Return samples up to the frame that reaches `most_seconds`, and the seconds that are announced."""
    options = {"format_whitelist": DEMUXERS, "protocol_whitelist": "none"}
    resampler = AudioResampler(format="s16", layout="mono", rate=rate)
    samples = bytearray()
    decoded = 0
    with av.open(io.BytesIO(recording), "r", options=options) as container:
        stream = container.streams.audio[0]
        _judge(name, stream.codec_context.sample_rate, stream.codec_context.channels)
        for frame in container.decode(stream):
            # The header may say otherwise than the frames, and both are the sender's.
            _judge(name, frame.sample_rate, frame.layout.nb_channels)
            decoded += frame.samples
            samples += b"".join(_bytes(part) for part in resampler.resample(frame))
            if len(samples) >= most_seconds * rate * 2:
                break
        else:
            samples += b"".join(_bytes(part) for part in resampler.resample(None))
        # The resampler keeps back a millisecond; a recording of no more than that is still one.
        return bytes(samples) or bytes(2 * min(decoded, 1)), max(
            (container.duration or 0) / av.time_base, most_seconds
        )


def _judge(name: str, rate: int, channels: int) -> None:
    """Refuse what would be resampled to many times its size. A rate of 0 is not known yet."""
    if rate and not RATES[0] <= rate <= RATES[1]:
        raise UnreadableInputError(
            f"{name} has {rate} samples a second; taken are {RATES[0]} to {RATES[1]}", name
        )
    if channels > MOST_CHANNELS:
        raise UnreadableInputError(f"{name} has {channels} channels; taken are up to {MOST_CHANNELS}", name)


def resample(samples: bytes, source: int, target: int) -> bytes:
    """Return `samples` at another rate, with the filter that FFmpeg uses by default."""
    if not samples or source == target:
        return samples
    resampler = AudioResampler(format="s16", layout="mono", rate=target)
    parts = [*resampler.resample(_frame(samples, source)), *resampler.resample(None)]
    return b"".join(_bytes(part) for part in parts)


def encode(samples: bytes, audio_format: str) -> bytes:
    """Return a file in one of CODECS; the same samples give the same bytes."""
    container_format, codec = CODECS[audio_format]
    rate = 48_000 if audio_format == "opus" else SAMPLE_RATE  # Opus counts in 48 kHz (RFC 7845, section 5.1)
    samples = resample(samples, SAMPLE_RATE, rate)
    writer = FileWriter(container_format)
    stream = writer.add_stream(codec, rate, layout="mono")
    resampler = AudioResampler(
        format=stream.format, layout="mono", rate=rate, frame_size=stream.frame_size or 1024
    )
    return writer.finish([*resampler.resample(_frame(samples, rate)), *resampler.resample(None)])


def _frame(samples: bytes, rate: int) -> AudioFrame:
    frame = AudioFrame(format="s16", layout="mono", samples=len(samples) // 2)
    frame.planes[0].update(samples)
    frame.sample_rate = rate
    return frame


def _bytes(frame: AudioFrame) -> bytes:
    return bytes(frame.planes[0])[: frame.samples * 2]
