# Built by `python -m generator build` from pets.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define
from .._runtime.objects import field as _field


@define
class PetsInRoomResponse200(OpenObject):
    """PetsInRoomResponse200."""

    additional_properties: dict[str, int] = _field(init=False, factory=dict)
