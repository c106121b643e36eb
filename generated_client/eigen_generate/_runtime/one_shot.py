import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import IO, Any, TypeGuard, cast

from .errors import ArgumentError
from .files import CHUNK, Begun, as_bytes
from .plan import Members

_IN_MEMORY = 1024 * 1024


class Spools:
    def __init__(self) -> None:
        self._files: list[IO[bytes]] = []

    def close(self) -> None:
        for file in self._files:
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
        chunks = _once(value)
        if chunks is None:
            return value
        file = self.new()
        for chunk in chunks:
            file.write(as_bytes(argument, chunk))
        file.seek(0)
        return file


def _once(value: object) -> Iterator[object] | None:
    if hasattr(value, "__next__") and not hasattr(value, "read"):
        return cast("Iterator[object]", value)
    if hasattr(value, "read") and not _is_seekable(value):
        return iter(lambda: cast("IO[bytes]", value).read(CHUNK), b"")
    return None


def _is_seekable(file: Any) -> bool:
    try:
        return bool(file.seekable())
    except (AttributeError, ValueError, OSError):
        return False


def is_asynchronous(values: Iterable[object]) -> bool:
    for value in values:
        if value is None or isinstance(value, str):
            continue
        if hasattr(value, "__aiter__") or (_is_list(value) and is_asynchronous(value)):
            return True
    return False


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
    async for chunk in chunks:
        if chunk:
            return Begun(as_bytes(argument, chunk), chunks)
    raise ArgumentError(f"{argument}: the file is empty")


async def _spool(argument: str, chunks: AsyncIterator[object], file: IO[bytes]) -> IO[bytes]:
    import asyncio

    write: Callable[[bytes], object] = file.write
    async for chunk in chunks:
        await asyncio.to_thread(write, as_bytes(argument, chunk))
    file.seek(0)
    return file


def _is_list(value: object) -> TypeGuard[list[object] | tuple[object, ...]]:
    return isinstance(value, list | tuple)


def _same(kind: object, items: list[object]) -> object:
    return tuple(items) if isinstance(kind, tuple) else items
