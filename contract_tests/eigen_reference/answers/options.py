"""Read the options that the contract leaves open.

A value that no engine knows gives the default: "(if supported)".
"""

import base64
import binascii
import math
import re
from typing import Any, Literal

from ..engines.values import DEFAULT_SIDE, Number, Source
from ..problems import member_problem

SIDES = (16, 2048)
"""Pixels, smallest and largest that is drawn."""
IMAGE_FORMATS = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "webp": "webp"}

KNOBS = {
    "rank": 32,
    "lora_strength": 1,
    "true_cfg_scale": 4,
    "guidance_scale": 1,
    "sample_guide_scale": 1,
    "num_inference_steps": 30,
    "sample_steps": 30,
}
"""Members that make an edit stronger, and their usual values; those that no source states are ours."""


def picture_size(values: dict[str, Any]) -> tuple[int, int]:
    """Return width and height: the members of those names win over `size`, such as `1024x768`."""
    match = re.fullmatch(r"\s*(\d{1,6})\s*[xX*]\s*(\d{1,6})\s*", str(values.get("size", "")))
    width, height = (int(match[1]), int(match[2])) if match else (DEFAULT_SIDE, DEFAULT_SIDE)
    return _side(values.get("width", width)), _side(values.get("height", height))


def _side(pixels: Number) -> int:
    return int(min(max(pixels, SIDES[0]), SIDES[1]))


def image_format(values: dict[str, Any]) -> str:
    """Return `png`, `jpeg` or `webp`."""
    return IMAGE_FORMATS.get(str(values.get("output_format", "")).lower().lstrip("."), "png")


def number(values: dict[str, Any], name: str, default: float, low: float, high: float) -> float:
    """Return a numeric member, kept between `low` and `high`."""
    value = values.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return default
    return float(min(max(value, low), high))


def seed(values: dict[str, Any]) -> Number | None:
    """Return the seed, or None if there is none that is a number."""
    value = values.get("seed")
    return None if isinstance(value, bool) or not isinstance(value, int | float) else value


def strength(values: dict[str, Any]) -> float:
    """Return how strong an edit is, 0 to 1: each knob pulls a little around its usual value."""
    pulls = [
        math.tanh((number(values, name, usual, -1e6, 1e6) - usual) / (4 * usual))
        for name, usual in KNOBS.items()
    ]
    return 0.5 + 0.5 * sum(pulls) / len(pulls)


def referenced(name: Literal["image_path", "image_url"], reference: str) -> Source:
    """Return the source that a reference stands for.

    Nothing is fetched; a `data:` URL (RFC 2397) is decoded.
    """
    if reference[:5].lower() != "data:":
        return Source(name, reference=reference)
    head, comma, data = reference.partition(",")
    try:
        if not comma or not head.lower().endswith(";base64"):
            raise ValueError(head)
        return Source(name, base64.b64decode(data, validate=True))
    except (binascii.Error, ValueError) as error:
        raise member_problem(name, f"{name} is a data: URL without valid base64") from error
