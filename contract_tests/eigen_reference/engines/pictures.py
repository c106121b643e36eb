"""Draw and edit pictures with Pillow."""

import io

from PIL import Image, ImageEnhance, ImageOps

from . import chance, palette
from .errors import InputTooLongError, UnreadableInputError
from .painting import paint
from .retouching import retouch
from .scaling import resize
from .values import Drawing, Edit, Source

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
"""What may be uploaded.

Pillow knows more, but some of those start other programs (EPS) or read other files.
"""
MAX_PIXELS = 40_000_000
"""A small file can unpack to a picture that fills the memory; this is more than a camera makes."""
STAND_IN_SIDE = 512
"""Side in pixels of a picture that stands for a URL."""


def draw(drawing: Drawing) -> bytes:
    """Return a PNG of the drawing."""
    size = (drawing.width, drawing.height)
    image = paint(drawing.prompt, drawing.negative_prompt, size, drawing.seed)
    if drawing.contrast != 1.0:
        image = ImageEnhance.Contrast(image).enhance(drawing.contrast)
    return encode(image, "png")


def edit(request: Edit) -> bytes:
    """Return the first source changed as the prompt says, in the format asked for.

    The size stays, unless `megapixels` asks for less. Raises UnreadableInputError, InputTooLongError.
    """
    first, *others = (open_source(source) for source in request.sources)
    image = _shrink(first, request.megapixels)
    image = retouch(image, request)
    for place, other in enumerate(others):
        _inset(image, other, place)
    return encode(image, request.image_format)


def open_source(source: Source) -> Image.Image:
    """Return the source as an upright RGB picture.

    Raises UnreadableInputError, InputTooLongError, naming its field.
    """
    if source.content is None:
        return paint(source.reference, "", (STAND_IN_SIDE, STAND_IN_SIDE), None)
    try:
        with Image.open(io.BytesIO(source.content), formats=FORMATS) as image:
            if image.width * image.height <= MAX_PIXELS:
                upright = ImageOps.exif_transpose(image).convert("RGB")
                # A profile or a transparent colour of the source's mode would be saved with the result.
                upright.info.clear()
                return upright
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        pass
    except Exception as error:
        # Pillow's decoders raise whatever they trip over: OSError, ValueError, struct.error and more.
        raise UnreadableInputError(
            f"{source.name} is not a picture that can be decoded", source.name
        ) from error
    raise InputTooLongError(f"{source.name} has more than {MAX_PIXELS // 10**6} megapixels", source.name)


def encode(image: Image.Image, image_format: str) -> bytes:
    """Return the picture as `png`, `jpeg` or `webp`, favouring speed over size."""
    buffer = io.BytesIO()
    options = {"png": {"compress_level": 1}, "jpeg": {"quality": 88}, "webp": {"quality": 85, "method": 0}}
    image.save(buffer, image_format, **options[image_format])
    return buffer.getvalue()


def _shrink(image: Image.Image, megapixels: float | None) -> Image.Image:
    pixels = image.width * image.height
    if megapixels is None or megapixels <= 0 or pixels <= megapixels * 1e6:
        return image
    scale = (megapixels * 1e6 / pixels) ** 0.5
    return resize(image, (max(1, round(image.width * scale)), max(1, round(image.height * scale))))


def _inset(image: Image.Image, other: Image.Image, place: int) -> None:
    """Lay a further source over the lower edge, as the `place`-th of at most eight."""
    side = max(3, min(image.width // 9, image.height))
    frame = palette.rgb(chance.fraction(place), 0.6, 0.9)
    tile = ImageOps.expand(ImageOps.fit(other, (side - 2, side - 2)), border=1, fill=frame)
    image.paste(tile, (round((place + 0.5) * side), image.height - side))
