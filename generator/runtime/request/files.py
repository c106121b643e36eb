"""What callers may give as a file: a path, bytes, an open file or an iterator, alone or with a name."""

import os
from collections.abc import AsyncIterator, Iterator
from typing import IO, cast

from .chunks import check_chunk

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


class PeekedStream:
    """An asynchronous iterator from which the first bytes, `head`, were already taken.

    `chunks` is the rest of it. Without arguments it is the placeholder of a stream that is not read yet.
    """

    def __init__(self, head: bytes = b"", chunks: AsyncIterator[object] | None = None) -> None:
        self.head = head
        self._chunks = chunks

    async def stream(self, argument: str) -> AsyncIterator[bytes]:
        """Yield all chunks, `head` first; raises ArgumentError that names `argument` if one is not bytes."""
        yield self.head
        if self._chunks is not None:
            async for chunk in self._chunks:
                if data := check_chunk(argument, chunk):
                    yield data


def is_file(value: object) -> bool:
    """Tell whether a value can only be meant as a file. A str never is, because it may be a text."""
    # Numbers are excluded for the sake of an IntEnum that has a constant named `read`.
    if isinstance(value, str | int | float):
        return False
    if isinstance(value, tuple):
        return _is_named_file(cast("tuple[object, ...]", value))
    if isinstance(value, bytes | bytearray | memoryview | os.PathLike | PeekedStream | Iterator):
        return True
    return hasattr(value, "read") or hasattr(value, "__aiter__")


def _is_named_file(value: tuple[object, ...]) -> bool:
    """Tell whether a tuple is (name, content) or (name, content, media type); the name may be None."""
    return len(value) in (2, 3) and (value[0] is None or isinstance(value[0], str)) and is_file(value[1])
