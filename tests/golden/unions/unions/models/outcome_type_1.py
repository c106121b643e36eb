# Built by `python -m generator build` from unions.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define


@define
class OutcomeType1(OpenObject):
    """OutcomeType1."""

    reasons: list[str]
