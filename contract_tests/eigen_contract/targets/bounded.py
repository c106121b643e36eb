"""An HTTP transport whose answers have a limit, counted after compression is undone.

An HTTP library decodes what comes, however much it becomes: 0.2 MB of gzip can be a gigabyte. Here an answer
is decoded piece by piece, and reading ends where it is larger than anything that the judge could hold.
"""

import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress

import httpx

LARGEST = 64 << 20
"""Bytes of an answer, decoded. A picture of the largest size takes 22 MB as base64, a minute of video
about as much."""
MOST_VALUES = 1_000_000
"""Values of a JSON document, or lines of a stream. Each takes about a hundred bytes when it is read."""
SMALL = 1 << 20
"""Bytes of an answer in which there cannot be too many values to read."""
PIECE = 1 << 16
"""Bytes that are decoded at a time."""
PAUSE = 0.1
"""Seconds after which bytes are handed on, however few they are."""
MOST_CODINGS = 2
"""Compressions of one answer, one over the other; a server has no reason for more than one."""
CODINGS = ("gzip", "deflate")
"""What is asked for: what Python can decode piece by piece."""


class BoundedTransport(httpx.BaseTransport):
    """Undoes the compression of answers, within `LARGEST`; they have no `content-encoding` after that."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; return its answer, whose stream ends in an error where it is too large.

        Raises:
            httpx.DecodingError: the answer is compressed in a way that was not asked for.
        """
        request.headers["accept-encoding"] = ", ".join(CODINGS)
        response = self._inner.handle_request(request)
        codings = codings_of(response)
        if not set(codings) <= {*CODINGS, "x-gzip"} or len(codings) > MOST_CODINGS:
            response.close()
            named = response.headers.get("content-encoding", "")[:60]
            raise httpx.DecodingError(
                f"its answer has the content-encoding {named!r}, which was not asked for", request=request
            )
        headers = response.headers.copy()
        if codings:
            for name in ("content-encoding", "content-length"):
                with suppress(KeyError):
                    del headers[name]
        return httpx.Response(
            response.status_code,
            headers=headers,
            stream=BoundedStream(response, request, codings),
            extensions=response.extensions,
        )

    def close(self) -> None:
        self._inner.close()


class BoundedStream(httpx.SyncByteStream):
    """The decoded bytes of an answer.

    Iterating raises httpx.ReadError where there are too many of them, or too many values in them, and
    httpx.DecodingError where they are not what their encoding says.
    """

    def __init__(self, response: httpx.Response, request: httpx.Request, codings: tuple[str, ...]) -> None:
        self._response, self._request, self._codings = response, request, codings

    def __iter__(self) -> Iterator[bytes]:
        stream = self._response.stream
        pieces: Iterable[bytes] = stream if isinstance(stream, httpx.SyncByteStream) else ()
        # The coding that was applied last stands last, and is undone first (RFC 9110, section 8.4).
        for coding in reversed(self._codings):
            pieces = self._decoded(pieces, coding)
        content_type = self._response.headers.get("content-type", "").lower()
        separators = b"\n" if "event-stream" in content_type else b",[{:" if "json" in content_type else b""
        size = values = 0
        for piece in joined(pieces):
            size += len(piece)
            values += sum(piece.count(separator) for separator in separators)
            if size > LARGEST:
                raise self._too_much(f"is larger than {LARGEST >> 20} MiB when decoded")
            if size > SMALL and values > MOST_VALUES:
                raise self._too_much(f"has more than {MOST_VALUES} values or lines")
            yield piece

    def _too_much(self, what: str) -> httpx.ReadError:
        return httpx.ReadError(f"its answer {what}, and was not read further", request=self._request)

    def _decoded(self, pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
        try:
            yield from (inflated(pieces) if coding == "deflate" else gunzipped(pieces))
        except zlib.error as error:
            message = f"its answer is not {coding}: {error}"
            raise httpx.DecodingError(message, request=self._request) from error

    def close(self) -> None:
        self._response.close()


def codings_of(response: httpx.Response) -> tuple[str, ...]:
    """Return the codings of an answer in the order in which they were applied (RFC 9110, section 8.4)."""
    value = response.headers.get("content-encoding", "")
    codings = [coding.strip().lower() for coding in value.split(",")]
    return tuple(coding for coding in codings if coding not in ("", "identity"))


def joined(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the first piece as it comes, and the rest in pieces of `PIECE` bytes, or what came in `PAUSE`.

    The object of a piece takes more memory than a byte in it: one for each would be gigabytes.
    """
    gathered = bytearray()
    last = -PAUSE
    for piece in pieces:
        gathered += piece
        # Whoever reads a slow answer sees by each piece how long it takes.
        if gathered and (len(gathered) >= PIECE or time.monotonic() - last >= PAUSE):
            yield bytes(gathered)
            gathered.clear()
            last = time.monotonic()
    if gathered:
        yield bytes(gathered)


class Inflater:
    """Undoes one compressed text, a bounded number of bytes at a time."""

    def __init__(self, wbits: int) -> None:
        self._decoder = zlib.decompressobj(wbits=wbits)

    @property
    def is_complete(self) -> bool:
        return self._decoder.eof

    @property
    def rest(self) -> bytes:
        """What follows the end."""
        return self._decoder.unused_data

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what a piece becomes. Raises zlib.error if it is not compressed so."""
        while data and not self._decoder.eof:
            yield self._decoder.decompress(data, PIECE)
            data = self._decoder.unconsumed_tail


def gunzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what gzip holds, whose members may follow each other.

    Raises:
        zlib.error: it is not gzip, or ends too early.
    """
    member: Inflater | None = None
    for piece in pieces:
        data = piece
        while data:
            if member is None or member.is_complete:
                member = Inflater(31)
            yield from member.feed(data)
            data = member.rest
    if member is not None and not member.is_complete:
        raise zlib.error("it ends too early")


def inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what `deflate` holds: with the header of zlib (RFC 9110, section 8.4.1.2), or without.

    Raises:
        zlib.error: it is neither, or ends too early.
    """
    inflater: Inflater | None = None
    for piece in pieces:
        if inflater is None and piece:
            # Many servers leave the header out; one begins with 0x78 for the usual window.
            inflater = Inflater(15 if piece[:1] == b"\x78" else -15)
        if inflater is not None:
            yield from inflater.feed(piece)
    if inflater is not None and not inflater.is_complete:
        raise zlib.error("it ends too early")
