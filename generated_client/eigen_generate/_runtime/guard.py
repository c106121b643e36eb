import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from .retries import Fault

_STEP = 256 * 1024
_HARMLESS = 16 * 1024 * 1024


class Guard(NamedTuple):
    max_size: int | None = None
    max_ratio: float | None = 100.0


class Intake:
    def __init__(self, headers: Mapping[str, str], guard: Guard, *, decoded: bool = False) -> None:
        encoding = headers.get("content-encoding", "").strip().lower()
        ours = encoding in ("gzip", "x-gzip", "deflate") and not decoded
        self._decompress = _Decompressor(encoding) if ours else None
        self.foreign = decoded or (encoding not in ("", "identity") and not ours)
        self._guard = guard
        self.taken = self.given = 0
        length = headers.get("content-length", "")
        if guard.max_size is not None and length.isdecimal() and int(length) > guard.max_size:
            self._refuse(f"it announces {length} bytes")

    def take(self, data: bytes) -> Iterable[bytes]:
        if not self.foreign:
            self.taken += len(data)
        return (self.count(data),) if self._decompress is None else self._inflate(self._decompress, data)

    def count(self, content: bytes) -> bytes:
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
    def __init__(self, encoding: str) -> None:
        self._gzip = encoding != "deflate"
        self._stream = zlib.decompressobj(31 if self._gzip else 15)
        self._first = not self._gzip

    @property
    def whole(self) -> bool:
        return self._stream.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        while True:
            if self._stream.eof:
                if not self._gzip or not data.strip(b"\0"):
                    return
                self._stream = zlib.decompressobj(31)
            content = self._step(data)
            if content:
                yield content
            data = self._stream.unconsumed_tail or self._stream.unused_data
            if not data and len(content) < _STEP:
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
