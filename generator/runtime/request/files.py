"""Files as callers give them: a path, bytes, an open file, an iterator; read in constant memory.

Whatever can be wrong with one is found, and named after its argument, before anything is sent.
"""

import io
import os
import stat
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path, PurePath
from typing import IO, NamedTuple, cast

from ..errors import ArgumentError
from ..response import media_types

FileContent = (
    str
    | os.PathLike[str]
    | bytes
    | bytearray
    | memoryview
    | IO[bytes]
    | Iterator[bytes]
    | AsyncIterator[bytes]
)
FileInput = FileContent | tuple[str, FileContent] | tuple[str, FileContent, str]

# Larger pieces make a 200 MB transfer grow by several MB; smaller ones cost time.
CHUNK = 256 * 1024


class Upload(NamedTuple):
    """A file that is ready to be sent. `head` are its first bytes, `size` is in bytes, None if nobody knows.

    `open` gives the chunks from the start; where `repeatable` is false it may be called once.
    `blocking` says that reading may wait for a disk or another program. `path` is where it lies, if it
    was given as a path; `stream` gives the chunks in place of `open` if they come asynchronously.
    """

    head: bytes
    size: int | None
    open: Callable[[], Iterator[bytes]]
    filename: str = ""
    repeatable: bool = True
    blocking: bool = False
    path: str = ""
    stream: AsyncIterator[bytes] | None = None
    media_type: str = ""


class PeekedStream:
    """An asynchronous iterator whose first bytes were taken; without `chunks`, what nobody is to read yet."""

    def __init__(self, head: bytes = b"", chunks: AsyncIterator[object] | None = None) -> None:
        self.head = head
        self._chunks = chunks

    async def stream(self, argument: str) -> AsyncIterator[bytes]:
        """Give all chunks, the first again."""
        yield self.head
        if self._chunks is not None:
            async for chunk in self._chunks:
                if data := as_bytes(argument, chunk):
                    yield data


_PLAIN = (str, int, float)
_FILES = (bytes, bytearray, memoryview, os.PathLike, PeekedStream, Iterator)


def is_file(value: object) -> bool:
    """Tell whether a value can only be meant as a file. A str never is: it may be a text."""
    if value is None or isinstance(value, _PLAIN):  # at once: os.PathLike takes time to ask
        return False
    if isinstance(value, tuple):
        return _is_named(cast("tuple[object, ...]", value))
    return isinstance(value, _FILES) or hasattr(value, "read") or hasattr(value, "__aiter__")


def _is_named(value: tuple[object, ...]) -> bool:
    return len(value) in (2, 3) and (value[0] is None or isinstance(value[0], str)) and is_file(value[1])


def read_upload(argument: str, value: object) -> Upload:
    """Make a file of any FileInput; here a str is a path.

    Raises ArgumentError, naming `argument`, for what is missing, empty, closed or no file at all.
    """
    filename, declared, content = "", None, value
    if isinstance(value, tuple):
        filename, declared, content = _named(argument, cast("tuple[object, ...]", value))
    opened = _open(argument, content)
    if opened.size is not None and not opened.head:
        raise ArgumentError(f"{argument}: the file is empty")
    sniffed = media_types.sniff(opened.head)
    # Of a path that is no UTF-8, which is a name all the same.
    own = opened.filename.encode(errors="replace").decode()
    filename = filename or own or "upload" + media_types.usual_suffix(sniffed or "")
    media_type = declared or sniffed or media_types.type_of_filename(filename) or media_types.OCTET_STREAM
    return opened._replace(filename=filename, media_type=media_type)


def _named(argument: str, value: tuple[object, ...]) -> tuple[str, str | None, object]:
    """Take (name, content) or (name, content, type) apart; None stands for what is not known."""
    if not 2 <= len(value) <= 3:
        raise ArgumentError(f"{argument}: a named file is (name, content) or (name, content, type)")
    filename, kind = value[0] or "", value[2] if len(value) == 3 else None
    if not isinstance(filename, str):
        raise ArgumentError(f"{argument}: the file's name must be a str, not {type(filename).__name__}")
    if kind is None:
        return filename, None, value[1]
    if not isinstance(kind, str) or "/" not in kind or not kind.isascii() or not kind.isprintable():
        raise ArgumentError(f"{argument}: {kind!r} is not a media type such as image/png")
    return filename, kind, value[1]


def _open(argument: str, value: object) -> Upload:
    if isinstance(value, bytes):  # first: os.PathLike takes time to ask
        size = len(value)
        return Upload(
            value[: media_types.MAGIC_LENGTH],
            size,
            lambda: iter((value,)) if size <= CHUNK else _slices(memoryview(value)),
        )
    if isinstance(value, str | os.PathLike):
        try:
            return _open_path(argument, os.fsdecode(cast("str", value)))
        except TypeError as error:  # what calls itself a path, and gives none
            raise ArgumentError(f"{argument}: {error}") from None
    if isinstance(value, bytearray | memoryview):
        return _open_buffer(memoryview(cast("bytes", value)))
    if hasattr(value, "read"):
        return _open_stream(argument, cast("IO[bytes]", value))
    if isinstance(value, Iterator):
        return _open_iterator(argument, cast("Iterator[object]", value))
    if isinstance(value, PeekedStream):
        return Upload(value.head, None, lambda: iter(()), repeatable=False, stream=value.stream(argument))
    if hasattr(value, "__aiter__"):
        raise ArgumentError(f"{argument}: an asynchronous iterator needs the asynchronous client")
    raise ArgumentError(
        f"{argument}: {type(value).__name__} is not a file",
        hint="Give a path, bytes, a file opened in binary mode, or (name, content)",
    )


