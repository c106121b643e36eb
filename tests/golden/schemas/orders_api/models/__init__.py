# By `python -m generator build`.
"""Models of the contract."""

from __future__ import annotations

from typing import Any, Literal

from attrs import define
from attrs import field as _field

from .._runtime.objects import OpenObject
from .._runtime.unset import UNSET, Unset


@define
class Filter(OpenObject):
	"""Filter.

	Attributes:
	    tags: At least 1 item, without repeats.
	"""

	min_: float | Unset = _field(default=UNSET, metadata={"name": "min"})
	tags: list[str] | Unset = UNSET


@define
class Order(OpenObject):
	"""At least 1 member. `card` is only taken with `holder`. It must satisfy `not: {"required":
	["card", "cash"]}`, `if: {"properties": {"card": {"const": "none"}}}`, `then: {"required":
	["cash"]}`, `unevaluatedProperties: false`.

	`card` is only taken with `holder`.

	It must satisfy `not: {"required": ["card", "cash"]}`, `if: {"properties": {"card": {"const":
	"none"}}}`, `then: {"required": ["cash"]}`, `unevaluatedProperties: false`.

	Attributes:
	    id: Matching ^[a-z]+$.
	    cash: A multiple of 0.05.
	"""

	id: str
	card: str | Unset = UNSET
	holder: str | Unset = UNSET
	cash: float | Unset = UNSET
	place: OrderPlace | Unset = UNSET
	next_: OrderNext | Unset = _field(default=UNSET, metadata={"name": "next"})
	labels: OrderLabels | Unset = UNSET


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
class OrderPlace(OpenObject):
	"""OrderPlace.

	Attributes:
	    city: At most 1 character.
	"""

	city: str


@define
class OrderNext(OpenObject):
	"""The one after.

	`card` is only taken with `holder`.

	It must satisfy `not: {"required": ["card", "cash"]}`, `if: {"properties": {"card": {"const":
	"none"}}}`, `then: {"required": ["cash"]}`, `unevaluatedProperties: false`.

	Attributes:
	    id: Matching ^[a-z]+$.
	    cash: A multiple of 0.05.
	"""

	id: str
	card: str
	holder: str | Unset = UNSET
	cash: float | Unset = UNSET
	place: OrderPlace | Unset = UNSET
	next_: OrderNext | Unset = _field(default=UNSET, metadata={"name": "next"})
	labels: OrderNextLabels | Unset = UNSET


@define
class OrderLabels(OpenObject):
	"""It must satisfy `patternProperties: {"^x-": {"type": "string"}, "^n-": {"type": "integer"}}`.

	It must satisfy `patternProperties: {"^x-": {"type": "string"}, "^n-": {"type": "integer"}}`.
	"""

	additional_properties: dict[str, str | int] = _field(init=False, factory=dict)


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


@define
class OrderNextLabels(OpenObject):
	"""It must satisfy `patternProperties: {"^x-": {"type": "string"}, "^n-": {"type": "integer"}}`.

	It must satisfy `patternProperties: {"^x-": {"type": "string"}, "^n-": {"type": "integer"}}`.
	"""

	additional_properties: dict[str, str | int] = _field(init=False, factory=dict)


@define
class FindOrdersResponse200(OpenObject):
	"""FindOrdersResponse200."""

	count: int
