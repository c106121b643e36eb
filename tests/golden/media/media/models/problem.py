# Built by `python -m generator build` from media.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class Problem(OpenObject):
    """Problem."""

    title: str | Unset = UNSET
