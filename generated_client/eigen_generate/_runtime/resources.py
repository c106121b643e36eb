from collections.abc import Awaitable, Callable, Mapping
from types import FunctionType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from .errors import ArgumentError
from .plan import Members

if TYPE_CHECKING:
	from .base_core import BaseCore
	from .byte_streams import AsyncByteStream, ByteStream
	from .core import Core
	from .core_async import AsyncCore
	from .options import How
	from .plan import Call
	from .prepared import PreparedRequest


R = TypeVar("R")


class Resource:
	def __init__(self, core: "Core") -> None:
		self._core = core

	def _send(
		self, call: "Call[R]", given: Members, fields: Members | None = None, parameters: Members | None = None
	) -> R:
		members, how = _split(given, parameters)
		return self._core.call(call, members if fields is None else fields, **how)

	def _open(
		self, call: "Call[R]", given: Members, fields: Members | None = None, parameters: Members | None = None
	) -> R:
		members, how = _split(given, parameters)
		return self._core.open(call, members if fields is None else fields, **how)


def _split(given: Members, parameters: Members | None) -> tuple[dict[str, Any], "How"]:
	members: dict[str, Any] = {**given}
	del members["self"]
	how: How = {
		"parameters": parameters,
		"extra": members.pop("extra", None),
		"timeout": members.pop("timeout"),
		"retry_unknown": members.pop("retry_unknown"),
	}
	return members, how


class _Twin:
	_of: ClassVar[Callable[[Any], object]]

	def __init_subclass__(cls, *, of: Callable[[Any], object] | None = None) -> None:
		if of is None:
			return
		cls._of, cls.__doc__ = of, cls.__doc__ or of.__doc__
		for name, method in vars(cls).items():
			twin = getattr(of, name, None)
			if twin is not None and not name.startswith("_"):
				method.__wrapped__, method.__doc__ = _like(twin, method), twin.__doc__

	def __init__(self, core: Any) -> None:
		self._core = core
		self._methods = type(self)._of(self._around(core))

	def _around(self, core: Any) -> object:
		return core


def _like(twin: Any, method: Any) -> FunctionType:
	shown = FunctionType(twin.__code__, twin.__globals__)
	shown.__kwdefaults__ = twin.__kwdefaults__
	shown.__annotations__ = {**twin.__annotations__, "return": method.__annotations__["return"]}
	return shown


class AsyncResource(_Twin):
	_core: "AsyncCore"

	def _call(self, method: str, arguments: Mapping[str, Any]) -> "Awaitable[R]":
		result: Awaitable[R] = getattr(self._methods, method)(**arguments)
		return result


class Preparing(_Twin):
	def _around(self, core: "BaseCore") -> object:
		return _Preparer(core)

	def _prepare(self, method: str, arguments: Mapping[str, Any]) -> "PreparedRequest":
		prepared: PreparedRequest = getattr(self._methods, method)(**arguments)
		return prepared


class Streaming(_Twin):
	def _around(self, core: "Core | AsyncCore") -> object:
		return _Streamer(core)

	def _stream(self, method: str, arguments: Mapping[str, Any]) -> "ByteStream[Any]":
		stream: ByteStream[Any] = getattr(self._methods, method)(**arguments)
		return stream

	async def _astream(self, method: str, arguments: Mapping[str, Any]) -> "AsyncByteStream[Any]":
		stream: AsyncByteStream[Any] = await getattr(self._methods, method)(**arguments)
		return stream


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
