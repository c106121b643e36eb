# Built by `python -m generator build` from clashes.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class EveryH2(OpenObject):
    """EveryH2."""

    x: int | Unset = UNSET
