# Built by `python -m generator build` from unions.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define


@define
class FreeHand(OpenObject):
    """FreeHand."""

    points: list[list[float]]
