"""Types of the `multipart` package, as far as the judge uses it; the package carries none of its own."""

from collections.abc import Iterator
from typing import IO
from wsgiref.headers import Headers

class MultipartError(ValueError): ...

class MultipartPart:
    name: str
    filename: str | None
    @property
    def headers(self) -> Headers: ...
    @property
    def raw(self) -> bytes: ...

class MultipartParser:
    def __init__(
        self,
        stream: IO[bytes],
        boundary: str,
        content_length: int = ...,
        *,
        header_limit: int = ...,
        spool_limit: int = ...,
        memory_limit: int = ...,
    ) -> None: ...
    def parts(self) -> list[MultipartPart]: ...
    def __iter__(self) -> Iterator[MultipartPart]: ...
