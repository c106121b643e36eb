"""From a file as the caller gives it to an upload: its name, media type and size, and a way to read it.

Whatever is wrong with a file raises an error that names its argument before anything is sent. A file whose
bytes are not in memory yet is read in chunks while the request is sent.
"""

import io
import os
import stat
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path, PurePath
from typing import IO, NamedTuple, cast

from ..errors import ArgumentError
from ..response import media_types
from ..response.results import Media
from .async_files import is_async_file, name_of_file, refuse_async_file
from .chunks import CHUNK_SIZE, check_chunk, read_file, read_path, slice_buffer
from .files import PeekedStream
from .not_files import PATH_HINT, is_array, refuse_array, refuse_url, refuse_value, shorten
from .pillow import is_pillow_image, png_of


class Upload(NamedTuple):
    """A file that is ready to be sent. `head` are its first bytes; `size` is in bytes, None if not known.

    `open` returns the chunks from the start; if `repeatable` is false it may be called only once. `blocking`
    says that reading may wait for a disk or another program. `path` is where the file is, if the caller gave
    a path. `stream` returns the chunks in place of `open` if they come asynchronously.
    """

    head: bytes
    size: int | None
    open: Callable[[], Iterator[bytes]]
    filename: str = ""
    repeatable: bool = True
    blocking: bool = False
    path: str = ""
    stream: Callable[[], AsyncIterator[bytes]] | None = None
    media_type: str = ""


def read_upload(argument: str, value: object) -> Upload:
    """Return the upload for a FileInput; a str is a path.

    Raises ArgumentError that names `argument` for a file that is missing, empty, closed or unreadable, and
    for a value that is not a file.
    """
    filename, declared_type, content = "", None, value
    if isinstance(value, tuple):
        filename, declared_type, content = _split_named_file(argument, cast("tuple[object, ...]", value))
    upload = _open_content(argument, content)
    if upload.size is not None and not upload.head:
        raise ArgumentError(f"{argument}: the file is empty")
    # A path need not be UTF-8: Python keeps its bytes as surrogates (PEP 383), which a header cannot hold.
    path_name = upload.filename.encode(errors="replace").decode()
    filename = filename or path_name
    media_type = (
        declared_type
        or upload.media_type
        or media_types.type_of_file(filename, upload.head)
        or media_types.OCTET_STREAM
    )
    if not filename:
        suffix = media_types.usual_suffix(media_type)
        filename = "upload" + (suffix or media_types.usual_suffix(media_types.sniff(upload.head) or ""))
    return upload._replace(filename=filename, media_type=media_type)


def _split_named_file(argument: str, value: tuple[object, ...]) -> tuple[str, str | None, object]:
    """Return name, media type and content of (name, content) or (name, content, media type).

    A name of None becomes an empty string, which is filled in later.
    """
    for item in value:  # a rate with samples, as libraries for sound return them
        if is_array(item):
            raise refuse_array(argument, item)
    if not 2 <= len(value) <= 3:
        raise ArgumentError(f"{argument}: a named file is (name, content) or (name, content, type)")
    filename, media_type = value[0] or "", value[2] if len(value) == 3 else None
    if not isinstance(filename, str):
        raise ArgumentError(f"{argument}: the file's name must be a str, not {type(filename).__name__}")
    if media_type is None:
        return filename, None, value[1]
    # It is written into a header of the part, which a line break would end.
    if not isinstance(media_type, str) or "/" not in media_type or not _is_printable_ascii(media_type):
        raise ArgumentError(f"{argument}: {media_type!r} is not a media type such as image/png")
    return filename, media_type, value[1]


