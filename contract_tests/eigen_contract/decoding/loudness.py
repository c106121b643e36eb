"""How a recording goes on: what two recordings of the same speech share, whatever carries them."""

import sys
from array import array
from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

from eigen_contract.decoding.containment import decode_contained

Samples = Sequence[int]
WINDOWS = 40
"""Parts that a recording is cut into: of three seconds, each is longer than a codec's delay."""
SILENT = 30.0
"""Root mean square below which 16-bit samples are silence: a thousandth of full scale."""


def samples_of(data: bytes, media_type: str) -> Samples:
    """Return a recording as 16-bit samples of one channel at 24 kHz; bare samples are taken as they are.

    Raises:
        BrokenMediaError: it does not decode.
    """
    if media_type == "audio/pcm":
        return little(data)
    return array("h", decode_contained("samples", data).data)


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
