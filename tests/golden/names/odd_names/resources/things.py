# By `python -m generator build`.
"""Things \"\"\" + exit(1) + \"\"\" \\"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, Unpack

from .._plans import import_ as _import_
from .._runtime.resources import AsyncResource, Resource
from .._runtime.unset import UNSET

if TYPE_CHECKING:
	from .. import arguments
	from .._runtime.options import Seconds
	from ..models import AnyModel, List
	from ..results import Thing


class ThingsResource(Resource):
	"""Things \"\"\" + exit(1) + \"\"\" \\"""

	def make(
		self,
		*,
		class__: str,
		self__: str,
		client: str | None = None,
		body: str | None = None,
		media_type: str | None = None,
		timeout_: str | None = None,
		extra_: str | None = None,
		id: str | None = None,
		abc_d: str | None = None,
		class_: str,
		from_: str | None = None,
		self_: int | None = None,
		to_dict: str | None = None,
		from_dict: str | None = None,
		additional_properties: str | None = None,
		members: str | None = None,
		src_dict: str | None = None,
		cls: str | None = None,
		type_: str | None = None,
		field_1st: str | None = None,
		camel_case: str | None = None,
		camel_case_2: str | None = None,
		with_space: str | None = None,
		quote_exit1: Literal['"; exit(1) #'] | None = None,
		naïve: str | None = None,
		unset: str | None = None,
		mode: Literal['"; exit(1) #', "\\", "a\nb", "", "A", "a", "1", "{{ 7 * 7 }}"] | None = None,
		list_: List | Mapping[str, Any] | None = None,
		any_: AnyModel | Mapping[str, Any] | None = None,
		extra: Mapping[str, object] | None = None,
		timeout: Seconds = UNSET,
		retry_unknown: bool | None = None,
	) -> Thing:
		"""Make \"\"\" one \\

        POST /{class}/{self}. Raises OddNamesError.

        Args:
            class_: Ends in a quote ".
            from_: Default: "\\"\\"\\" + exit(1) + \\"\\"\\"".
            extra: Further members, sent as they are.
            timeout: In seconds, 60 by default; None waits for ever.
            retry_unknown: Repeat also what may have been billed.
        """
		return self._send(
			_import_.THINGS_MAKE,
			locals(),
			{
				"class": class_,
				"from": from_,
				"self": self_,
				"to_dict": to_dict,
				"from_dict": from_dict,
				"additional_properties": additional_properties,
				"members": members,
				"src_dict": src_dict,
				"cls": cls,
				"$type": type_,
				"1st": field_1st,
				"camelCase": camel_case,
				"camel_case": camel_case_2,
				"with space": with_space,
				"quote\"'; exit(1) #": quote_exit1,
				"naïve": naïve,
				"UNSET": unset,
				"mode": mode,
				"list": list_,
				"any": any_,
			},
			parameters={
				"class": class__,
				"self": self__,
				"client": client,
				"body": body,
				"media_type": media_type,
				"timeout": timeout_,
				"extra": extra_,
				"id": id,
				"a\"b'c\\d": abc_d,
			},
		)


class AsyncThingsResource(AsyncResource, of=ThingsResource):
	async def make(self, **values: Unpack[arguments.ThingsMakeArgs]) -> Thing:
		"""Make \"\"\" one \\"""
		return await self._call("make", values)
