# Built by `python -m generator build` from sdk.yaml: edits are lost.
from __future__ import annotations

from typing import Literal

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class Plan(OpenObject):
    """Plan. `client.toys.order` says what its members mean."""

    name: str
    wheels: int | Unset = UNSET
    paint: Literal["red", "blue"] | str | Unset = UNSET
    engraving: str | None | Unset = UNSET
