# Built by `python -m generator build` from media.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define


@define
class Report(OpenObject):
    """Report."""

    pages: int
