# Built by `python -m generator build` from names.yaml: edits are lost.
from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.objects import UNSET, OpenObject, Unset, define

if TYPE_CHECKING:
    from ..models.unset_model import UnsetModel


@define
class AnyModel(OpenObject):
    """AnyModel."""

    x: UnsetModel | Unset = UNSET
