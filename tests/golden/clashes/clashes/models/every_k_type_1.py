# Built by `python -m generator build` from clashes.yaml: edits are lost.
from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.objects import UNSET, OpenObject, Unset, define

if TYPE_CHECKING:
    from ..models.every_k_type_1x import EveryKType1X


@define
class EveryKType1(OpenObject):
    """EveryKType1."""

    x: EveryKType1X | Unset = UNSET
