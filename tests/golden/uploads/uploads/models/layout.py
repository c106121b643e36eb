# Built by `python -m generator build` from uploads.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class Layout(OpenObject):
    """Layout.

    Attributes:
        columns: More than 1.
    """

    columns: int | Unset = UNSET
