# Built by `python -m generator build` from blobs.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class Scan(OpenObject):
    """Scan."""

    page_base64: str
    dpi: int | Unset = UNSET
