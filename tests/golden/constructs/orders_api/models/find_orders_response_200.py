# Built by `python -m generator build` from constructs.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define


@define
class FindOrdersResponse200(OpenObject):
    """FindOrdersResponse200."""

    count: int
