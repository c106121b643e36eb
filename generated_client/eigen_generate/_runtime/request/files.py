"""What callers may give as a file: a path, bytes, a result, an open file and more, alone or with a name."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import IO, Any, Protocol, cast

from ..response.results import Media
from .chunks import check_chunk
from .pillow import is_pillow_image


class AsyncFile(Protocol):
    """An open file that is read with `await`, for the asynchronous client."""

    def read(self, size: int, /) -> Awaitable[bytes]:
        """Return up to `size` bytes."""
        ...


class PillowImage(Protocol):
    """What type checkers recognise a picture of Pillow by."""

    @property
    def mode(self) -> str:
        """The kind of its pixels, such as `RGB`."""
        ...

    def getexif(self) -> Any:
        """Return its EXIF."""
        ...


FileContent = (
    str
    | os.PathLike[str]
    | bytes
    | bytearray
    | memoryview
    | IO[bytes]
    | Iterator[bytes]
    | AsyncIterator[bytes]
    | AsyncFile
    | Media
    | PillowImage
)
FileInput = FileContent | tuple[str, FileContent] | tuple[str, FileContent, str]


class PeekedStream:
    """A file that is read with `await`, from which the first bytes, `head`, were already taken.

    `chunks` is the rest of it. If it can be read again, `reopen` returns all chunks from the start instead.
    `size` is in bytes, None if not known. Without arguments it is the placeholder of a stream that is not
    read yet.
    """

    def __init__(
        self,
        head: bytes = b"",
        chunks: AsyncIterator[object] | None = None,
        reopen: Callable[[], AsyncIterator[bytes]] | None = None,
        size: int | None = None,
        filename: str = "",
    ) -> None:
        self.head = head
        self.size = size
        self.filename = filename
        self.repeatable = reopen is not None
        self._chunks = chunks
        self._reopen = reopen

    async def stream(self, argument: str) -> AsyncIterator[bytes]:
        """Yield all chunks, `head` first; raises ArgumentError that names `argument` if one is not bytes."""
        if self._reopen is not None:
            async for repeated_chunk in self._reopen():
                yield repeated_chunk
            return
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
    if isinstance(value, bytes | bytearray | memoryview | os.PathLike | PeekedStream | Iterator | Media):
        return True
    if is_pillow_image(value):
        return True
    return hasattr(value, "read") or hasattr(value, "__aiter__")


def _is_named_file(value: tuple[object, ...]) -> bool:
    """Tell whether a tuple is (name, content) or (name, content, media type); the name may be None."""
    return len(value) in (2, 3) and (value[0] is None or isinstance(value[0], str)) and is_file(value[1])
