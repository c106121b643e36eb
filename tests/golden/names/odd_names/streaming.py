# Built by `python -m generator build` from names.yaml: edits are lost.
"""Answers as bytes that are still coming: `client.streaming` has the methods of the client's resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._runtime.byte_streams import AsyncByteStream, ByteStream
from ._runtime.resources import Streaming as _Streaming
from .resources.things import AsyncThingsResource, ThingsResource

if TYPE_CHECKING:
    from . import arguments
    from ._runtime.core import Core
    from ._runtime.core_async import AsyncCore
    from .results import Thing


class StreamingThings(_Streaming):
    """The methods of `things`, their answers as streams."""

    def make(self, **values: Unpack[arguments.ThingsMakeArguments]) -> ByteStream[Thing]:
        """Make \"\"\" one \\"""
        return self._stream("make", values)


class Streaming:
    """Answers as bytes that are still coming, to go through or to save in little memory."""

    def __init__(self, core: Core) -> None:
        self.things: StreamingThings = StreamingThings(ThingsResource, core)
        """Things \"\"\" + exit(1) + \"\"\" \\"""


class AsyncStreamingThings(_Streaming):
    """The methods of `things`, their answers as streams."""

    async def make(self, **values: Unpack[arguments.ThingsMakeArguments]) -> AsyncByteStream[Thing]:
        return await self._astream("make", values)


class AsyncStreaming:
    """Answers as bytes that are still coming, to go through or to save in little memory."""

    def __init__(self, core: AsyncCore) -> None:
        self.things: AsyncStreamingThings = AsyncStreamingThings(AsyncThingsResource, core)
        """Things \"\"\" + exit(1) + \"\"\" \\"""
