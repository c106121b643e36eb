# Built by `python -m generator build` from unions.yaml: edits are lost.
from __future__ import annotations

from typing import Literal

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class Square(OpenObject):
    """At least one of these is needed: `side`, `area`.

    At least one of these is needed: `side`, `area`.

    Attributes:
        name: What it is called.
    """

    name: str
    kind: Literal["square"]
    side: float | Unset = UNSET
    area: float | Unset = UNSET
