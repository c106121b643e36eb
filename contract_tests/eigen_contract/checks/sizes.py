"""Sizes: a picture is as wide and as high as was asked for."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from eigen_contract.checks.context import CheckContext
from eigen_contract.decoding import BrokenMediaError, picture
from eigen_contract.exchange import Finding
from eigen_contract.shapes import members

SIZE = re.compile(r"([0-9]{1,5})x([0-9]{1,5})\Z")
SMALLEST, LARGEST = 512, 2048
"""Bounds of `width` and `height` in the spec; a `size` beyond them is left to the server."""


def size_is_honoured(context: CheckContext) -> Iterator[Finding]:
    """A generated picture has the width and height that the request asks for, or the default ones."""
    wanted = default_size(context) | wanted_size(context.members)
    for place, data in context.media:
        try:
            seen = picture(data)
        except BrokenMediaError:
            continue
        got = {"width": seen.width, "height": seen.height}
        for name, pixels in wanted.items():
            if got[name] != pixels:
                message = f"{place} should have a {name} of {pixels} pixels; got {got[name]}"
                yield context.finding("size_is_honoured", message, context.variants[0].pointer)


def default_size(context: CheckContext) -> dict[str, int]:
    """Return the width and the height that the contract names for a request that asks for no size at all."""
    if {"size", "width", "height"} & context.members.keys():
        return {}
    properties = context.variants[0].properties
    declared = {name: members(properties.get(name)).get("default") for name in ("width", "height")}
    return {name: pixels for name, pixels in declared.items() if isinstance(pixels, int)}


def wanted_size(asked: Mapping[str, Any]) -> dict[str, int]:
    """Return the sizes that a request asks for, in pixels; none where two members contradict each other."""
    wanted = {name: int(asked[name]) for name in ("width", "height") if name in asked}
    match = SIZE.match(str(asked.get("size", "")))
    if "size" not in asked:
        return wanted
    if match is None or wanted:
        return {}
    sides = {"width": int(match[1]), "height": int(match[2])}
    return sides if all(SMALLEST <= side <= LARGEST for side in sides.values()) else {}
