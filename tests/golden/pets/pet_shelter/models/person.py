# Built by `python -m generator build` from pets.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define
from .._runtime.objects import field as _field


@define
class Person(OpenObject):
    """Person."""

    name: str
    additional_properties: dict[str, str] = _field(init=False, factory=dict)
