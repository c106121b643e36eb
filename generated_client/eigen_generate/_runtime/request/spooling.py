"""Streams that can be read once, before a call: begun if they are asynchronous, spooled if asked for."""

import asyncio
import contextlib
import io
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import IO, Any, TypeGuard, cast

from ..contract import Fields
from ..errors import ArgumentError
from ..response.media_types import MAGIC_LENGTH
from .files import PeekedStream, as_bytes, read_chunks

# Up to this many bytes are held in memory, and not in a temporary file.
_IN_MEMORY = 1024 * 1024


class Spools:
    """Temporary files that hold what can be read once. Whoever makes it closes it after the call."""

    def __init__(self) -> None:
        self._files: list[IO[bytes]] = []

    def close(self) -> None:
        """Remove the files."""
        for file in self._files:
            with contextlib.suppress(OSError):  # a full disk has been told of
                file.close()

    def new(self) -> IO[bytes]:
        """Make an empty file."""
        # Closed by `close`, when the exchange is over.
        file = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115
        self._files.append(file)
        return file

    def keep(self, fields: Fields) -> dict[str, object]:
        """Give `fields` with every stream that can be read once as a file that can be read again."""
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
    """Give the chunks of what can be read once; None for anything else."""
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


def may_block(values: Iterable[object]) -> bool:
    """Tell whether reading any value may wait, or one of a list or named file: iterators, and open files."""
    for value in values:
        if value is None or isinstance(
            value, str | int | float | bytes
        ):  # most are, and every call comes here
            continue
        if hasattr(value, "__aiter__") or hasattr(value, "__next__"):
            return True
        if hasattr(value, "read") and not isinstance(value, io.BytesIO):
            return True
        if _is_list(value) and may_block(value):
            return True
    return False


def without_reading(fields: Fields) -> dict[str, object]:
    """Give `fields` with what stands for those streams that can be read once, and are to be read later."""
    return {name: _without_reading(name, value) for name, value in fields.items()}


def _without_reading(argument: str, value: object) -> object:
    if _is_list(value):
        return _same(value, [_without_reading(argument, item) for item in value])
    once = hasattr(value, "__aiter__") or _once(argument, value) is not None
    return PeekedStream() if once else value


async def peek_streams(fields: Fields, spools: Spools | None) -> dict[str, object]:
    """Give `fields` with the first bytes of every asynchronous iterator taken, or with all of it spooled."""
    return {name: await _peek(name, value, spools) for name, value in fields.items()}


async def _peek(argument: str, value: object, spools: Spools | None) -> object:
    if _is_list(value):
        return _same(value, [await _peek(argument, item, spools) for item in value])
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
    return PeekedStream(head, chunks)


async def _spool(argument: str, chunks: AsyncIterator[object], file: IO[bytes]) -> IO[bytes]:
    async for chunk in chunks:
        await asyncio.to_thread(_store, argument, file.write, as_bytes(argument, chunk))
    await asyncio.to_thread(_store, argument, file.seek, 0)
    return file


def _is_list(value: object) -> TypeGuard[list[object] | tuple[object, ...]]:
    return isinstance(value, list | tuple)


def _same(kind: object, items: list[object]) -> object:
    return tuple(items) if isinstance(kind, tuple) else items
