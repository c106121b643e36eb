"""How much of an answer is taken: limits of size, and content encodings undone in small steps. No I/O."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from .retries import Fault

# What one step of decompression may give, in bytes.
_STEP = 256 * 1024
# Below this no ratio hurts, and silence or a blank page may well shrink a thousandfold.
_HARMLESS = 16 * 1024 * 1024


class Guard(NamedTuple):
    """Limits on an answer's body: its size in bytes, and how often it may exceed what was transferred."""

    max_size: int | None = None
    max_ratio: float | None = 100.0


class Intake:
    """Turns what the connection gives into content; raises Fault for what is too much, or broken."""

    def __init__(self, headers: Mapping[str, str], guard: Guard, *, decoded: bool = False) -> None:
        encoding = headers.get("content-encoding", "").strip().lower()
        ours = encoding in ("gzip", "x-gzip", "deflate") and not decoded
        self._decompress = _Decompressor(encoding) if ours else None
        # What the HTTP library has decoded, or an encoding that only it may know.
        self.foreign = decoded or (encoding not in ("", "identity") and not ours)
        self._guard = guard
        self.taken = self.given = 0
        length = headers.get("content-length", "")
        if guard.max_size is not None and length.isdecimal() and int(length) > guard.max_size:
            self._refuse(f"it announces {length} bytes")

    def take(self, data: bytes) -> Iterable[bytes]:
        """Take bytes as they were transferred, and give the content that they hold."""
        if not self.foreign:
            self.taken += len(data)
        return (self.count(data),) if self._decompress is None else self._inflate(self._decompress, data)

    def count(self, content: bytes) -> bytes:
        """Give `content` back, unless it is too much."""
        guard = self._guard
        self.given += len(content)
        if guard.max_size is not None and self.given > guard.max_size:
            self._refuse("more came")
        if (
            self.given > _HARMLESS
            and guard.max_ratio is not None
            and self.given > guard.max_ratio * self.taken
        ):
            raise Fault(
                "too large", f"the answer unpacks to more than {guard.max_ratio:g} times what was transferred"
            )
        return content

    def end(self) -> None:
        """Check at the body's end that the content is whole."""
        if self._decompress is not None and self.taken and not self._decompress.whole:
            raise Fault("broken off", "the connection broke (the compressed answer is cut short)")

    def _inflate(self, decompress: "_Decompressor", data: bytes) -> Iterator[bytes]:
        try:
            for content in decompress.feed(data):
                yield self.count(content)
        except zlib.error as error:
            raise Fault("not decodable", f"the answer's content encoding is broken ({error})") from error

    def _refuse(self, why: str) -> None:
        raise Fault("too large", f"the answer is larger than max_response_size={self._guard.max_size}: {why}")


class _Decompressor:
    """Undoes gzip (RFC 1952, in one or more members) or deflate (RFC 1950, and the raw form some send)."""

    def __init__(self, encoding: str) -> None:
        self._gzip = encoding != "deflate"
        self._stream = zlib.decompressobj(31 if self._gzip else 15)
        self._first = not self._gzip

    @property
    def whole(self) -> bool:
        """Whether the end of the compressed data has come."""
        return self._stream.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Take compressed bytes, and give content in steps of 256 KiB at most."""
        while True:
            if self._stream.eof:
                if not self._gzip or not data.strip(b"\0"):
                    return  # padding
                self._stream = zlib.decompressobj(31)
            content = self._step(data)
            if content:
                yield content
            data = self._stream.unconsumed_tail or self._stream.unused_data
            if not data and len(content) < _STEP:  # a full step may leave more behind
                return

    def _step(self, data: bytes) -> bytes:
        first, self._first = self._first, False
        try:
            return self._stream.decompress(data, _STEP)
        except zlib.error:
            if not first:
                raise
            self._stream = zlib.decompressobj(-15)
            return self._stream.decompress(data, _STEP)
