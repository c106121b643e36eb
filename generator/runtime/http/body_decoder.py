"""Undoes content encodings in small steps, and refuses what is beyond the caller's limits. No I/O.

httpx's own decoding is not used: it unpacks each chunk as a whole, so that a few kilobytes can fill the
memory, and it does not notice that compressed data ends too early.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping

from ..response.content_encodings import content_encodings, is_decodable
from ..settings.response_limits import ResponseLimits
from .retries import Failure

# Bytes that one step of decompression may give: what a decompression bomb costs in memory at most.
_STEP = 256 * 1024
# Bytes of content below which no ratio is refused: silence or a blank page may well shrink a thousandfold.
_HARMLESS_SIZE = 16 * 1024 * 1024


class BodyDecoder:
    """Turns the bytes of the connection into content; raises Failure for what is too large, or broken.

    Content with an encoding that the client cannot undo is passed on as it is.
    """

    def __init__(self, headers: Mapping[str, str], limits: ResponseLimits) -> None:
        encodings = content_encodings(headers)
        self._layers = (
            [_Decompressor(encoding) for encoding in reversed(encodings)] if is_decodable(encodings) else []
        )
        self._limits = limits
        self._transferred = self._content_size = 0
        # Whether bytes can be passed on without a look: half of the time of a large download.
        self.is_transparent = not self._layers and limits.max_size is None
        if limits.max_size is not None:
            length = headers.get("content-length", "")
            if length.isdecimal() and int(length) > limits.max_size:
                self._refuse(f"it announces {length} bytes")

    def decode(self, data: bytes) -> Iterator[bytes]:
        """Take bytes as they were transferred, and return the content that they hold."""
        self._transferred += len(data)
        pieces: Iterator[bytes] = iter((data,))
        for layer in self._layers:
            pieces = self._decompress(layer, pieces)
        return map(self._count, pieces)

    def finish(self) -> None:
        """Check at the body's end that the compressed data is whole."""
        if self._transferred and not all(layer.is_finished for layer in self._layers):
            raise Failure("broken off", "the connection broke (the compressed answer is cut short)")

    def _count(self, content: bytes) -> bytes:
        self._content_size += len(content)
        if self._limits.max_size is not None and self._content_size > self._limits.max_size:
            self._refuse("more came")
        return content

    def _decompress(self, layer: "_Decompressor", pieces: Iterable[bytes]) -> Iterator[bytes]:
        ratio = self._limits.max_ratio
        try:
            for piece in pieces:
                for content in layer.feed(piece):
                    layer.content_size += len(content)
                    if ratio is not None and layer.content_size > max(
                        _HARMLESS_SIZE, ratio * self._transferred
                    ):
                        reason = f"the answer unpacks to more than {ratio:g} times what was transferred"
                        raise Failure("too large", reason)
                    yield content
        except zlib.error as error:
            reason = f"the answer's content encoding is broken ({error})"
            raise Failure("not decodable", reason) from error

    def _refuse(self, reason: str) -> None:
        limit = self._limits.max_size
        raise Failure("too large", f"the answer is larger than max_response_size={limit}: {reason}")


# zlib's window sizes: 16 more for a gzip header, a negative number for data without any header.
_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


class _Decompressor:
    """Undoes gzip (RFC 1952, of one or more members) or deflate (RFC 1950, and the raw form some send)."""

    def __init__(self, encoding: str) -> None:
        self._is_gzip = encoding != "deflate"
        self._stream = zlib.decompressobj(_GZIP if self._is_gzip else _ZLIB)
        self._may_be_raw = not self._is_gzip
        self.content_size = 0

    @property
    def is_finished(self) -> bool:
        """Whether the end of the compressed data has come."""
        return self._stream.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Take compressed bytes, and yield content in steps of 256 KiB at most."""
        while True:
            if self._stream.eof:
                data = data.lstrip(b"\0")  # padding between gzip members
                # Data that does not start like a gzip member is not content, nor is what follows it.
                self._is_gzip = self._is_gzip and data[:1] in (b"", b"\x1f")
                if not self._is_gzip or not data:
                    return
                self._stream = zlib.decompressobj(_GZIP)
            content = self._step(data)
            if content:
                yield content
            data = self._stream.unconsumed_tail or self._stream.unused_data
            if not data and len(content) < _STEP:  # a full step may leave more behind
                return

    def _step(self, data: bytes) -> bytes:
        may_be_raw, self._may_be_raw = self._may_be_raw, False
        try:
            return self._stream.decompress(data, _STEP)
        except zlib.error:
            if not may_be_raw:
                raise
            self._stream = zlib.decompressobj(_RAW)
            return self._stream.decompress(data, _STEP)
