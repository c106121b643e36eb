import contextlib
import io
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import IO, Any, TypeGuard, cast

from .errors import ArgumentError
from .files import Begun, as_bytes, read_chunks
from .media_types import MAGIC_LENGTH
from .plan import Members

_IN_MEMORY = 1024 * 1024


class Spools:
	def __init__(self) -> None:
		self._files: list[IO[bytes]] = []

	def close(self) -> None:
		for file in self._files:
			with contextlib.suppress(OSError):
				file.close()

	def new(self) -> IO[bytes]:
		file = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))
		self._files.append(file)
		return file

	def keep(self, fields: Members) -> dict[str, object]:
		return {name: self._keep(name, value) for name, value in fields.items()}

	def _keep(self, argument: str, value: object) -> object:
		if _is_list(value):
			return _same(value, [self._keep(argument, item) for item in value])
		chunks = _once(argument, value)
		if chunks is None:
			return value
		file = self.new()
		for chunk in chunks:
			_store(argument, file.write, as_bytes(argument, chunk))
		_store(argument, file.seek, 0)
		return file


def _store(argument: str, step: Callable[..., object], *arguments: object) -> None:
	try:
		step(*arguments)
	except OSError as error:
		raise ArgumentError(
			f"{argument}: cannot be spooled: {error.strerror or error}",
			hint="Make room for temporary files, or give a file that can be read again",
		) from error


def _once(argument: str, value: object) -> Iterator[object] | None:
	if hasattr(value, "__next__") and not hasattr(value, "read"):
		return cast("Iterator[object]", value)
	if hasattr(value, "read") and not _is_seekable(value):
		return read_chunks(argument, cast("IO[bytes]", value), None)
	return None


def _is_seekable(file: Any) -> bool:
	try:
		return bool(file.seekable())
	except (AttributeError, ValueError, OSError):
		return False


def may_wait(values: Iterable[object]) -> bool:
	for value in values:
		if value is None or isinstance(value, str | int | float | bytes):
			continue
		if hasattr(value, "__aiter__") or hasattr(value, "__next__"):
			return True
		if hasattr(value, "read") and not isinstance(value, io.BytesIO):
			return True
		if _is_list(value) and may_wait(value):
			return True
	return False


def unread(fields: Members) -> dict[str, object]:
	return {name: _unread(name, value) for name, value in fields.items()}


def _unread(argument: str, value: object) -> object:
	if _is_list(value):
		return _same(value, [_unread(argument, item) for item in value])
	once = hasattr(value, "__aiter__") or _once(argument, value) is not None
	return Begun() if once else value


async def begin(fields: Members, spools: Spools | None) -> dict[str, object]:
	return {name: await _begin(name, value, spools) for name, value in fields.items()}


async def _begin(argument: str, value: object, spools: Spools | None) -> object:
	if _is_list(value):
		return _same(value, [await _begin(argument, item, spools) for item in value])
	if not hasattr(value, "__aiter__"):
		return value
	chunks = aiter(cast("AsyncIterator[object]", value))
	if spools is not None:
		return await _spool(argument, chunks, spools.new())
	head = b""
	async for chunk in chunks:
		head += as_bytes(argument, chunk)
		if len(head) >= MAGIC_LENGTH:
			break
	if not head:
		raise ArgumentError(f"{argument}: the file is empty")
	return Begun(head, chunks)


async def _spool(argument: str, chunks: AsyncIterator[object], file: IO[bytes]) -> IO[bytes]:
	import asyncio

	async for chunk in chunks:
		await asyncio.to_thread(_store, argument, file.write, as_bytes(argument, chunk))
	await asyncio.to_thread(_store, argument, file.seek, 0)
	return file


def _is_list(value: object) -> TypeGuard[list[object] | tuple[object, ...]]:
	return isinstance(value, list | tuple)


def _same(kind: object, items: list[object]) -> object:
	return tuple(items) if isinstance(kind, tuple) else items
