"""Decodes pictures: container walk first, then every pixel by Pillow."""

import warnings
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from eigen_contract.decoding.broken import BrokenMediaError
from eigen_contract.decoding.contents import Picture
from eigen_contract.decoding.limits import check_pixels
from eigen_contract.decoding.png import walk_png
from eigen_contract.decoding.riff import walk_riff

# `check_pixels` has the limit: Pillow's own is twice as high, and its message names no size.
Image.MAX_IMAGE_PIXELS = None


def picture(data: bytes) -> Picture:
    """Decode a picture wholly.

    Raises:
        BrokenMediaError: it is not a picture, or it is not whole.
    """
    if data.startswith(b"\x89PNG"):
        walk_png(data)
    elif data.startswith(b"RIFF"):
        walk_riff(data, b"WEBP")
    elif data.startswith(b"\xff\xd8") and not data.endswith(b"\xff\xd9"):
        raise BrokenMediaError("the JPEG is cut short: its end marker is missing")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(BytesIO(data)) as image:
                check_pixels(image.width, image.height)
                image.load()
                return Picture(str(image.format), image.width, image.height)
    except BrokenMediaError:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Warning) as error:
        raise BrokenMediaError(f"the picture does not decode: {error}") from error


def is_plain(data: bytes) -> bool:
    """Say whether a picture is of one colour; what does not decode is no picture, and so not plain."""
    try:
        with Image.open(BytesIO(data)) as image:
            check_pixels(image.width, image.height)
            return all(len(set(band.getextrema())) == 1 for band in image.convert("RGB").split())
    except (OSError, SyntaxError, ValueError):
        return False
