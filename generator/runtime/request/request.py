"""A request that is ready to be sent, except for the API key."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..contract import Operation
from ..settings.hooks import UploadHook
from ..settings.response_limits import ResponseLimits
from ..settings.timeouts import Timeout
from .spooling import Spools
from .uploads import Upload

Headers = tuple[tuple[str, str], ...]


class Part(NamedTuple):
    """One part of a form: a file or a text. A part whose `media_type` is None has no Content-Type."""

    name: str
    content: Upload | bytes
    media_type: str | None
    headers: Headers


class Payload(NamedTuple):
    """A body as pieces in order: bytes that are in memory, and files that are read while they are sent.

    `size` is in bytes, None if the size of a file is not known. If `repeatable` is false the body can be sent
    only once. `parts` are the parts of a form.
    """

    content_type: str
    pieces: tuple[bytes | Upload, ...]
    size: int | None
    repeatable: bool = True
    parts: tuple[Part, ...] = ()

    def chunks(self) -> Iterator[bytes]:
        """Yield the body from its start: files in chunks of at most 256 KiB, iterators as they come."""
        for piece in self.pieces:
            if isinstance(piece, bytes):
                yield piece
            else:
                yield from piece.open()


def make_payload(content_type: str, pieces: list[bytes | Upload], parts: tuple[Part, ...] = ()) -> Payload:
    """Return a payload in which adjacent bytes are joined, so that they are one write."""
    joined: list[bytes | Upload] = []
    adjacent: list[bytes] = []
    size: int | None = 0
    is_repeatable = True
    for piece in pieces:
        if isinstance(piece, bytes):
            adjacent.append(piece)
            piece_size: int | None = len(piece)
        else:
            joined += [b"".join(adjacent), piece]
            adjacent.clear()
            piece_size = piece.size
            is_repeatable = is_repeatable and piece.repeatable
        size = None if size is None or piece_size is None else size + piece_size
    joined.append(b"".join(adjacent))
    pieces_to_send = tuple(piece for piece in joined if piece)  # without empty bytes
    return Payload(content_type, pieces_to_send, size, is_repeatable, parts)


class Request(NamedTuple):
    """A request as the transport takes it; `fields` are the arguments that it was made from.

    `response_limits` limit the size of the response. `on_upload` is called while the body is sent, with the
    number of bytes sent and their total. `spools` hold copies of streams until the call is over, so that a
    retry can send them again. A `retry_unknown` of None means the client's own setting.
    """

    operation: Operation
    url: str
    headers: Headers
    payload: Payload | None
    timeout: Timeout
    fields: Mapping[str, object]
    response_limits: ResponseLimits = ResponseLimits()
    on_upload: UploadHook | None = None
    retry_unknown: bool | None = None
    spools: Spools | None = None

    @property
    def title(self) -> str:
        """Method and path, without values, as errors and logs name the request."""
        return self.operation.route

    @property
    def framing(self) -> Headers:
        """The headers that state the type and length of the body (RFC 9112, section 6)."""
        payload = self.payload
        if payload is None:
            # RFC 9110, section 8.6: servers expect content with these methods, so its absence is stated.
            return (("Content-Length", "0"),) if self.operation.method in ("POST", "PUT", "PATCH") else ()
        length = (
            ("Transfer-Encoding", "chunked")
            if payload.size is None
            else ("Content-Length", str(payload.size))
        )
        return (("Content-Type", payload.content_type), length)

    @property
    def size(self) -> int | None:
        """The size of the body in bytes; 0 without a body, None if it is not known."""
        return 0 if self.payload is None else self.payload.size
