# By `python -m generator build`.
"""The keyword arguments of methods as types, for functions of your own that pass them on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Required, TypedDict

from ._runtime.options import Seconds
from .models import AnyModel, List


class Common(TypedDict, total=False):
	"""What every method takes."""

	timeout: Seconds
	retry_unknown: bool | None


class Extended(Common, total=False):
	"""What every method with a body takes."""

	extra: Mapping[str, object] | None


class ThingsMakeArgs(Extended, total=False):
	class__: Required[str]
	self__: Required[str]
	client: str | None
	body: str | None
	media_type: str | None
	timeout_: str | None
	extra_: str | None
	id: str | None
	abc_d: str | None
	class_: Required[str]
	from_: str | None
	self_: int | None
	to_dict: str | None
	from_dict: str | None
	additional_properties: str | None
	members: str | None
	src_dict: str | None
	cls: str | None
	type_: str | None
	field_1st: str | None
	camel_case: str | None
	camel_case_2: str | None
	with_space: str | None
	quote_exit1: Literal['"; exit(1) #'] | None
	naïve: str | None
	unset: str | None
	mode: Literal['"; exit(1) #', "\\", "a\nb", "", "A", "a", "1", "{{ 7 * 7 }}"] | None
	list_: List | Mapping[str, Any] | None
	any_: AnyModel | Mapping[str, Any] | None
