# Built by `python -m generator build` from names.yaml: edits are lost.
"""Answers as bytes that are still coming: `client.streaming` has the methods of the client's resources."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from ._runtime.byte_streams import AsyncByteStream, ByteStream
from ._runtime.modes import Streaming as _Streaming
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
        self._core = core

    @cached_property
    def things(self) -> StreamingThings:
        """Things \"\"\" + exit(1) + \"\"\" \\"""
        return StreamingThings(ThingsResource, self._core)


class AsyncStreamingThings(_Streaming):
    """The methods of `things`, their answers as streams."""

    async def make(self, **values: Unpack[arguments.ThingsMakeArguments]) -> AsyncByteStream[Thing]:
        return await self._astream("make", values)


class AsyncStreaming:
    """Answers as bytes that are still coming, to go through or to save in little memory."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    @cached_property
    def things(self) -> AsyncStreamingThings:
        """Things \"\"\" + exit(1) + \"\"\" \\"""
        return AsyncStreamingThings(AsyncThingsResource, self._core)
