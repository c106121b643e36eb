# Built by `python -m generator build` from sdk.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define


@define
class OrderStatusResponse200(OpenObject):
    """OrderStatusResponse200."""
