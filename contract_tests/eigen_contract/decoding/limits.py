"""How much of a medium is decoded. What asks for more is a finding about the answer, and is not decoded.

Each limit is several times what the contract lets a server answer, and so much that a decoder of it stays
within the memory that `worker` allows itself.
"""

from eigen_contract.decoding.broken import BrokenMediaError

PIXELS = 40_000_000
"""Of a picture or of one frame; the contract allows 2048 x 2048, and a frame of 8K has 33 million."""
FRAMES = 10_000
"""Of a video: more than five minutes at 30 frames a second."""
SECONDS = 1200
"""Of a recording. Samples at 24 kHz take 58 MB then."""


def check_pixels(width: int, height: int) -> None:
    """Refuse a picture before it is decoded. Raises BrokenMediaError if it is too large."""
    if width * height > PIXELS:
        raise BrokenMediaError(
            f"it is {width} x {height} pixels large; the judge decodes at most {PIXELS // 1_000_000} million"
        )


def check_frames(frames: int) -> None:
    """Refuse to decode further. Raises BrokenMediaError if a video has too many frames."""
    if frames > FRAMES:
        raise BrokenMediaError(f"it has more than {FRAMES} frames, which is more than the judge decodes")


def check_samples(samples: int, rate: int) -> None:
    """Refuse to decode further. Raises BrokenMediaError if a recording is too long.

    Args:
        rate: hertz; 0 if it is not known.
    """
    # Audio hardware ends at 192 kHz, but a container may state any rate.
    if samples > SECONDS * min(rate or 192_000, 192_000):
        raise BrokenMediaError(f"it lasts longer than {SECONDS} s, which is more than the judge decodes")
