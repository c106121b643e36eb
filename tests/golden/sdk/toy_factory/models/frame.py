# Built by `python -m generator build` from sdk.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class Frame(OpenObject):
    """A frame."""

    width: float | Unset = UNSET
