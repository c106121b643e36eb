"""Read content in chunks, so that a file of any size takes constant memory."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from ..errors import ArgumentError

# In bytes. With larger chunks a 200 MB transfer takes several MB more memory; with smaller ones, more time.
CHUNK_SIZE = 256 * 1024


def slice_buffer(buffer: memoryview) -> Iterator[bytes]:
    """Yield the bytes of a one-dimensional buffer in chunks."""
    for start in range(0, len(buffer), CHUNK_SIZE):
        yield bytes(buffer[start : start + CHUNK_SIZE])


def read_path(argument: str, path: str, size: int) -> Iterator[bytes]:
    """Yield the first `size` bytes of the file at `path` in chunks.

    Raises ArgumentError that names `argument` if the file cannot be read or has become shorter.
    """
    try:
        with Path(path).open("rb", buffering=0) as file:
            yield from read_file(argument, file, size)
    except OSError as error:
        raise ArgumentError(f"{argument}: cannot read {path!r}: {error}") from error


def read_file(
    argument: str, file: IO[bytes] | io.FileIO, size: int | None, start: int | None = None
) -> Iterator[bytes]:
    """Yield the content of an open file in chunks.

    `size` is the number of bytes to read, None to read to the end. `start` is the position of the first byte,
    None to read from where the file stands. Raises ArgumentError that names `argument` if the file cannot be
    read, or ends before `size` bytes: the request has already announced them as its Content-Length.
    """
    remaining, position = size, start
    while remaining is None or remaining > 0:
        try:
            if position is not None and remaining == size:
                file.seek(position)
            # Only the classes of `io` are checked. A file class of the caller's may read ahead and report the
            # position of the file below it.
            elif position is not None and isinstance(file, io.IOBase) and file.tell() != position:
                raise ValueError("it is read elsewhere at the same time")
            chunk: bytes | None = file.read(CHUNK_SIZE if remaining is None else min(CHUNK_SIZE, remaining))
        except (OSError, ValueError) as error:
            raise ArgumentError(f"{argument}: the file cannot be read: {error}") from error
        if chunk is None:  # a raw file in non-blocking mode has no data yet
            raise ArgumentError(f"{argument}: the file does not wait for data", hint="Make it blocking")
        if not chunk:
            break
        if remaining is not None:
            remaining -= len(chunk)
        if position is not None:
            position += len(chunk)
        yield chunk
    if remaining:
        raise ArgumentError(f"{argument}: the file lost {remaining} bytes while it was being sent")


def check_chunk(argument: str, chunk: object) -> bytes:
    """Return a chunk that an iterator gave as bytes; raises ArgumentError if it is not bytes."""
    if not isinstance(chunk, bytes | bytearray | memoryview):
        hint = "Encode the text" if isinstance(chunk, str) else "For several files give a list"
        raise ArgumentError(f"{argument}: an iterator must give bytes, not {type(chunk).__name__}", hint=hint)
    return bytes(cast("bytes", chunk))
