# Built by `python -m generator build` from pets.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class BookVisitBody(OpenObject):
    """BookVisitBody.

    Attributes:
        persons: If left out, the service takes 1.
    """

    name: str
    persons: int | Unset = UNSET
    wishes: list[str] | Unset = UNSET
    quiet: bool | Unset = UNSET
