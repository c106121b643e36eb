"""Pictures that the caller has open in Pillow. The client does not need Pillow, so it never imports it."""

import io
import sys
from typing import Any

from ..errors import ArgumentError


def is_pillow_image(value: object) -> bool:
    """Tell whether a value is a picture of Pillow; none can be unless its module is imported."""
    image_class = getattr(sys.modules.get("PIL.Image"), "Image", None)
    return isinstance(image_class, type) and isinstance(value, image_class)


def png_of(argument: str, image: Any) -> bytes:
    """Return a picture of Pillow as PNG, which loses nothing; raises ArgumentError that names `argument`."""
    file = io.BytesIO()
    try:
        image.save(file, "PNG")
    except (OSError, ValueError) as error:  # of a mode such as CMYK, closed, or from a broken file
        raise ArgumentError(
            f"{argument}: the picture cannot be written as PNG: {error}",
            hint="Give the file that it came from, or image.convert('RGB')",
        ) from error
    return file.getvalue()
