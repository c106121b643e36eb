# By `python -m generator build`.
"""Models of the contract."""

from __future__ import annotations

import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from attrs import define
from attrs import field as _field

from .._runtime.objects import ClosedObject, OpenObject
from .._runtime.unset import UNSET, Unset

Kind: TypeAlias = Literal["cat", "dog", "guinea pig"]
"""A choice of the contract."""


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


@define
class Person(OpenObject):
	"""Person."""

	name: str
	additional_properties: dict[str, str] = _field(init=False, factory=dict)


@define
class Problem(OpenObject):
	"""Problem."""

	message: str | Unset = UNSET


@define
class ListPetsWhere(OpenObject):
	"""ListPetsWhere."""

	city: str | Unset = UNSET
	floor: int | Unset = UNSET


@define
class PetsInRoomResponse200(OpenObject):
	"""PetsInRoomResponse200."""

	additional_properties: dict[str, int] = _field(init=False, factory=dict)


@define
class BookVisitBody(OpenObject):
	"""BookVisitBody.

	Attributes:
	    persons: Default: 1.
	"""

	name: str
	persons: int | Unset = UNSET
	wishes: list[str] | Unset = UNSET
	quiet: bool | Unset = UNSET
