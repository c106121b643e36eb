"""Draw and edit pictures with Pillow."""

import importlib
import io
import warnings
from collections.abc import Generator
from contextlib import contextmanager, suppress

from PIL import Image, ImageEnhance, ImageOps

from . import chance, palette
from .errors import DearWorkError, InputTooLongError, UnreadableInputError, needs
from .painting import paint
from .retouching import retouch
from .scaling import resize
from .values import Drawing, Edit, Source

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "ICO", "PPM", "JPEG2000", "PCX", "QOI", "TGA")
"""What may be uploaded. TGA comes last, because it has no signature.

Pillow knows more, but some of those start other programs (EPS) or read other files.
"""
HEIF = "HEIF"
"""What phones take pictures in. Pillow learns it from a package of its own."""
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
TAKEN = ", ".join([*FORMATS, "HEIC"])
MAX_SIDE = 16_383
"""Pixels. The longest side of a WebP, and so of a picture that can be answered in every format."""
MAX_PIXELS = 40_000_000
"""A small file can unpack to a picture that fills the memory; this is more than a camera makes."""
MOST_PIXELS = 100_000_000
"""Of all pictures of one request: nine pictures of a camera fit, nine of MAX_PIXELS would take seconds."""
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
    first, *others = request.sources
    image = retouch(_shrink(open_source(first), request.megapixels), request)
    for place, other in enumerate(others):
        _inset(image, open_source(other), place)  # opened one at a time: each may take 160 MB
    return encode(image, request.image_format)


def measure(sources: tuple[Source, ...], cheap_pixels: int = MOST_PIXELS) -> None:
    """Judge uploads by their headers, before any is decoded.

    Raises UnreadableInputError; InputTooLongError for more than this server takes; DearWorkError for more
    than `cheap_pixels` together.
    """
    pixels = 0
    for source in sources:
        if source.content is not None:
            with _opened(source) as image:
                pixels += image.width * image.height
            if pixels > MOST_PIXELS:
                raise InputTooLongError(
                    f"the pictures have more than {MOST_PIXELS // 10**6} megapixels together", source.name
                )
    if pixels > cheap_pixels:
        raise DearWorkError


def open_source(source: Source) -> Image.Image:
    """Return the source as an upright RGB picture.

    Raises UnreadableInputError, InputTooLongError, naming its field.
    """
    if source.content is None:
        return paint(source.reference, "", (STAND_IN_SIDE, STAND_IN_SIDE), None)
    with _opened(source) as image, _readable(source):
        image.load()
        with suppress(Exception):  # EXIF that is broken says nothing, and the picture is there all the same
            ImageOps.exif_transpose(image, in_place=True)
        upright = image.convert("RGB")
    # A profile or a transparent colour of the source's mode would be saved with the result.
    upright.info.clear()
    return upright


def _opened(source: Source) -> Image.Image:
    """Read an upload's header. Raises UnreadableInputError, InputTooLongError."""
    content = source.content or b""
    formats = (HEIF, *FORMATS) if _is_heif(content) else FORMATS
    if HEIF in formats:
        _learn_heif()
    with _readable(source):
        image = Image.open(io.BytesIO(content), formats=formats)
    if image.width * image.height > MAX_PIXELS:
        raise _too_large(source)
    if max(image.size) > MAX_SIDE:
        raise InputTooLongError(f"{source.name} has a side of more than {MAX_SIDE} pixels", source.name)
    return image


def _is_heif(content: bytes) -> bool:
    """Return whether a file says that it is HEIF (ISO 23008-12, section 10)."""
    return content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS


def _learn_heif() -> None:
    """Let Pillow open HEIF. Its package is loaded by the first such picture, because few are."""
    with needs("pillow-heif"):
        importlib.import_module("pillow_heif.HeifImagePlugin")  # it has no types, and registers itself


@contextmanager
def _readable(source: Source) -> Generator[None]:
    try:
        with warnings.catch_warnings():
            # What Pillow finds odd about an upload is nothing for the server's log.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(source) from error
    except MemoryError:
        raise
    except Exception as error:
        # Pillow's decoders raise whatever they trip over: OSError, ValueError, struct.error and more.
        raise UnreadableInputError(
            f"{source.name} is not a picture that can be decoded; taken are {TAKEN}", source.name
        ) from error


def _too_large(source: Source) -> InputTooLongError:
    return InputTooLongError(f"{source.name} has more than {MAX_PIXELS // 10**6} megapixels", source.name)


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
