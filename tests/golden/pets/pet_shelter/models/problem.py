# Built by `python -m generator build` from pets.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class Problem(OpenObject):
    """Problem."""

    message: str | Unset = UNSET
