"""Colours of a picture, steered by the words of its prompt."""

import colorsys
import random
import re

from attrs import frozen

Rgb = tuple[int, int, int]
Hsv = tuple[float, float, float]

COLOURS: dict[str, Hsv] = {
    "red": (0.0, 0.8, 0.85),
    "crimson": (0.97, 0.85, 0.7),
    "orange": (0.07, 0.85, 0.95),
    "amber": (0.11, 0.8, 0.95),
    "yellow": (0.14, 0.8, 0.97),
    "gold": (0.13, 0.7, 0.85),
    "green": (0.35, 0.65, 0.65),
    "teal": (0.49, 0.7, 0.6),
    "turquoise": (0.48, 0.6, 0.8),
    "cyan": (0.5, 0.7, 0.85),
    "blue": (0.6, 0.75, 0.8),
    "navy": (0.63, 0.8, 0.4),
    "indigo": (0.7, 0.7, 0.55),
    "purple": (0.78, 0.6, 0.65),
    "violet": (0.76, 0.55, 0.75),
    "pink": (0.93, 0.45, 0.95),
    "magenta": (0.86, 0.8, 0.85),
    "brown": (0.07, 0.6, 0.45),
    "beige": (0.1, 0.2, 0.9),
    "white": (0.1, 0.03, 0.98),
    "grey": (0.6, 0.05, 0.6),
    "gray": (0.6, 0.05, 0.6),
    "black": (0.6, 0.1, 0.12),
}
PLACES: dict[str, float] = {
    "sea": 0.56,
    "ocean": 0.56,
    "lake": 0.54,
    "beach": 0.12,
    "desert": 0.09,
    "forest": 0.33,
    "garden": 0.3,
    "meadow": 0.27,
    "jungle": 0.36,
    "snow": 0.58,
    "winter": 0.58,
    "autumn": 0.06,
    "sunset": 0.04,
    "dawn": 0.95,
    "space": 0.72,
    "city": 0.62,
    "mars": 0.02,
}
DARK = frozenset({"night", "dark", "midnight", "space", "moon", "moonlit", "stars", "starry"})
BRIGHT = frozenset({"sunlit", "sunny", "bright", "day", "noon", "summer"})


@frozen
class Palette:
    """Colours: the sky from its top down, its light, the land from far to near, and one that stands out."""

    sky: tuple[Rgb, ...]
    light: Rgb
    land: tuple[Rgb, ...]
    accent: Rgb


def words(text: str) -> list[str]:
    """Return the lower-case words of `text`, in order."""
    return re.findall(r"[a-z]+", text.lower())


def rgb(hue: float, saturation: float, value: float) -> Rgb:
    """Convert a colour; the hue wraps around, the others are cut to 0 and 1."""
    red, green, blue = colorsys.hsv_to_rgb(hue % 1.0, min(max(saturation, 0), 1), min(max(value, 0), 1))
    return round(red * 255), round(green * 255), round(blue * 255)


def choose(prompt: str, negative_prompt: str, dice: random.Random) -> Palette:
    """Choose colours: words of `negative_prompt` take away what the same words of `prompt` would bring."""
    unwanted = frozenset(words(negative_prompt))
    wanted = [word for word in words(prompt) if word not in unwanted]
    named = [COLOURS[word] for word in wanted if word in COLOURS]
    places = [PLACES[word] for word in wanted if word in PLACES]
    ground = places[0] if places else dice.random()
    accent = named[0] if named else ((ground + 0.4 + 0.2 * dice.random()) % 1.0, 0.75, 0.9)
    return _blend(
        ground, accent, dark=not DARK.isdisjoint(wanted), bright=not BRIGHT.isdisjoint(wanted), dice=dice
    )


def _blend(ground: float, accent: Hsv, *, dark: bool, bright: bool, dice: random.Random) -> Palette:
    top = 0.16 if dark else 0.95 if bright else 0.82
    sky_hue = ground + 0.25 + 0.3 * dice.random()
    sky = tuple(
        rgb(sky_hue + (accent[0] - sky_hue) * step * 0.05, 0.5 - step * 0.05, top + step * 0.03)
        for step in range(6)
    )
    near = 0.12 if dark else 0.3
    land = tuple(
        rgb(
            ground + 0.02 * layer * (dice.random() - 0.5),
            0.3 + 0.1 * layer,
            top * 0.85 - (top * 0.85 - near) * layer / 5,
        )
        for layer in range(6)
    )
    return Palette(sky=sky, light=rgb(0.12, 0.1 if dark else 0.3, 0.99), land=land, accent=rgb(*accent))
