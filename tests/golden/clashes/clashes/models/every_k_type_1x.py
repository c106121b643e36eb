# Built by `python -m generator build` from clashes.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class EveryKType1X(OpenObject):
    """EveryKType1X."""

    y: int | Unset = UNSET
