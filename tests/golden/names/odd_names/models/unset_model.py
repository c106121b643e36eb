# Built by `python -m generator build` from names.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class UnsetModel(OpenObject):
    """UnsetModel."""

    y: str | Unset = UNSET
