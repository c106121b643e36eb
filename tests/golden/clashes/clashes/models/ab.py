# Built by `python -m generator build` from clashes.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define


@define
class AB(OpenObject):
    """AB."""

    three: str