def _is_printable_ascii(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _open_content(argument: str, content: object) -> Upload:
    """Return an upload, with a filename or a media type only if the content itself has one."""
    if isinstance(content, bytes | bytearray | memoryview):
        return _open_buffer(memoryview(cast("bytes", content)))
    if isinstance(content, Media):
        return _open_buffer(memoryview(content.content))._replace(media_type=content.media_type)
    if isinstance(content, str | os.PathLike):
        try:
            path = os.fsdecode(cast("str", content))
        except TypeError as error:  # the `__fspath__` of the caller's class returned no path
            raise ArgumentError(f"{argument}: {error}") from None
        refuse_url(argument, path)
        return _open_path(argument, path)
    if is_pillow_image(content):
        return _open_buffer(memoryview(png_of(argument, content)))
    if is_async_file(content):
        raise refuse_async_file(argument, content)
    if hasattr(content, "read"):
        return _open_file(argument, cast("IO[bytes]", content))
    if isinstance(content, Iterator):
        return _open_iterator(argument, cast("Iterator[object]", content))
    if isinstance(content, PeekedStream):
        return Upload(
            content.head,
            content.size,
            lambda: iter(()),
            content.filename,
            repeatable=content.repeatable,
            blocking=True,
            stream=partial(content.stream, argument),
        )
    raise refuse_value(argument, content)


def _open_buffer(buffer: memoryview) -> Upload:
    # A copy, where the bytes do not lie side by side. An empty buffer cannot be cast.
    is_contiguous = buffer.c_contiguous and buffer.nbytes
    flat = buffer.cast("B") if is_contiguous else memoryview(buffer.tobytes())
    return Upload(bytes(flat[: media_types.MAGIC_LENGTH]), flat.nbytes, lambda: slice_buffer(flat))


def _open_path(argument: str, path: str) -> Upload:
    try:
        mode = Path(path).stat().st_mode
        if stat.S_ISDIR(mode):
            raise ArgumentError(f"{argument}: {path!r} is a directory, not a file")
        if not stat.S_ISREG(mode):  # opening a pipe would wait for its other end
            raise ArgumentError(
                f"{argument}: {path!r} is not a regular file", hint="Open it and give the file"
            )
        with Path(path).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            head = file.read(CHUNK_SIZE if size <= CHUNK_SIZE else media_types.MAGIC_LENGTH)
    except ArgumentError:
        raise
    except FileNotFoundError:
        raise ArgumentError(f"{argument}: no such file: {shorten(path)!r}", hint=PATH_HINT) from None
    except (OSError, ValueError) as error:
        problem = error.strerror if isinstance(error, OSError) else str(error)
        message = f"{argument}: cannot read {shorten(path)!r}: {problem}"
        raise ArgumentError(message, hint=PATH_HINT) from error
    filename = PurePath(path).name
    if size <= CHUNK_SIZE:
        # `head` is the whole file: it is read once instead of twice, and a retry does not read it again.
        return Upload(head, len(head), lambda: iter((head,)), filename, path=path)
    return Upload(head, size, lambda: read_path(argument, path, size), filename, blocking=True, path=path)


def _open_file(argument: str, file: IO[bytes]) -> Upload:
    _check_is_binary(argument, file)
    filename = name_of_file(file)
    try:
        start = file.tell()
        # The end comes from `tell`, because the `seek` of a mmap returns None before Python 3.13.
        file.seek(0, os.SEEK_END)
        size = file.tell() - start
        file.seek(start)
    except (OSError, AttributeError, ValueError):  # a pipe, for example: it can be read once
        return _open_iterator(argument, read_file(argument, file, None), filename)
    head = cast("bytes", _read_part(argument, file, media_types.MAGIC_LENGTH))
    file.seek(start)
    return Upload(
        head,
        max(size, 0),  # negative where the file stands behind its end
        lambda: read_file(argument, file, size, start),
        filename,
        blocking=not isinstance(file, io.BytesIO),
    )


def _check_is_binary(argument: str, file: IO[bytes]) -> None:
    if getattr(file, "closed", False):
        raise ArgumentError(f"{argument}: the file is closed", hint="Open it again")
    # Reading 0 bytes shows the kind of a file that is not of an `io` class, and takes nothing from it.
    if isinstance(file, io.TextIOBase) or isinstance(_read_part(argument, file, 0), str):
        raise ArgumentError(f"{argument}: the file is opened as text", hint="Open it with mode 'rb'")


def _read_part(argument: str, file: IO[bytes], size: int) -> object:
    """Return what `file.read(size)` gives: bytes, or a str if the file is opened as text."""
    try:
        return file.read(size)
    except io.UnsupportedOperation as error:
        raise ArgumentError(
            f"{argument}: the file is not opened for reading", hint="Open it with mode 'rb'"
        ) from error
    except (OSError, ValueError) as error:
        raise ArgumentError(f"{argument}: the file cannot be read: {error}") from error


def _open_iterator(argument: str, chunks: Iterator[object], filename: str = "") -> Upload:
    """Take the first bytes, to find the media type; the chunks can be read only once."""
    head = b""
    for chunk in chunks:
        head += check_chunk(argument, chunk)
        if len(head) >= media_types.MAGIC_LENGTH:
            break
    if not head:
        raise ArgumentError(f"{argument}: the file is empty")

    def all_chunks() -> Iterator[bytes]:
        yield head
        for chunk in chunks:
            if data := check_chunk(argument, chunk):
                yield data

    return Upload(head, None, all_chunks, filename, repeatable=False, blocking=True)
