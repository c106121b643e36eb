# Built by `python -m generator build` from constructs.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define


@define
class OrderPlace(OpenObject):
    """OrderPlace.

    Attributes:
        city: At most 1 character.
    """

    city: str
