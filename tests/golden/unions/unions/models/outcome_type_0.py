# Built by `python -m generator build` from unions.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define


@define
class OutcomeType0(OpenObject):
    """OutcomeType0."""

    id: int
