# Built by `python -m generator build` from sdk.yaml: edits are lost.
"""Answers as bytes that are still coming: `client.streaming` has the methods of the client's resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._runtime.byte_streams import AsyncByteStream, ByteStream
from ._runtime.resources import Streaming as _Streaming
from .resources.songs import AsyncSongsResource, SongsResource
from .resources.toys import AsyncToysResource, ToysResource

if TYPE_CHECKING:
    from . import arguments
    from ._runtime.core import Core
    from ._runtime.core_async import AsyncCore
    from .results import Label, Order, Picture, Song, Toy


class StreamingToys(_Streaming):
    """The methods of `toys`, their answers as streams."""

    def order(self, **values: Unpack[arguments.ToysOrderArguments]) -> ByteStream[Order]:
        """Order a toy."""
        return self._stream("order", values)

    def status(self, **values: Unpack[arguments.ToysStatusArguments]) -> ByteStream[Toy]:
        """Ask for the state."""
        return self._stream("status", values)

    def picture(self, **values: Unpack[arguments.ToysPictureArguments]) -> ByteStream[Picture]:
        """Fetch the picture."""
        return self._stream("picture", values)

    def label(self, **values: Unpack[arguments.ToysLabelArguments]) -> ByteStream[Label]:
        """Print a label."""
        return self._stream("label", values)


class StreamingSongs(_Streaming):
    """The methods of `songs`, their answers as streams."""

    def sing(self, **values: Unpack[arguments.SongsSingArguments]) -> ByteStream[Song]:
        """Sing a song."""
        return self._stream("sing", values)


class Streaming:
    """Answers as bytes that are still coming, to go through or to save in little memory."""

    def __init__(self, core: Core) -> None:
        self.toys: StreamingToys = StreamingToys(ToysResource, core)
        """Make toys and look at them."""
        self.songs: StreamingSongs = StreamingSongs(SongsResource, core)
        """Make toys sing."""


class AsyncStreamingToys(_Streaming):
    """The methods of `toys`, their answers as streams."""

    async def order(self, **values: Unpack[arguments.ToysOrderArguments]) -> AsyncByteStream[Order]:
        return await self._astream("order", values)

    async def status(self, **values: Unpack[arguments.ToysStatusArguments]) -> AsyncByteStream[Toy]:
        return await self._astream("status", values)

    async def picture(self, **values: Unpack[arguments.ToysPictureArguments]) -> AsyncByteStream[Picture]:
        return await self._astream("picture", values)

    async def label(self, **values: Unpack[arguments.ToysLabelArguments]) -> AsyncByteStream[Label]:
        return await self._astream("label", values)


class AsyncStreamingSongs(_Streaming):
    """The methods of `songs`, their answers as streams."""

    async def sing(self, **values: Unpack[arguments.SongsSingArguments]) -> AsyncByteStream[Song]:
        return await self._astream("sing", values)


class AsyncStreaming:
    """Answers as bytes that are still coming, to go through or to save in little memory."""

    def __init__(self, core: AsyncCore) -> None:
        self.toys: AsyncStreamingToys = AsyncStreamingToys(AsyncToysResource, core)
        """Make toys and look at them."""
        self.songs: AsyncStreamingSongs = AsyncStreamingSongs(AsyncSongsResource, core)
        """Make toys sing."""
