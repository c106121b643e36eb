# Built by `python -m generator build` from uploads.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class Receipt(OpenObject):
    """Receipt."""

    id: str
    thumbnail: str | Unset = UNSET
    parent: Receipt | None | Unset = UNSET
