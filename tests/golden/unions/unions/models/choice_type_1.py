# Built by `python -m generator build` from unions.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class ChoiceType1(OpenObject):
    """ChoiceType1.

    Attributes:
        label: Of every branch.
    """

    label: str
    species: str
    pair: list[str | int] | Unset = UNSET
    age: int | Unset = UNSET