def _open_buffer(view: memoryview) -> Upload:
    flat = view.cast("B") if view.c_contiguous and view.nbytes else memoryview(view.tobytes())
    return Upload(bytes(flat[: media_types.MAGIC_LENGTH]), flat.nbytes, lambda: _slices(flat))


def _slices(view: memoryview) -> Iterator[bytes]:
    for start in range(0, len(view), CHUNK):
        yield bytes(view[start : start + CHUNK])


def _open_path(argument: str, path: str) -> Upload:
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise ArgumentError(f"{argument}: {path!r} is a directory, not a file")
        if not stat.S_ISREG(mode):  # opening a pipe would wait for its other end
            raise ArgumentError(f"{argument}: {path!r} is no regular file", hint="Open it and give the file")
        with Path(path).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            head = file.read(CHUNK if size <= CHUNK else media_types.MAGIC_LENGTH)
    except ArgumentError:
        raise
    except FileNotFoundError:
        raise ArgumentError(f"{argument}: no such file: {path!r}") from None
    except (OSError, ValueError) as error:
        raise ArgumentError(f"{argument}: cannot read {path!r}: {error}") from error
    name = PurePath(path).name
    if size <= CHUNK:
        # Small enough to be at hand whole: one read instead of two, and a second attempt needs none.
        return Upload(head, len(head), lambda: iter((head,)), name, path=path)
    return Upload(head, size, lambda: _read_path(argument, path, size), name, blocking=True, path=path)


def _read_path(argument: str, path: str, size: int) -> Iterator[bytes]:
    try:
        with Path(path).open("rb", buffering=0) as file:
            yield from read_chunks(argument, file, size)
    except OSError as error:
        raise ArgumentError(f"{argument}: cannot read {path!r}: {error}") from error


def read_chunks(
    argument: str, file: IO[bytes] | io.FileIO, size: int | None, start: int | None = None
) -> Iterator[bytes]:
    """Read up to `size` bytes, from `start` on; fewer would break the promise of Content-Length."""
    left = size
    while left is None or left > 0:
        try:
            if left == size and start is not None:
                file.seek(start)
            elif start is not None and isinstance(file, io.IOBase) and file.tell() != start:
                raise ValueError("it is read elsewhere at the same time")
            chunk: bytes | None = file.read(CHUNK if left is None else min(CHUNK, left))
        except (OSError, ValueError) as error:
            raise ArgumentError(f"{argument}: the file cannot be read: {error}") from error
        if chunk is None:
            raise ArgumentError(f"{argument}: the file does not wait for data", hint="Make it blocking")
        if not chunk:
            break
        left = None if left is None else left - len(chunk)
        start = None if start is None else start + len(chunk)
        yield chunk
    if left:
        raise ArgumentError(f"{argument}: the file lost {left} bytes while it was being sent")


def _open_stream(argument: str, file: IO[bytes]) -> Upload:
    _check_binary(argument, file)
    name = getattr(file, "name", "")
    name = PurePath(name).name if isinstance(name, str) and not name.startswith("<") else ""
    try:
        start = file.tell()
        file.seek(0, os.SEEK_END)  # of a mmap it gives nothing
        size = file.tell() - start
        file.seek(start)
    except (OSError, AttributeError, ValueError):
        return _open_iterator(argument, read_chunks(argument, file, None), name)
    head = cast("bytes", _read(argument, file, media_types.MAGIC_LENGTH))
    file.seek(start)
    return Upload(
        head,
        max(size, 0),
        lambda: read_chunks(argument, file, size, start),
        name,
        blocking=not isinstance(file, io.BytesIO),
    )


def _check_binary(argument: str, file: IO[bytes]) -> None:
    if getattr(file, "closed", False):
        raise ArgumentError(f"{argument}: the file is closed")
    if isinstance(file, io.TextIOBase) or isinstance(_read(argument, file, 0), str):
        raise ArgumentError(f"{argument}: the file is opened as text", hint="Open it with mode 'rb'")


def _read(argument: str, file: IO[bytes], count: int) -> object:
    try:
        return file.read(count)
    except io.UnsupportedOperation as error:
        raise ArgumentError(
            f"{argument}: the file is not opened for reading", hint="Open it with mode 'rb'"
        ) from error
    except (OSError, ValueError) as error:
        raise ArgumentError(f"{argument}: the file cannot be read: {error}") from error


def _open_iterator(argument: str, chunks: Iterator[object], name: str = "") -> Upload:
    """Take the first bytes, for what they tell; the rest can be had once only."""
    head = b""
    for chunk in chunks:
        head += as_bytes(argument, chunk)
        if len(head) >= media_types.MAGIC_LENGTH:
            break
    if not head:
        raise ArgumentError(f"{argument}: the file is empty")

    def rest() -> Iterator[bytes]:
        yield head
        for chunk in chunks:
            if data := as_bytes(argument, chunk):
                yield data

    return Upload(head, None, rest, name, repeatable=False, blocking=True)


def as_bytes(argument: str, chunk: object) -> bytes:
    """Check that an iterator gives bytes."""
    if not isinstance(chunk, bytes | bytearray | memoryview):
        raise ArgumentError(f"{argument}: an iterator must give bytes, not {type(chunk).__name__}")
    return bytes(cast("bytes", chunk))
