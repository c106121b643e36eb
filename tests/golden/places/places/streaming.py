# By `python -m generator build`.
"""Answers as bytes that are still coming: `client.streaming` has the methods of the client's resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._runtime.byte_streams import AsyncByteStream, ByteStream
from ._runtime.resources import Streaming as _Streaming
from .resources.lists import ListsResource

if TYPE_CHECKING:
	from . import arguments
	from ._runtime.core import Core
	from ._runtime.core_async import AsyncCore
	from .results import Anything


class StreamingLists(_Streaming, of=ListsResource):
	def add(self, **values: Unpack[arguments.ListsAddArgs]) -> ByteStream[Anything]:
		return self._stream("add", values)

	def put(self, **values: Unpack[arguments.ListsPutArgs]) -> ByteStream[Anything]:
		return self._stream("put", values)


class Streaming:
	"""Answers as bytes that are still coming, to go through or to save in little memory."""

	def __init__(self, core: Core) -> None:
		self.lists: StreamingLists = StreamingLists(core)


class AsyncStreamingLists(_Streaming, of=ListsResource):
	async def add(self, **values: Unpack[arguments.ListsAddArgs]) -> AsyncByteStream[Anything]:
		return await self._astream("add", values)

	async def put(self, **values: Unpack[arguments.ListsPutArgs]) -> AsyncByteStream[Anything]:
		return await self._astream("put", values)


class AsyncStreaming:
	"""Answers as bytes that are still coming, to go through or to save in little memory."""

	def __init__(self, core: AsyncCore) -> None:
		self.lists: AsyncStreamingLists = AsyncStreamingLists(core)
