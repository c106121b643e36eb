# By `python -m generator build`.
"""Answers as bytes that are still coming: `client.streaming` has the methods of the client's resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._runtime.byte_streams import AsyncByteStream, ByteStream
from ._runtime.resources import Streaming as _Streaming
from .resources.songs import SongsResource
from .resources.toys import ToysResource

if TYPE_CHECKING:
	from . import arguments
	from ._runtime.core import Core
	from ._runtime.core_async import AsyncCore
	from .results import Label, Order, Picture, Song, Toy


class StreamingToys(_Streaming, of=ToysResource):
	def order(self, **values: Unpack[arguments.ToysOrderArgs]) -> ByteStream[Order]:
		return self._stream("order", values)

	def status(self, **values: Unpack[arguments.ToysStatusArgs]) -> ByteStream[Toy]:
		return self._stream("status", values)

	def picture(self, **values: Unpack[arguments.ToysPictureArgs]) -> ByteStream[Picture]:
		return self._stream("picture", values)

	def label(self, **values: Unpack[arguments.ToysLabelArgs]) -> ByteStream[Label]:
		return self._stream("label", values)


class StreamingSongs(_Streaming, of=SongsResource):
	def sing(self, **values: Unpack[arguments.SongsSingArgs]) -> ByteStream[Song]:
		return self._stream("sing", values)


class Streaming:
	"""Answers as bytes that are still coming, to go through or to save in little memory."""

	def __init__(self, core: Core) -> None:
		self.toys: StreamingToys = StreamingToys(core)
		self.songs: StreamingSongs = StreamingSongs(core)


class AsyncStreamingToys(_Streaming, of=ToysResource):
	async def order(self, **values: Unpack[arguments.ToysOrderArgs]) -> AsyncByteStream[Order]:
		return await self._astream("order", values)

	async def status(self, **values: Unpack[arguments.ToysStatusArgs]) -> AsyncByteStream[Toy]:
		return await self._astream("status", values)

	async def picture(self, **values: Unpack[arguments.ToysPictureArgs]) -> AsyncByteStream[Picture]:
		return await self._astream("picture", values)

	async def label(self, **values: Unpack[arguments.ToysLabelArgs]) -> AsyncByteStream[Label]:
		return await self._astream("label", values)


class AsyncStreamingSongs(_Streaming, of=SongsResource):
	async def sing(self, **values: Unpack[arguments.SongsSingArgs]) -> AsyncByteStream[Song]:
		return await self._astream("sing", values)


class AsyncStreaming:
	"""Answers as bytes that are still coming, to go through or to save in little memory."""

	def __init__(self, core: AsyncCore) -> None:
		self.toys: AsyncStreamingToys = AsyncStreamingToys(core)
		self.songs: AsyncStreamingSongs = AsyncStreamingSongs(core)
