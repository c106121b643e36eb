# Built by `python -m generator build` from sdk.yaml: edits are lost.
from __future__ import annotations

from typing import Literal

from .._runtime.objects import UNSET, File, OpenObject, Unset, define


@define
class PlanWithDrawing(OpenObject):
    """PlanWithDrawing. `client.toys.order` says what its members mean."""

    name: str
    drawing: File
    wheels: int | Unset = UNSET
    paint: Literal["red", "blue"] | str | Unset = UNSET
    engraving: str | None | Unset = UNSET
