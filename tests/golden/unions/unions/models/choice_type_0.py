# Built by `python -m generator build` from unions.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class ChoiceType0(OpenObject):
    """ChoiceType0.

    Attributes:
        label: Of every branch.
    """

    label: str
    one: int
    pair: list[str | int] | Unset = UNSET
