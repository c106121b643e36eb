# Built by `python -m generator build` from clashes.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define


@define
class Any2(OpenObject):
    """Any2."""

    two: str
