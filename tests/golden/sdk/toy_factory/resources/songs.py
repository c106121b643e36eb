# Built by `python -m generator build` from sdk.yaml: edits are lost.
"""Make toys sing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, Unpack, overload

from .._plans import sing as _sing
from .._runtime.resources import AsyncResource, Resource
from .._runtime.unset import UNSET, Unset

if TYPE_CHECKING:
    from .. import arguments
    from .._runtime.options import Timeout
    from ..results import AsyncSongStream, Song, SongStream


class SongsResource(Resource):
    """Make toys sing."""

    @overload
    def sing(
        self, *, stream: Literal[False] | None = None, **others: Unpack[arguments.SongsSingArgumentsRest]
    ) -> Song: ...

    @overload
    def sing(
        self, *, stream: Literal[True], **others: Unpack[arguments.SongsSingArgumentsRest]
    ) -> SongStream: ...

    @overload
    def sing(
        self, *, stream: bool | None = None, **others: Unpack[arguments.SongsSingArgumentsRest]
    ) -> Song | SongStream: ...

    def sing(
        self,
        *,
        words: str,
        stream: bool | None = None,
        extra: Mapping[str, object] | None = None,
        timeout: float | Timeout | None | Unset = UNSET,
        retry_unknown: bool | None = None,
    ) -> Song | SongStream:
        """Sing a song.

        POST /songs.

        Args:
            extra: Members that the contract does not know yet, sent as they are.
            timeout: Seconds to wait for the answer, 60 if left out; None waits for ever.
            retry_unknown: Repeat also what may have been done, and billed; the client's own choice if
                left out.

        Returns:
            Song: A song.
            SongStream if `stream` is True: A song while it is sung.

        Raises:
            ToyFactoryError: The root of every error of this client.
        """
        if stream:
            return self._open(_sing.SONGS_SING_STREAM, locals())
        return self._send(_sing.SONGS_SING, locals())


class AsyncSongsResource(AsyncResource, of=SongsResource):
    """Make toys sing."""

    @overload
    async def sing(
        self, *, stream: Literal[False] | None = None, **others: Unpack[arguments.SongsSingArgumentsRest]
    ) -> Song: ...

    @overload
    async def sing(
        self, *, stream: Literal[True], **others: Unpack[arguments.SongsSingArgumentsRest]
    ) -> AsyncSongStream: ...

    @overload
    async def sing(
        self, *, stream: bool | None = None, **others: Unpack[arguments.SongsSingArgumentsRest]
    ) -> Song | AsyncSongStream: ...

    async def sing(self, **values: Unpack[arguments.SongsSingArguments]) -> Song | AsyncSongStream:
        """Sing a song."""
        found: Song | AsyncSongStream = await self._call("sing", values)
        return found
