# By `python -m generator build`.
"""Answers as bytes that are still coming: `client.streaming` has the methods of the client's resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._runtime.byte_streams import AsyncByteStream, ByteStream
from ._runtime.resources import Streaming as _Streaming
from .resources.things import ThingsResource

if TYPE_CHECKING:
	from . import arguments
	from ._runtime.core import Core
	from ._runtime.core_async import AsyncCore
	from .results import Thing


class StreamingThings(_Streaming, of=ThingsResource):
	def make(self, **values: Unpack[arguments.ThingsMakeArgs]) -> ByteStream[Thing]:
		return self._stream("make", values)


class Streaming:
	"""Answers as bytes that are still coming, to go through or to save in little memory."""

	def __init__(self, core: Core) -> None:
		self.things: StreamingThings = StreamingThings(core)


class AsyncStreamingThings(_Streaming, of=ThingsResource):
	async def make(self, **values: Unpack[arguments.ThingsMakeArgs]) -> AsyncByteStream[Thing]:
		return await self._astream("make", values)


class AsyncStreaming:
	"""Answers as bytes that are still coming, to go through or to save in little memory."""

	def __init__(self, core: AsyncCore) -> None:
		self.things: AsyncStreamingThings = AsyncStreamingThings(core)
