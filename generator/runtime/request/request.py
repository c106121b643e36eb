"""A request that is ready to be sent, except for the key."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..contract import Operation
from ..settings.hooks import UploadHook
from ..settings.response_limits import ResponseLimits
from ..settings.timeouts import Timeout
from .files import Upload
from .spooling import Spools

Headers = tuple[tuple[str, str], ...]


class Part(NamedTuple):
    """One part of a form: a file, or a text. A `media_type` of None is left out."""

    name: str
    content: Upload | bytes
    media_type: str | None
    headers: Headers


class Payload(NamedTuple):
    """Pieces of a body in order: bytes at hand, and files that are read while sending.

    `size` is in bytes, None if a file's size is not known. Where `repeatable` is false the body can be sent
    once. `parts` are those of a form.
    """

    content_type: str
    pieces: tuple[bytes | Upload, ...]
    size: int | None
    repeatable: bool = True
    parts: tuple[Part, ...] = ()

    def chunks(self) -> Iterator[bytes]:
        """Yield the body from its start, in chunks of 256 KiB at most or as an iterator gives them."""
        for piece in self.pieces:
            if isinstance(piece, bytes):
                yield piece
            else:
                yield from piece.open()


def make_payload(content_type: str, pieces: list[bytes | Upload], parts: tuple[Part, ...] = ()) -> Payload:
    """Return a payload in which neighbouring bytes are joined, so that each is one write."""
    joined: list[bytes | Upload] = []
    neighbours: list[bytes] = []
    for piece in pieces:
        if isinstance(piece, bytes):
            neighbours.append(piece)
            continue
        joined += [b"".join(neighbours), piece]
        neighbours.clear()
    joined.append(b"".join(neighbours))
    sizes = [len(piece) if isinstance(piece, bytes) else piece.size for piece in joined]
    size = None if None in sizes else sum(size for size in sizes if size is not None)
    is_repeatable = all(isinstance(piece, bytes) or piece.repeatable for piece in joined)
    return Payload(content_type, tuple(piece for piece in joined if piece), size, is_repeatable, parts)


class Request(NamedTuple):
    """A request as the transport takes it; `fields` are the arguments it was made from.

    `response_limits` limit the answer; `on_upload` is called with the body's bytes as they are sent; `spools`
    hold what may be sent again, until the call is over. A `retry_unknown` of None is the client's own
    setting.
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
        """What errors and logs call it: method and path, without values."""
        return self.operation.route

    @property
    def framing(self) -> Headers:
        """The headers that say the body's type and length (RFC 9112, 6)."""
        payload = self.payload
        if payload is None:
            # RFC 9110, 8.6: these methods anticipate content, so its absence is said.
            return (("Content-Length", "0"),) if self.operation.method in ("POST", "PUT", "PATCH") else ()
        length = (
            ("Transfer-Encoding", "chunked")
            if payload.size is None
            else ("Content-Length", str(payload.size))
        )
        return (("Content-Type", payload.content_type), length)

    @property
    def size(self) -> int | None:
        """The body's size in bytes; 0 if there is none, None if it is not known."""
        return 0 if self.payload is None else self.payload.size
