from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .files import Upload


class Part(NamedTuple):
    name: str
    content: "Upload | bytes"
    media_type: str | None
    headers: tuple[tuple[str, str], ...]


class Payload(NamedTuple):
    content_type: str
    pieces: "tuple[bytes | Upload, ...]"
    size: int | None
    repeatable: bool = True
    parts: tuple[Part, ...] = ()

    def chunks(self) -> Iterator[bytes]:
        for piece in self.pieces:
            if isinstance(piece, bytes):
                yield piece
            else:
                yield from piece.open()


def payload(content_type: str, pieces: "list[bytes | Upload]", parts: tuple[Part, ...] = ()) -> Payload:
    joined: list[bytes | Upload] = []
    run: list[bytes] = []
    size: int | None = 0
    for piece in pieces:
        if isinstance(piece, bytes):
            run.append(piece)
            size = None if size is None else size + len(piece)
        else:
            joined += [b"".join(run), piece] if run else [piece]
            run = []
            size = None if size is None or piece.size is None else size + piece.size
    if run:
        joined.append(b"".join(run))
    repeatable = all(isinstance(piece, bytes) or piece.repeatable for piece in joined)
    return Payload(content_type, tuple(joined), size, repeatable, parts)
