# Built by `python -m generator build` from clashes.yaml: edits are lost.
from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.objects import UNSET, OpenObject, Unset, define

if TYPE_CHECKING:
    from ..models.outer_type_0_inner import OuterType0Inner


@define
class OuterType0(OpenObject):
    """OuterType0."""

    inner: OuterType0Inner | Unset = UNSET
