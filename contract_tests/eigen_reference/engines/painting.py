"""Paint a flat landscape, in the manner of a cut-paper poster, with what the prompt names standing in it.

Flat areas are the point: they draw in milliseconds and compress to some 50 kB at 1024 by 1024.
"""

import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw

from . import chance, palette
from .palette import Palette, words
from .values import Number

Point = tuple[float, float]


class Canvas:
    """A picture being painted. Coordinates of its methods are fractions: x of the width, y of the height."""

    def __init__(self, size: tuple[int, int], colours: Palette, dice: random.Random) -> None:
        self.image = Image.new("RGB", size, colours.sky[0])
        self.colours = colours
        self.dice = dice
        self._draw = ImageDraw.Draw(self.image)
        self._width, self._height = size
        self._unit = min(size)

    def area(self, outline: list[Point], fill: palette.Rgb) -> None:
        """Fill a polygon."""
        self._draw.polygon([(x * self._width, y * self._height) for x, y in outline], fill=fill)

    def disc(self, centre: Point, radius: float, fill: palette.Rgb, squash: float = 1.0) -> None:
        """Fill a disc whose radius is a fraction of the shorter side; `squash` scales its height."""
        x, y, reach = centre[0] * self._width, centre[1] * self._height, radius * self._unit
        self._draw.ellipse((x - reach, y - reach * squash, x + reach, y + reach * squash), fill=fill)


Motif = Callable[[Canvas], None]


def paint(prompt: str, negative_prompt: str, size: tuple[int, int], seed: Number | None) -> Image.Image:
    """Paint `prompt`. Without a seed the words alone decide."""
    dice = chance.dice(prompt, negative_prompt, chance.settle(seed))
    canvas = Canvas(size, palette.choose(prompt, negative_prompt, dice), dice)
    _sky(canvas)
    _hills(canvas)
    for motif in _motifs(prompt, negative_prompt):
        motif(canvas)
    return canvas.image


def _motifs(prompt: str, negative_prompt: str) -> list[Motif]:
    unwanted = set(words(negative_prompt))
    named = [word.removesuffix("s") for word in words(prompt) if word not in unwanted]
    return list(dict.fromkeys(MOTIFS[word] for word in named if word in MOTIFS))


def _sky(canvas: Canvas) -> None:
    bands = canvas.colours.sky
    for step, colour in enumerate(bands):
        top = 0.6 * step / len(bands)
        canvas.area([(0, top), (1, top), (1, 1), (0, 1)], colour)
    canvas.disc(
        (0.15 + 0.7 * canvas.dice.random(), 0.12 + 0.2 * canvas.dice.random()), 0.07, canvas.colours.light
    )


def _hills(canvas: Canvas) -> None:
    for layer, colour in enumerate(canvas.colours.land):
        base = 0.42 + 0.1 * layer
        waves = [(canvas.dice.uniform(1, 4), canvas.dice.uniform(0, math.tau)) for _ in range(3)]
        ridge = [
            (x / 64, base - 0.035 * sum(math.sin(pace * math.tau * x / 64 + phase) for pace, phase in waves))
            for x in range(65)
        ]
        canvas.area([*ridge, (1, 1), (0, 1)], colour)


def _cat(canvas: Canvas) -> None:
    x, coat = 0.3 + 0.4 * canvas.dice.random(), canvas.colours.accent
    canvas.disc((x + 0.1, 0.74), 0.07, coat)
    canvas.disc((x, 0.84), 0.13, coat, squash=1.1)
    canvas.disc((x, 0.66), 0.085, coat)
    for side in (-1, 1):
        canvas.area([(x + side * 0.08, 0.54), (x + side * 0.015, 0.6), (x + side * 0.08, 0.66)], coat)
        canvas.disc((x + side * 0.033, 0.655), 0.015, canvas.colours.light)
        canvas.disc((x + side * 0.033, 0.655), 0.007, canvas.colours.land[-1])


def _flowers(canvas: Canvas) -> None:
    for _ in range(24):
        x, y = canvas.dice.random(), canvas.dice.uniform(0.82, 0.98)
        for petal in range(5):
            turn = math.tau * petal / 5
            canvas.disc(
                (x + 0.012 * math.cos(turn), y + 0.012 * math.sin(turn)), 0.009, canvas.colours.accent
            )
        canvas.disc((x, y), 0.007, canvas.colours.light)


def _trees(canvas: Canvas) -> None:
    for _ in range(9):
        x, foot = canvas.dice.random(), canvas.dice.uniform(0.7, 0.85)
        for tier in range(3):
            half, top = 0.05 - 0.01 * tier, foot - 0.08 - 0.05 * tier
            canvas.area([(x - half, top + 0.08), (x, top), (x + half, top + 0.08)], canvas.colours.land[-1])


def _houses(canvas: Canvas) -> None:
    for place in range(5):
        x, top = 0.1 + 0.17 * place, canvas.dice.uniform(0.56, 0.7)
        canvas.area([(x, top), (x + 0.11, top), (x + 0.11, 0.8), (x, 0.8)], canvas.colours.light)
        canvas.area([(x - 0.01, top), (x + 0.055, top - 0.06), (x + 0.12, top)], canvas.colours.accent)


def _birds(canvas: Canvas) -> None:
    for _ in range(7):
        x, y = canvas.dice.random(), canvas.dice.uniform(0.1, 0.35)
        for side in (-1, 1):
            canvas.area([(x, y), (x + side * 0.03, y - 0.02), (x + side * 0.015, y)], canvas.colours.land[-1])


def _stars(canvas: Canvas) -> None:
    for _ in range(60):
        spot = (canvas.dice.random(), canvas.dice.uniform(0, 0.4))
        canvas.disc(spot, canvas.dice.uniform(0.001, 0.004), canvas.colours.light)


MOTIFS: dict[str, Motif] = {
    "cat": _cat, "kitten": _cat, "tabby": _cat, "garden": _flowers, "flower": _flowers, "meadow": _flowers,
    "tree": _trees, "forest": _trees, "house": _houses, "city": _houses, "village": _houses, "bird": _birds,
    "star": _stars, "night": _stars, "space": _stars,
}  # fmt: skip
