# Built by `python -m generator build` from unions.yaml: edits are lost.
from __future__ import annotations

from typing import Literal

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class Dog(OpenObject):
    """Dog."""

    species: Literal["canis"]
    age: int | Unset = UNSET
