# Built by `python -m generator build` from places.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define


@define
class SendFormResponse200(OpenObject):
    """SendFormResponse200."""
