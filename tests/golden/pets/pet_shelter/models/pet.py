# Built by `python -m generator build` from pets.yaml: edits are lost.
from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from .._runtime.objects import UNSET, ClosedObject, Unset, define
from ..models.kind import Kind

if TYPE_CHECKING:
    from ..models.person import Person


@define
class Pet(ClosedObject):
    """One who lives here.

    Attributes:
        name: At least 1 character, at most 40 characters.
        kind: What it is.
        id: Given by the shelter.
        weight: In kilograms. More than 0.
        age: In years; null if nobody knows.
        nick: Deprecated.
        friends: Without repeats.
        size: A step of the scale.
    """

    name: str
    kind: Kind
    id: UUID | Unset = UNSET
    weight: float | Unset = UNSET
    age: int | None | Unset = UNSET
    arrived: datetime.datetime | Unset = UNSET
    secret: str | Unset = UNSET
    nick: str | Unset = UNSET
    mother: Pet | Unset = UNSET
    friends: list[Pet] | Unset = UNSET
    owner: Person | None | Unset = UNSET
    size: Literal[1, 2, 3] | Unset = UNSET
    level: Literal[1, "high"] | None | Unset = UNSET
