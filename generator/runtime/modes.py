"""Other ways to use the methods of resources: only prepare their requests, or stream their answers.

Each hands the resource's own method a core that does so, so that arguments are checked by one signature.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from .byte_streams import AsyncByteStream, ByteStream
from .errors import ArgumentError
from .prepared import PreparedRequest

if TYPE_CHECKING:
    from .base_core import BaseCore
    from .core import Core
    from .core_async import AsyncCore


class _Preparer:
    """A core that sends nothing."""

    def __init__(self, core: "BaseCore") -> None:
        self.call = self.open = core.prepare


class _Streamer:
    """A core that gives answers as bytes that are still coming."""

    def __init__(self, core: "Core | AsyncCore") -> None:
        self.call = core.stream

    def open(self, *_: object, **__: object) -> Any:
        raise ArgumentError(
            "stream: every answer is streamed here", hint="For events use the method without `streaming`"
        )


class Preparing:
    """The base of generated classes that prepare a resource's requests; `resource` makes the resource."""

    __slots__ = ("_resource",)

    def __init__(self, resource: Callable[[Any], object], core: "BaseCore") -> None:
        self._resource = resource(_Preparer(core))

    def _prepare(self, method: str, arguments: Mapping[str, Any]) -> PreparedRequest:
        prepared: PreparedRequest = getattr(self._resource, method)(**arguments)
        return prepared


class Streaming:
    """The base of generated classes that stream a resource's answers."""

    __slots__ = ("_resource",)

    def __init__(self, resource: Callable[[Any], object], core: "Core | AsyncCore") -> None:
        self._resource = resource(_Streamer(core))

    def _stream(self, method: str, arguments: Mapping[str, Any]) -> ByteStream[Any]:
        stream: ByteStream[Any] = getattr(self._resource, method)(**arguments)
        return stream

    async def _astream(self, method: str, arguments: Mapping[str, Any]) -> AsyncByteStream[Any]:
        stream: AsyncByteStream[Any] = await getattr(self._resource, method)(**arguments)
        return stream
