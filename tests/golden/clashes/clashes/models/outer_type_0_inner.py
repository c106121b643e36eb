# Built by `python -m generator build` from clashes.yaml: edits are lost.
from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.objects import OpenObject, define

if TYPE_CHECKING:
    from ..models.outer_type_0_inner_deep_item import OuterType0InnerDeepItem


@define
class OuterType0Inner(OpenObject):
    """OuterType0Inner."""

    deep: list[OuterType0InnerDeepItem]
