# Built by `python -m generator build` from places.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class ListenResponse200(OpenObject):
    """ListenResponse200."""

    body: str | Unset = UNSET
