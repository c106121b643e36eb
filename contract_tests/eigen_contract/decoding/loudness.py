"""How a recording goes on: what two recordings of the same speech share, whatever carries them."""

import sys
from array import array
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from math import sqrt

import av
from av.error import FFmpegError

from eigen_contract.decoding.broken import BrokenMediaError

Samples = Sequence[int]
RATE = 24_000
"""Hertz to which everything is brought."""
WINDOWS = 40
"""Parts that a recording is cut into: of three seconds, each is longer than a codec's delay."""
SILENT = 30.0
"""Root mean square below which 16-bit samples are silence: a thousandth of full scale."""


def samples_of(data: bytes, media_type: str) -> Samples:
    """Return a recording as 16-bit samples of one channel at `RATE`; bare samples are taken as they are.

    Raises:
        BrokenMediaError: it does not decode.
    """
    if media_type == "audio/pcm":
        return little(data)
    found = bytearray()
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    try:
        with av.open(BytesIO(data), "r") as container:
            for frame in container.decode(audio=0):
                for part in resampler.resample(frame):
                    found += bytes(part.planes[0])[: part.samples * 2]
            for part in resampler.resample(None):
                found += bytes(part.planes[0])[: part.samples * 2]
    except (FFmpegError, IndexError) as error:
        raise BrokenMediaError(f"the sound does not decode: {error}") from error
    return array("h", bytes(found))


def little(data: bytes) -> Samples:
    """Read little-endian samples; half a one at the end is left out."""
    samples = array("h", data[: len(data) & ~1])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def loudness(samples: Samples) -> tuple[float, ...]:
    """Return the root mean square of each of `WINDOWS` equal parts."""
    size = max(1, len(samples) // WINDOWS)
    parts = (samples[start * size : (start + 1) * size] for start in range(WINDOWS))
    return tuple(sqrt(sum(level * level for level in part) / max(1, len(part))) for part in parts)


def is_silent(samples: Samples) -> bool:
    """Say whether nothing is to be heard anywhere."""
    return max(loudness(samples)) < SILENT


def likeness(first: Samples, second: Samples) -> float:
    """Return how far two recordings are loud and soft at the same places: the correlation, at most 1."""
    one, other = centred(loudness(first)), centred(loudness(second))
    size = sqrt(sum(level * level for level in one) * sum(level * level for level in other))
    return sum(a * b for a, b in zip(one, other, strict=True)) / size if size else 0.0


def centred(levels: tuple[float, ...]) -> tuple[float, ...]:
    middle = sum(levels) / len(levels)
    return tuple(level - middle for level in levels)


def smoothness(samples: Samples) -> float:
    """Return how near each sample is to the next: their correlation, near 1 in speech and near 0 in noise."""
    energy = sum(level * level for level in samples)
    beside = sum(level * after for level, after in pairwise(samples))
    return beside / energy if energy else 0.0
