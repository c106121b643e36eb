# By `python -m generator build`.
"""Models of the contract."""

from __future__ import annotations

from typing import Any, Literal

from attrs import define

from .._runtime.objects import OpenObject
from .._runtime.unset import UNSET, Unset


@define
class Circle(OpenObject):
	"""Circle.

	Attributes:
	    name: What it is called.
	    radius: More than 0.
	"""

	name: str
	kind: Literal["circle"]
	radius: float
	anything: Any | Unset = UNSET


@define
class Square(OpenObject):
	"""At least one of these is needed: `side`, `area`.

	At least one of these is needed: `side`, `area`.

	Attributes:
	    name: What it is called.
	"""

	name: str
	kind: Literal["square"]
	side: float | Unset = UNSET
	area: float | Unset = UNSET


@define
class Cat(OpenObject):
	"""Cat."""

	species: Literal["felis catus"]
	age: int | Unset = UNSET


@define
class Dog(OpenObject):
	"""Dog."""

	species: Literal["canis"]
	age: int | Unset = UNSET


@define
class FreeHand(OpenObject):
	"""FreeHand."""

	points: list[list[float]]


@define
class OutcomeType0(OpenObject):
	"""OutcomeType0."""

	id: int


@define
class OutcomeType1(OpenObject):
	"""OutcomeType1."""

	reasons: list[str]


@define
class ChoiceType0(OpenObject):
	"""ChoiceType0.

	Attributes:
	    label: Of every branch.
	"""

	label: str
	one: int
	pair: list[str | int] | Unset = UNSET


@define
class ChoiceType1(OpenObject):
	"""ChoiceType1.

	Attributes:
	    label: Of every branch.
	"""

	label: str
	species: str
	pair: list[str | int] | Unset = UNSET
	age: int | Unset = UNSET
