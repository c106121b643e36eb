# By `python -m generator build`.
"""Models of the contract."""

from __future__ import annotations

from typing import Literal

from attrs import define
from attrs import field as _field

from .._runtime.objects import OpenObject
from .._runtime.unset import UNSET, Unset


@define
class Thing(OpenObject):
	"""Thing \"\"\" \\ See `client.things.make`."""

	class_: str = _field(metadata={"name": "class"})
	from_: str | Unset = _field(default=UNSET, metadata={"name": "from"})
	self_: int | Unset = _field(default=UNSET, metadata={"name": "self"})
	to_dict_: str | Unset = _field(default=UNSET, metadata={"name": "to_dict"})
	from_dict_: str | Unset = _field(default=UNSET, metadata={"name": "from_dict"})
	additional_properties_: str | Unset = _field(default=UNSET, metadata={"name": "additional_properties"})
	members: str | Unset = UNSET
	src_dict: str | Unset = UNSET
	cls_: str | Unset = _field(default=UNSET, metadata={"name": "cls"})
	type_: str | Unset = _field(default=UNSET, metadata={"name": "$type"})
	field_1st: str | Unset = _field(default=UNSET, metadata={"name": "1st"})
	camel_case: str | Unset = _field(default=UNSET, metadata={"name": "camelCase"})
	camel_case_2: str | Unset = _field(default=UNSET, metadata={"name": "camel_case"})
	with_space: str | Unset = _field(default=UNSET, metadata={"name": "with space"})
	quote_exit1: Literal['"; exit(1) #'] | Unset = _field(default=UNSET, metadata={"name": "quote\"'; exit(1) #"})
	naïve: str | Unset = UNSET
	unset: str | Unset = _field(default=UNSET, metadata={"name": "UNSET"})
	mode: Literal['"; exit(1) #', "\\", "a\nb", "", "A", "a", "1", "{{ 7 * 7 }}"] | Unset = UNSET
	list_: List | Unset = _field(default=UNSET, metadata={"name": "list"})
	any_: AnyModel | Unset = _field(default=UNSET, metadata={"name": "any"})


@define
class List(OpenObject):
	"""List."""

	str_: str | Unset = _field(default=UNSET, metadata={"name": "str"})
	type_: list[str] | Unset = _field(default=UNSET, metadata={"name": "type"})


@define
class AnyModel(OpenObject):
	"""AnyModel."""

	x: UnsetModel | Unset = UNSET


@define
class UnsetModel(OpenObject):
	"""UnsetModel."""

	y: str | Unset = UNSET
