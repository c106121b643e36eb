import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar

from . import media_types
from .results import KEPT_HINT, Meta, unexpected
from .retries import Fault

if TYPE_CHECKING:
	from .sinks import Sink

P = TypeVar("P")
T = TypeVar("T")


KEPT = 64 * 1024 * 1024


def at_once(steps: Coroutine[Any, Any, T]) -> T:
	try:
		steps.send(None)
	except StopIteration as end:
		result: T = end.value
		return result
	raise RuntimeError("a step that should block waited")


class Aside(Generic[T]):
	def __init__(self, step: Callable[..., T], *arguments: object) -> None:
		import asyncio

		self._unbegun = [step]
		context, loop = copy_context(), asyncio.get_running_loop()
		self._work = loop.run_in_executor(None, lambda: context.run(self._take, arguments))

	def _take(self, arguments: tuple[object, ...]) -> T:
		try:
			return self._unbegun.pop()(*arguments)
		except StopIteration as error:
			raise RuntimeError("a StopIteration") from error

	async def end(self) -> T:
		import asyncio

		stopped: BaseException | None = None
		while not self._work.done():
			try:
				await asyncio.wait((self._work,))
			except asyncio.CancelledError as cancelled:
				stopped = cancelled
				with contextlib.suppress(IndexError):
					self._unbegun.pop()
					self._work.cancel()
		if stopped is None:
			return self._work.result()
		self._work.cancel()
		raise stopped


class Source(Protocol):
	@property
	def delimited(self) -> bool: ...

	async def chunk(self) -> bytes | Fault | None: ...

	async def aclose(self) -> None: ...


async def _nothing() -> None: ...


class BodyStream(Generic[P]):
	"""What all streams of pieces have in common."""

	_waits = False

	def __init__(self, source: Source) -> None:
		self._over = False
		self._source = source

	def _check_left(self) -> None:
		raise NotImplementedError

	async def _next(self) -> P | None:
		raise NotImplementedError

	def _take(self) -> Awaitable[bytes | Fault | None]:
		return _nothing() if self._over else self._source.chunk()

	async def _close(self) -> None:
		self._over = True
		await self._source.aclose()

	async def _check_kind(self, meta: Meta, begun: bytes) -> None:
		other = media_types.contradiction(begun[: media_types.MAGIC_LENGTH], meta.media_type)
		if other is None:
			return
		pieces, size = [begun], len(begun)
		while size < KEPT and isinstance(piece := await self._take(), bytes):
			pieces.append(piece)
			size += len(piece)
		await self._close()
		unexpected(meta, f"what is called {meta.media_type} is {other}", b"".join(pieces), KEPT_HINT)

	async def _end_save(self, sink: "Sink") -> None:
		try:
			await self._close()
		finally:
			await sink.settle()

	async def _aside(self, step: Callable[..., T], *arguments: object) -> T:
		if not self._waits:
			return step(*arguments)
		return await Aside(step, *arguments).end()


class Incoming(BodyStream[P]):
	"""What streams for threads have in common."""

	def __iter__(self) -> Iterator[P]:
		self._check_left()
		return self

	def __next__(self) -> P:
		piece = at_once(self._next())
		if piece is None:
			raise StopIteration
		return piece

	def close(self) -> None:
		"""Close the connection, unless all has come."""
		at_once(self._close())

	def __enter__(self) -> Self:
		return self

	def __exit__(self, *_: object) -> None:
		self.close()


class AsyncIncoming(BodyStream[P]):
	"""What streams for asyncio have in common."""

	_waits = True

	def __aiter__(self) -> AsyncIterator[P]:
		self._check_left()
		return self

	async def __anext__(self) -> P:
		piece = await self._next()
		if piece is None:
			raise StopAsyncIteration
		return piece

	async def close(self) -> None:
		"""Close the connection, unless all has come."""
		await self._close()

	async def __aenter__(self) -> Self:
		return self

	async def __aexit__(self, *_: object) -> None:
		await self._close()
