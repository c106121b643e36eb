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
    def __init__(self, core: "BaseCore") -> None:
        self.call = self.open = core.prepare


class _Streamer:
    def __init__(self, core: "Core | AsyncCore") -> None:
        self.call = core.stream

    def open(self, *_: object, **__: object) -> Any:
        raise ArgumentError(
            "stream: every answer is streamed here", hint="For events use the method without `streaming`"
        )


class Preparing:
    __slots__ = ("_resource",)

    def __init__(self, resource: Callable[[Any], object], core: "BaseCore") -> None:
        self._resource = resource(_Preparer(core))

    def _prepare(self, method: str, arguments: Mapping[str, Any]) -> PreparedRequest:
        prepared: PreparedRequest = getattr(self._resource, method)(**arguments)
        return prepared


class Streaming:
    __slots__ = ("_resource",)

    def __init__(self, resource: Callable[[Any], object], core: "Core | AsyncCore") -> None:
        self._resource = resource(_Streamer(core))

    def _stream(self, method: str, arguments: Mapping[str, Any]) -> ByteStream[Any]:
        stream: ByteStream[Any] = getattr(self._resource, method)(**arguments)
        return stream

    async def _astream(self, method: str, arguments: Mapping[str, Any]) -> AsyncByteStream[Any]:
        stream: AsyncByteStream[Any] = await getattr(self._resource, method)(**arguments)
        return stream
