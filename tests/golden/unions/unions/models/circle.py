# Built by `python -m generator build` from unions.yaml: edits are lost.
from __future__ import annotations

from typing import Any, Literal

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class Circle(OpenObject):
    """Circle.

    Attributes:
        name: What it is called.
        radius: More than 0.
    """

    name: str
    kind: Literal["circle"]
    radius: float
    anything: Any | Unset = UNSET
