"""Prepare streams that can be read only once: peek at asynchronous ones, spool all if the caller chose so."""

import contextlib
import inspect
import io
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import IO, Any, TypeGuard, cast

import anyio.to_thread

from ..contract import Fields
from ..errors import ArgumentError
from ..response.media_types import MAGIC_LENGTH
from .async_files import is_async_file, name_of_file, peek_async_file
from .chunks import check_chunk, read_file
from .files import PeekedStream
from .pillow import is_pillow_image

# In bytes. Smaller streams stay in memory, where 1 MiB is not noticed.
_MAX_IN_MEMORY = 1024 * 1024


class Spools:
    """Temporary files that hold copies of streams. The code that makes a Spools closes it after the call."""

    def __init__(self) -> None:
        self._files: list[IO[bytes]] = []

    def close(self) -> None:
        """Remove the files."""
        for file in self._files:
            with contextlib.suppress(OSError):  # `close` flushes; a full disk already raised while writing
                file.close()

    def new_file(self) -> IO[bytes]:
        """Return a new, empty file."""
        # Not in a `with` block: it is read until the call is over, and `close` closes it.
        file = tempfile.SpooledTemporaryFile(max_size=_MAX_IN_MEMORY)  # noqa: SIM115
        self._files.append(file)
        return file

    def spool_streams(self, fields: Fields) -> dict[str, object]:
        """Return `fields` in which every stream that can be read only once is a file that can be read again.

        Raises ArgumentError that names the argument if the temporary file cannot be written.
        """
        return {name: self._spool_value(name, value) for name, value in fields.items()}

    def _spool_value(self, argument: str, value: object) -> object:
        if _is_sequence(value):
            return _like(value, [self._spool_value(argument, item) for item in value])
        chunks = _chunks_of_single_use(argument, value)
        if chunks is None:
            return value
        file = self.new_file()
        for chunk in chunks:
            _call_file(argument, file.write, check_chunk(argument, chunk))
        _call_file(argument, file.seek, 0)
        return file


def _call_file(argument: str, method: Callable[..., object], *values: object) -> None:
    """Call a method of a temporary file; raises ArgumentError that names `argument` if the disk refuses."""
    try:
        method(*values)
    except OSError as error:
        raise ArgumentError(
            f"{argument}: cannot be spooled: {error.strerror or error}",
            hint="Make room for temporary files, or give a file that can be read again",
        ) from error


def _chunks_of_single_use(argument: str, value: object) -> Iterator[object] | None:
    """Return the chunks of an iterator, or of an open file that cannot seek; None for any other value."""
    if hasattr(value, "__next__") and not hasattr(value, "read"):
        return cast("Iterator[object]", value)
    if hasattr(value, "read") and not is_async_file(value) and not _is_seekable(value):
        return read_file(argument, cast("IO[bytes]", value), None)
    return None


def _is_seekable(file: Any) -> bool:
    try:
        return bool(file.seekable())
    except (AttributeError, ValueError, OSError):
        return False


def may_block(values: Iterable[object]) -> bool:
    """Tell whether reading one of the values, or one inside a list or tuple, may wait.

    That is so for iterators, which may come from anywhere, and for open files. To encode a picture of Pillow
    takes seconds if it is large.
    """
    for value in values:
        if hasattr(value, "__aiter__") or hasattr(value, "__next__") or is_pillow_image(value):
            return True
        if hasattr(value, "read") and not isinstance(value, io.BytesIO):
            return True
        if _is_sequence(value) and may_block(value):
            return True
    return False


def replace_streams(fields: Fields) -> dict[str, object]:
    """Return `fields` with placeholders for the streams that can be read only once, so that none is read."""
    return {name: _replace_stream(name, value) for name, value in fields.items()}


def _replace_stream(argument: str, value: object) -> object:
    if _is_sequence(value):
        return _like(value, [_replace_stream(argument, item) for item in value])
    if is_async_file(value):
        return PeekedStream(filename=name_of_file(value))
    is_stream = hasattr(value, "__aiter__") or _chunks_of_single_use(argument, value) is not None
    return PeekedStream() if is_stream else value


async def peek_streams(fields: Fields, spools: Spools | None) -> dict[str, object]:
    """Return `fields` with the first bytes of every asynchronous file or iterator read, to find its type.

    With `spools` what can be read only once is read into a temporary file. Raises ArgumentError that names
    the argument if one is empty or gives something other than bytes.
    """
    return {name: await _peek_value(name, value, spools) for name, value in fields.items()}


async def _peek_value(argument: str, value: object, spools: Spools | None) -> object:
    if _is_sequence(value):
        return _like(value, [await _peek_value(argument, item, spools) for item in value])
    if is_async_file(value):
        peeked = await peek_async_file(argument, value)
        if spools is None or peeked.repeatable:
            return peeked
        return await _spool_chunks(argument, peeked.stream(argument), spools.new_file())
    # What is awaited is no iterator, even if it promises to become one; it is refused with a hint.
    if not hasattr(value, "__aiter__") or inspect.isawaitable(value):
        return value
    chunks = aiter(cast("AsyncIterator[object]", value))
    if spools is not None:
        return await _spool_chunks(argument, chunks, spools.new_file())
    head = b""
    async for chunk in chunks:
        head += check_chunk(argument, chunk)
        if len(head) >= MAGIC_LENGTH:
            break
    if not head:
        raise ArgumentError(f"{argument}: the file is empty")
    return PeekedStream(head, chunks)


async def _spool_chunks(argument: str, chunks: AsyncIterator[object], file: IO[bytes]) -> IO[bytes]:
    # In a thread, because a disk may be slow and would keep the event loop waiting.
    async for chunk in chunks:
        await anyio.to_thread.run_sync(_call_file, argument, file.write, check_chunk(argument, chunk))
    await anyio.to_thread.run_sync(_call_file, argument, file.seek, 0)
    return file


def _is_sequence(value: object) -> TypeGuard[list[object] | tuple[object, ...]]:
    return isinstance(value, list | tuple)


def _like(original: object, items: list[object]) -> object:
    """Return `items` as a tuple if `original` is one: a tuple may be a named file, and a list may not."""
    return tuple(items) if isinstance(original, tuple) else items
