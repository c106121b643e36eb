"""Files that are read with `await`, such as Starlette's UploadFile, and those of aiofiles and anyio."""

import inspect
from collections.abc import AsyncIterator
from functools import partial
from pathlib import PurePath
from typing import Any, cast

from ..errors import ArgumentError
from ..response.media_types import MAGIC_LENGTH
from .chunks import CHUNK_SIZE, check_chunk
from .files import PeekedStream


def is_async_file(value: object) -> bool:
    """Tell whether `value.read` is a coroutine function."""
    return inspect.iscoroutinefunction(getattr(value, "read", None))


def name_of_file(file: object) -> str:
    """Return the file name of an open file; empty if it has none.

    `filename` is what web frameworks call it; to some of them `name` is the name of the form's field. A name
    that is a descriptor, or stands for a standard stream such as `<stdin>`, is none.
    """
    for attribute in ("filename", "name"):
        name = getattr(file, attribute, None)
        if isinstance(name, str) and not name.startswith("<"):
            return PurePath(name).name
    return ""


def refuse_async_file(argument: str, file: object) -> ArgumentError:
    """Return the error for a file that the synchronous client cannot read."""
    has_sync_file = hasattr(getattr(file, "file", None), "read")  # Starlette's is a file around a file
    return ArgumentError(
        f"{argument}: a {type(file).__name__} is read with await, which needs the asynchronous client",
        hint="Give its `.file`" if has_sync_file else "Give `await file.read()`",
    )


async def peek_async_file(argument: str, file: object) -> PeekedStream:
    """Return the file with its first bytes read, from its position on.

    If it can seek, each attempt reads it again. One that cannot tell its position is read from its start.
    Raises ArgumentError that names `argument` for a file that is closed, empty, opened as text or unreadable.
    """
    _check_is_open(argument, file)
    source = cast("Any", file)
    start = await _seek_to_start(source)
    head = await _read(argument, source, MAGIC_LENGTH)
    if not head:
        raise ArgumentError(
            f"{argument}: the file is empty", hint=f"It is read from position {start}" if start else None
        )
    filename = name_of_file(source)
    if start is None:
        return PeekedStream(head, _chunks(argument, source), filename=filename)
    size = await _size_from(source, start)
    reopen = partial(_chunks_from, argument, source, start, size)
    return PeekedStream(head, reopen=reopen, size=size, filename=filename)


def _check_is_open(argument: str, file: object) -> None:
    for candidate in (file, getattr(file, "file", None)):
        if getattr(candidate, "closed", False) is True:
            raise ArgumentError(f"{argument}: the file is closed", hint="Open it again")


async def _value_of(value: Any) -> Any:
    """Return a value, awaited if need be: libraries differ in which methods are coroutine functions."""
    return await value if inspect.isawaitable(value) else value


async def _seek_to_start(file: Any) -> int | None:
    """Return the position to read from; None if the file cannot seek."""
    if not hasattr(file, "seek"):
        return None
    try:
        start: int = await _value_of(file.tell()) if hasattr(file, "tell") else 0
        await _value_of(file.seek(start))
    except (OSError, ValueError):
        return None
    return start


async def _size_from(file: Any, start: int) -> int | None:
    """Return the number of bytes from `start`; None if it is not known."""
    if not hasattr(file, "tell"):
        size = getattr(file, "size", None)
        return size if isinstance(size, int) else None
    await _value_of(file.seek(0, 2))
    size = await _value_of(file.tell()) - start
    await _value_of(file.seek(start))
    return cast("int", size)


async def _read(argument: str, file: Any, size: int) -> bytes:
    """Return up to `size` bytes from where the file stands."""
    try:
        chunk = await file.read(size)
    # RuntimeError: the file belongs to another event loop.
    except (OSError, ValueError, RuntimeError) as error:
        raise ArgumentError(f"{argument}: the file cannot be read: {error}") from error
    if isinstance(chunk, str):
        raise ArgumentError(f"{argument}: the file is opened as text", hint="Open it with mode 'rb'")
    return check_chunk(argument, chunk)


async def _chunks(argument: str, file: Any) -> AsyncIterator[bytes]:
    while chunk := await _read(argument, file, CHUNK_SIZE):
        yield chunk


async def _chunks_from(argument: str, file: Any, start: int, size: int | None) -> AsyncIterator[bytes]:
    """Yield `size` bytes from `start`, or all; raises ArgumentError if the file became shorter."""
    try:
        await _value_of(file.seek(start))
    except (OSError, ValueError, RuntimeError) as error:
        raise ArgumentError(f"{argument}: the file cannot be read: {error}") from error
    remaining = size
    while remaining is None or remaining > 0:
        chunk = await _read(argument, file, CHUNK_SIZE if remaining is None else min(CHUNK_SIZE, remaining))
        if not chunk:
            break
        if remaining is not None:
            remaining -= len(chunk)
        yield chunk
    if remaining:
        raise ArgumentError(f"{argument}: the file lost {remaining} bytes while it was being sent")
