"""Streams of events, or of raw audio, to iterate over as they come: in a `with` block or to their end."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..contract import StreamReading
from ..errors import ArgumentError, SDKError
from ..http.retries import Failure
from ..meta import Meta
from ..response import media_types
from ..response.saving import Progress, StrPath, atomic_writer
from ..run_blocking import run_blocking
from ..settings.secrets import Secret
from .body_streams import AsyncBodyStream, BodyStream, ChunkSource, SyncBodyStream
from .file_sink import FileSink
from .stream_decoding import StreamDecoder
from .wav import AudioFormat


class BaseEventStream(BodyStream):
    """The steps that EventStream and AsyncEventStream share.

    A stream can be iterated over, or become one WAV file, or be saved. The last two need its start, so they
    are refused once the caller has taken a chunk.
    """

    def __init__(
        self, source: ChunkSource, reading: StreamReading[Any], meta: Meta, title: str, secret: Secret
    ) -> None:
        super().__init__(source)
        self.meta: Meta = meta
        self._decoder = StreamDecoder(reading, meta, title, secret)
        self._decoded_chunks: deque[bytes] = deque()  # not handed out yet
        self._is_start_handed_out = False
        self._is_end_handed_out = False
        self._is_complete = False
        self._error: SDKError | None = None

    async def _next_chunk(self) -> bytes | None:
        """Return the next chunk, None at the end.

        An error is raised after the chunks that came before it, and again by each further call, so that a
        broken stream never looks like one that has ended.
        """
        self._is_start_handed_out = True
        while not self._decoded_chunks:
            if self._error is not None:
                raise self._error
            if self._is_closed:
                self._is_end_handed_out = True
                return None
            await self._receive_and_decode()
        return self._decoded_chunks.popleft()

    async def _receive_and_decode(self) -> None:
        """Wait for what comes next, decode it, and end the connection if nothing can follow.

        The connection is given back after a whole stream, and closed after any other.
        """
        if not self._decode(await self._receive()):
            await (self._finish() if self._is_complete else self._close())

    def _decode(self, received: bytes | Failure | None) -> bool:
        """Decode what the connection brought, None at its end; tell whether more may come."""
        decoder = self._decoder
        try:
            if isinstance(received, Failure):
                decoder.check_failure(received)
                received = None
            if received and decoder.is_raw:
                chunk = decoder.decode_raw(received)
                if chunk:
                    self._decoded_chunks.append(chunk)
                return True
            # One by one, because the events before a broken one are handed out.
            for chunk in decoder.decode_events(received or b""):
                self._decoded_chunks.append(chunk)
            if received is None or decoder.is_ended:
                decoder.check_end(is_delimited=self._source.is_delimited)
                self._is_complete = True
                return False
        except SDKError as error:
            error.__cause__ = received.__cause__ if isinstance(received, Failure) else None
            self._error = error
            return False
        return True

    async def _decode_until_type_is_known(self) -> None:
        """Decode enough to recognise the type of a file by; raises if it contradicts the Content-Type."""
        while not self._is_closed and self.bytes_received < media_types.MAGIC_LENGTH:
            await self._receive_and_decode()
        self._check_start_not_handed_out()
        if self._decoder.is_raw:
            await self._check_content_type(self.meta, b"".join(self._decoded_chunks))

    async def _read_wav(self) -> bytes:
        await self._decode_until_type_is_known()
        while not self._is_closed:
            await self._receive_and_decode()
        self._check_complete()
        return self._decoder.to_wav(b"".join(self._decoded_chunks))

    async def _save(self, path: StrPath, on_progress: Progress | None) -> Path:
        await self._decode_until_type_is_known()
        media_type = self._decoder.content_type()
        is_raw_pcm = media_type is None
        with atomic_writer(path, media_type or "audio/wav") as writer:
            sink = FileSink(writer, None, on_progress, is_raw_pcm=is_raw_pcm, use_thread=self._is_async)
            try:
                await sink.write(self._take_decoded_chunks())
                while not self._is_closed:
                    await self._receive_and_decode()
                    await sink.write(self._take_decoded_chunks())
                self._check_complete()
            finally:
                await self._close_with(sink)
            if self._decoder.wav_file_count > 1:
                self._decoder.raise_several_files(await self._call_blocking(sink.flush_and_read_back))
            await self._call_blocking(sink.finish, self.format)
        return writer.target

    def _take_decoded_chunks(self) -> list[bytes]:
        """Return the chunks that are not written yet; from now on the stream can only be saved."""
        chunks = list(self._decoded_chunks)
        self._decoded_chunks.clear()
        self._is_start_handed_out = self._is_end_handed_out = True
        return chunks

    def _check_start_not_handed_out(self) -> None:
        """Raise ArgumentError if the start is gone, because no file can be made of the rest."""
        if self._is_closed:
            self._check_complete()
        if self._is_start_handed_out:
            raise ArgumentError(
                "stream: its beginning was taken already, and is not kept",
                hint="Use it for iterating, for `as_wav` or for `save`; what you iterate over you can keep",
            )

    def _check_iterable(self) -> None:
        has_something_left = self._is_complete or self._decoded_chunks or self._error
        if self._is_end_handed_out or (self._is_closed and not has_something_left):
            raise ArgumentError("stream: was read or closed already, and is not kept")

    def _check_complete(self) -> None:
        """Raise what went wrong, if anything did: half a speech must not pass for a complete one."""
        if self._error is not None:
            raise self._error
        if not self._is_complete:
            self._decoder.raise_broken_off("it was closed before its end")

    @property
    def format(self) -> AudioFormat:
        """Sample rate in hertz and channels; 24 kHz mono until the stream says otherwise."""
        return self._decoder.format

    @property
    def media_type(self) -> str | None:
        """The media type of the audio as far as it has come; None for PCM without a header."""
        return self._decoder.content_type()

    @property
    def events(self) -> Sequence[Mapping[str, object]]:
        """The last 100 events that carried no payload, documented or not."""
        return list(self._decoder.events)

    @property
    def bytes_received(self) -> int:
        """How many bytes of payload have come."""
        return self._decoder.bytes_received

    def __repr__(self) -> str:
        state = "closed" if self._is_closed else "open"
        return f"<{type(self).__name__} {state} {self.bytes_received} bytes>"


class EventStream(BaseEventStream, SyncBodyStream):
    """Yields bytes as they come; the payload of an event is a `Chunk`, whose `data` has its other properties.

    Iterating raises StreamInterruptedError if the connection breaks, StreamFailedError if the server
    reports a failure, and UnexpectedResponseError if nothing came at all. Chunks are not kept, so that memory
    stays small however long the stream is.
    """

    def as_wav(self) -> bytes:
        """Read to the end, and return all chunks as one WAV file.

        Raises StreamInterruptedError if the stream broke, or was closed before; ArgumentError if chunks were
        taken from it; UnexpectedResponseError, which keeps it, if it is of another format, such as MP3.
        """
        return run_blocking(self._read_wav())

    def save(self, path: StrPath, on_progress: Progress | None = None) -> Path:
        """Read to the end, and write all chunks to `path`, wholly or not at all: WAV for PCM.

        What is written is not kept, so that memory stays small. `on_progress` is called with the bytes that
        have come, and None. Raises UnexpectedResponseError, which keeps them, for several WAV files.
        """
        return run_blocking(self._save(path, on_progress))


class AsyncEventStream(BaseEventStream, AsyncBodyStream):
    """The same as EventStream, for `async for` and `async with`."""

    async def as_wav(self) -> bytes:
        """See `EventStream.as_wav`."""
        return await self._read_wav()

    async def save(self, path: StrPath, on_progress: Progress | None = None) -> Path:
        """See `EventStream.save`; it writes in a thread."""
        return await self._save(path, on_progress)
