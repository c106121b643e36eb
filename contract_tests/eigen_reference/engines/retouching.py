"""Change a picture as an instruction says: the effects that its words name or, if it names none, a tint."""

from collections.abc import Callable

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from . import chance, palette
from .palette import COLOURS, Rgb, words
from .values import Edit

Effect = Callable[[Image.Image], Image.Image]


def retouch(image: Image.Image, request: Edit) -> Image.Image:
    """Return a changed copy of `image`; the size stays. Something visible changes whatever the words are."""
    unwanted = set(words(request.negative_prompt))
    wanted = [word for word in dict.fromkeys(words(request.prompt)) if word not in unwanted]
    for word in wanted:
        if word in EFFECTS:
            image = EFFECTS[word](image)
    dice = chance.dice(request.prompt, request.negative_prompt, chance.settle(request.seed))
    named = [COLOURS[word] for word in wanted if word in COLOURS]
    tint = palette.rgb(*(named[0] if named else (dice.random(), 0.7, 0.8)))
    image = _tint(image, tint, 0.15 + 0.6 * request.strength)
    _mat(image, tint, corner=dice.randrange(4))
    return image


def _tint(image: Image.Image, colour: Rgb, amount: float) -> Image.Image:
    toned = ImageOps.colorize(ImageOps.grayscale(image), black="black", mid=colour, white="white")
    return Image.blend(image, toned, amount)


def _mat(image: Image.Image, colour: Rgb, corner: int) -> None:
    """Put a coloured triangle in one corner, so that even a one-coloured picture shows that it was edited."""
    side = max(2, min(image.size) // 6)
    x, y = (0, image.width)[corner % 2], (0, image.height)[corner // 2]
    inward = (1 - 2 * (corner % 2)) * side, (1 - 2 * (corner // 2)) * side
    ImageDraw.Draw(image).polygon([(x, y), (x + inward[0], y), (x, y + inward[1])], fill=colour)


def _grey(image: Image.Image) -> Image.Image:
    return ImageOps.grayscale(image).convert("RGB")


def _sepia(image: Image.Image) -> Image.Image:
    return ImageOps.colorize(ImageOps.grayscale(image), black=(30, 18, 8), white=(255, 236, 205))


EFFECTS: dict[str, Effect] = {
    "grayscale": _grey, "greyscale": _grey, "monochrome": _grey, "sepia": _sepia, "vintage": _sepia,
    "invert": ImageOps.invert, "negative": ImageOps.invert, "mirror": ImageOps.mirror, "flip": ImageOps.flip,
    "blur": lambda image: image.filter(ImageFilter.GaussianBlur(min(image.size) / 100)),
    "sharpen": lambda image: image.filter(ImageFilter.SHARPEN),
    "sketch": lambda image: ImageOps.invert(_grey(image.filter(ImageFilter.FIND_EDGES))),
    "poster": lambda image: ImageOps.posterize(image, 2),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.4),
    "darker": lambda image: ImageEnhance.Brightness(image).enhance(0.6),
    "vivid": lambda image: ImageEnhance.Color(image).enhance(1.8),
}  # fmt: skip
