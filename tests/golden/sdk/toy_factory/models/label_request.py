# Built by `python -m generator build` from sdk.yaml: edits are lost.
from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.objects import UNSET, OpenObject, Unset, define

if TYPE_CHECKING:
    from ..models.frame import Frame


@define
class LabelRequest(OpenObject):
    """LabelRequest. `client.toys.label` says what its members mean."""

    lines: list[str]
    frame: Frame | Unset = UNSET
