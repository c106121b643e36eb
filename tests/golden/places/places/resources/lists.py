# By `python -m generator build`.
"""Lists of things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from .._plans import add_list as _add_list
from .._plans import put_any as _put_any
from .._runtime import codec as _codec
from .._runtime.resources import AsyncResource, Resource
from .._runtime.unset import UNSET, Unset

if TYPE_CHECKING:
	from .. import arguments
	from .._runtime.options import Seconds
	from ..models import Thing
	from ..results import Anything


class ListsResource(Resource):
	"""Lists of things."""

	def add(
		self,
		*,
		id: int,
		query_id: str | None = None,
		header_id: str | None = None,
		query_id_2: str | None = None,
		body: Sequence[Thing | Mapping[str, Any]],
		timeout: Seconds = UNSET,
		retry_unknown: bool | None = None,
	) -> Anything:
		"""Add a list.

		POST /lists/{id}. Raises PlacesError.

		Args:
		    id: Of the list.
		    query_id: Of the request.
		    body: The things.
		    timeout: In seconds, 60 by default; None waits for ever.
		    retry_unknown: Repeat also what may have been billed.
		"""
		return self._send(
			_add_list.LISTS_ADD,
			locals(),
			_codec.whole(body),
			parameters={"id": id, "query_id_": query_id, "header_id": header_id, "query_id": query_id_2},
		)

	def put(
		self, *, body: Any | Unset = UNSET, timeout: Seconds = UNSET, retry_unknown: bool | None = None
	) -> Anything:
		"""Put anything.

		PUT /any. Raises PlacesError.

		Args:
		    body: The body.
		    timeout: In seconds, 60 by default; None waits for ever.
		    retry_unknown: Repeat also what may have been billed.
		"""
		return self._send(_put_any.LISTS_PUT, locals(), _codec.whole(body))


class AsyncListsResource(AsyncResource, of=ListsResource):
	async def add(self, **values: Unpack[arguments.ListsAddArgs]) -> Anything:
		"""Add a list."""
		return await self._call("add", values)

	async def put(self, **values: Unpack[arguments.ListsPutArgs]) -> Anything:
		"""Put anything."""
		return await self._call("put", values)
