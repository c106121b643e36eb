# By `python -m generator build`.
"""Make toys sing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, Unpack, overload

from .._plans import sing as _sing
from .._runtime.resources import AsyncResource, Resource
from .._runtime.unset import UNSET

if TYPE_CHECKING:
	from .. import arguments
	from .._runtime.options import Seconds
	from ..results import AsyncSongStream, Song, SongStream


class SongsResource(Resource):
	"""Make toys sing."""

	@overload
	def sing(self, *, stream: Literal[False] | None = None, **others: Unpack[arguments.SongsSingArgsRest]) -> Song: ...

	@overload
	def sing(self, *, stream: Literal[True], **others: Unpack[arguments.SongsSingArgsRest]) -> SongStream: ...

	@overload
	def sing(
		self, *, stream: bool | None = None, **others: Unpack[arguments.SongsSingArgsRest]
	) -> Song | SongStream: ...

	def sing(
		self,
		*,
		words: str,
		stream: bool | None = None,
		extra: Mapping[str, object] | None = None,
		timeout: Seconds = UNSET,
		retry_unknown: bool | None = None,
	) -> Song | SongStream:
		"""Sing a song.

		POST /songs. Raises ToyFactoryError.

		Args:
		    extra: Further members, sent as they are.
		    timeout: In seconds, 60 by default; None waits for ever.
		    retry_unknown: Repeat also what may have been billed.
		"""
		if stream:
			return self._open(_sing.SONGS_SING_STREAM, locals())
		return self._send(_sing.SONGS_SING, locals())


class AsyncSongsResource(AsyncResource, of=SongsResource):
	@overload
	async def sing(
		self, *, stream: Literal[False] | None = None, **others: Unpack[arguments.SongsSingArgsRest]
	) -> Song: ...

	@overload
	async def sing(
		self, *, stream: Literal[True], **others: Unpack[arguments.SongsSingArgsRest]
	) -> AsyncSongStream: ...

	@overload
	async def sing(
		self, *, stream: bool | None = None, **others: Unpack[arguments.SongsSingArgsRest]
	) -> Song | AsyncSongStream: ...

	async def sing(self, **values: Unpack[arguments.SongsSingArgs]) -> Song | AsyncSongStream:
		"""Sing a song."""
		return await self._call("sing", values)
