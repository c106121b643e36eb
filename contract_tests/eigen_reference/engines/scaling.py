"""Resize pictures, in the one place where Pillow's types are not complete."""

from typing import Protocol, cast

from PIL import Image

Box = tuple[float, float, float, float]


class Resizable(Protocol):
    """`Image.resize`, whose own annotation asks for numpy."""

    def resize(
        self, size: tuple[int, int], resample: int | None = None, box: Box | None = None
    ) -> Image.Image:
        """Return a resized copy."""
        ...


def resize(image: Image.Image, size: tuple[int, int], box: Box | None = None) -> Image.Image:
    """Return `image`, or what `box` frames of it in pixels, at `size`."""
    return cast(Resizable, image).resize(size, Image.Resampling.BILINEAR, box)
