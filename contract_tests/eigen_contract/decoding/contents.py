"""What media hold, as plain values: a process of its own decodes them, and the judge compares these."""

from attrs import frozen

RATE = 24_000
"""Hertz to which samples are brought that are to be compared."""


@frozen
class Picture:
    """What a picture holds; sizes in pixels, format as Pillow names it."""

    format: str
    width: int
    height: int


@frozen
class Sound:
    """What a recording holds: hertz, channels, samples of one channel."""

    rate: int
    channels: int
    samples: int


@frozen
class Video:
    """What a video holds: pixels and frames."""

    width: int
    height: int
    frames: int
