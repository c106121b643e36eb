# Built by `python -m generator build` from sdk.yaml: edits are lost.
from __future__ import annotations

from typing import Literal

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class Toy(OpenObject):
    """Toy.

    Attributes:
        name: What to make.
        wheels: How many wheels. At least 0. If left out, the service takes 4.
        paint: Its colour.
        engraving: Null scrapes it off.
    """

    name: str
    wheels: int | Unset = UNSET
    paint: Literal["red", "blue"] | str | Unset = UNSET
    engraving: str | None | Unset = UNSET
