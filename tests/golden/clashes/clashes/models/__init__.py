# By `python -m generator build`.
"""Models of the contract."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import define
from attrs import field as _field

from .._runtime.objects import OpenObject
from .._runtime.unset import UNSET, Unset

HTTPPort: TypeAlias = Literal[80, 443]
"""A choice of the contract."""

HttpPort2: TypeAlias = Literal[8080]
"""A choice of the contract."""


@define
class Every(OpenObject):
	"""Every."""

	a: AnyModel | Unset = UNSET
	b: Any2 | Unset = UNSET
	c: AB | Unset = UNSET
	d: AB2 | Unset = UNSET
	e: HTTPPort | Unset = UNSET
	f: HttpPort2 | Unset = UNSET
	g: OuterType0 | None | Unset = UNSET
	h: EveryH2 | Unset = UNSET
	i: EveryH | Unset = UNSET
	field_1: int | Unset = _field(default=UNSET, metadata={"name": "+1"})
	field_1_2: int | Unset = _field(default=UNSET, metadata={"name": "-1"})
	field_1_3: int | Unset = _field(default=UNSET, metadata={"name": "(1)"})
	j: list[ListItem] | Unset = UNSET
	k: list[str] | EveryKType1 | Unset = UNSET


@define
class AnyModel(OpenObject):
	"""AnyModel."""

	one: str


@define
class Any2(OpenObject):
	"""Any2."""

	two: str


@define
class AB(OpenObject):
	"""AB."""

	three: str


@define
class AB2(OpenObject):
	"""AB2."""

	four: str


@define
class EveryH(OpenObject):
	"""EveryH."""

	z: str


@define
class EveryH2(OpenObject):
	"""EveryH2."""

	x: int | Unset = UNSET


@define
class EveryKType1(OpenObject):
	"""EveryKType1."""

	x: EveryKType1X | Unset = UNSET


@define
class EveryKType1X(OpenObject):
	"""EveryKType1X."""

	y: int | Unset = UNSET


@define
class ListItem(OpenObject):
	"""ListItem."""

	w: str | Unset = UNSET


@define
class OuterType0(OpenObject):
	"""OuterType0."""

	inner: OuterType0Inner | Unset = UNSET


@define
class OuterType0Inner(OpenObject):
	"""OuterType0Inner."""

	deep: list[OuterType0InnerDeepItem]


@define
class OuterType0InnerDeepItem(OpenObject):
	"""OuterType0InnerDeepItem."""

	v: int


@define
class WhereParameter(OpenObject):
	"""WhereParameter."""

	city: str | Unset = UNSET


@define
class KeptResponse(OpenObject):
	"""KeptResponse."""

	kept: bool
