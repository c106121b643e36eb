"""Write one stream of frames to a file in memory, the same bytes for the same frames."""

import io
from collections.abc import Iterable
from typing import Any, Protocol, cast

import av


class Muxer(Protocol):
    """The part of PyAV's output container that is used; its own types are not complete."""

    def add_stream(self, codec: str, rate: int, **options: object) -> Any:
        """Return the stream that encodes with `codec`."""
        ...

    def mux(self, packets: object) -> None:
        """Write packets."""
        ...


class FileWriter:
    """An open file. Add one stream, write its frames, and take the bytes with `finish`."""

    def __init__(self, container_format: str) -> None:
        self._buffer = io.BytesIO()
        # Without this flag FFmpeg writes its version, the date and random serial numbers.
        self._container = av.open(self._buffer, "w", format=container_format, options={"fflags": "+bitexact"})
        self._muxer = cast(Muxer, self._container)
        self._stream: Any = None

    def add_stream(self, codec: str, rate: int, **options: object) -> Any:
        """Add the stream, and return it for settings that PyAV takes as attributes."""
        self._stream = self._muxer.add_stream(codec, rate, **options)
        self._stream.codec_context.flags |= 1 << 23  # AV_CODEC_FLAG_BITEXACT: the encoder leaves no stamp
        return self._stream

    def finish(self, frames: Iterable[object]) -> bytes:
        """Write the frames, close the file and return it."""
        with self._container:
            for frame in frames:
                self._muxer.mux(self._stream.encode(frame))
            self._muxer.mux(self._stream.encode(None))
        return self._buffer.getvalue()
