"""Streams to iterate over as they come, in a `with` block or to their end."""

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
from ..response.saving import Progress, StrPath, writing
from ..run_blocking import run_blocking
from ..settings.secrets import Secret
from .body_streams import AsyncIncoming, BodyStream, Incoming, Source
from .file_sink import Sink
from .stream_decoding import StreamDecoder
from .wav import AudioFormat


class _Stream(BodyStream[bytes]):
    """What both kinds share: what has come and was not taken yet, and what is known about it."""

    def __init__(
        self, source: Source, reading: StreamReading[Any], meta: Meta, title: str, secret: Secret
    ) -> None:
        super().__init__(source)
        self._decoder = StreamDecoder(reading, meta, title, secret)
        self._ready: deque[bytes] = deque()
        self._taken = False
        self._drained = False
        self._complete = False
        self._error: SDKError | None = None
        self.meta: Meta = meta

    async def _next(self) -> bytes | None:
        """Give what comes next, None at the end.

        A failure comes after the chunks before it, and again each time: a broken stream has no end.
        """
        self._taken = True
        while not self._ready:
            if self._error is not None:
                raise self._error
            if self._over:
                self._drained = True
                return None
            data = await self._take()
            if self._decoder.raw and isinstance(data, bytes):
                if content := self._decoder.keep(data):  # of L16 half a sample is nothing yet
                    return content  # at once: all else costs time with each chunk
            elif not self._absorb(data):
                await self._end()
        return self._ready.popleft()

    async def _pull(self) -> None:
        if not self._absorb(await self._take()):
            await self._end()

    async def _end(self) -> None:
        """Give the connection back after a whole stream, and close it after any other."""
        await (self._finish() if self._complete else self._close())

    def _absorb(self, data: bytes | Failure | None) -> bool:
        """Take what the connection gave, None at its end; tell whether more may come."""
        decoder = self._decoder
        try:
            if isinstance(data, Failure):
                decoder.broken(data)
                data = None
            if data and decoder.raw:
                self._ready.append(decoder.keep(data))
                return True
            for content in decoder.feed(data or b""):
                self._ready.append(content)
            if data is None or decoder.ended:
                decoder.finish(delimited=self._source.delimited)
                self._complete = True
                return False
        except SDKError as error:
            error.__cause__ = data.__cause__ if isinstance(data, Failure) else None
            self._error = error
            return False
        return True

    async def _begin(self) -> None:
        """Have what tells the kind of file that this becomes."""
        while not self._over and self.bytes_received < media_types.MAGIC_LENGTH:
            await self._pull()
        self._check_untouched()
        if self._decoder.raw:
            await self._check_kind(self.meta, b"".join(self._ready))

    async def _as_wav(self) -> bytes:
        await self._begin()
        while not self._over:
            await self._pull()
        self._check_whole()
        return self._decoder.as_wav(b"".join(self._ready))

    def _check_untouched(self) -> None:
        """Refuse to make a file of what lacks its beginning."""
        if self._over:
            self._check_whole()
        if self._taken:
            raise ArgumentError(
                "stream: its beginning was taken already, and is not kept",
                hint="Use it for iterating, for `as_wav` or for `save`; what you iterate over you can keep",
            )

    def _check_left(self) -> None:
        """Refuse a second loop, which would look like an empty stream."""
        if self._drained or (self._over and not (self._complete or self._ready or self._error)):
            raise ArgumentError("stream: was read or closed already, and is not kept")

    async def _save(self, path: StrPath, on_progress: Progress | None) -> Path:
        await self._begin()
        media_type = self._decoder.media_type()
        with writing(path, media_type or "audio/wav") as writer:
            sink = Sink(writer, None, on_progress, bare=media_type is None, waits=self._waits)
            try:
                await sink.write(self._given())
                while not self._over:
                    await self._pull()
                    await sink.write(self._given())
                self._check_whole()
            finally:
                await self._end_save(sink)
            if self._decoder.files > 1:
                self._decoder.refuse_several(await self._in_thread(sink.written))
            await self._in_thread(sink.finish, self.format)
        return writer.target

    def _given(self) -> list[bytes]:
        given = list(self._ready)
        self._ready.clear()
        self._taken = self._drained = True
        return given

    def _check_whole(self) -> None:
        """Raise what went wrong; half a speech must not pass for a whole one."""
        if self._error is not None:
            raise self._error
        if not self._complete:
            self._decoder.interrupted("it was closed before its end")

    @property
    def format(self) -> AudioFormat:
        """Sample rate in hertz and channels; 24 kHz mono until the stream says otherwise."""
        return self._decoder.format

    @property
    def events(self) -> Sequence[Mapping[str, object]]:
        """The last 100 events that carried no payload, of kinds known and unknown."""
        return list(self._decoder.events)

    @property
    def bytes_received(self) -> int:
        """How many bytes of payload have come."""
        return self._decoder.bytes_received

    def __repr__(self) -> str:
        state = "closed" if self._over else "open"
        return f"<{type(self).__name__} {state} {self.bytes_received} bytes>"


class EventStream(_Stream, Incoming[bytes]):
    """Gives bytes as they come; what an event carried is a `Chunk`, whose `data` has its other members.

    Iterating raises StreamInterruptedError if the connection breaks, StreamFailedError if the server
    reports a failure, and UnexpectedResponseError if nothing came at all. Nothing is kept, so that memory
    stays small however long it is.
    """

    def as_wav(self) -> bytes:
        """Read to the end, and give all chunks as one WAV file.

        Raises StreamInterruptedError if the stream broke, or was closed before; ArgumentError if chunks were
        taken from it; UnexpectedResponseError, which keeps it, if it is of another format, such as MP3.
        """
        return run_blocking(self._as_wav())

    def save(self, path: StrPath, on_progress: Progress | None = None) -> Path:
        """Read to the end, and write all chunks to `path`, wholly or not at all: WAV for PCM.

        What is written is not kept, so that memory stays small. `on_progress` is called with the bytes that
        have come, and None. Raises UnexpectedResponseError, which keeps them, for several WAV files.
        """
        return run_blocking(self._save(path, on_progress))


class AsyncEventStream(_Stream, AsyncIncoming[bytes]):
    """The same as EventStream, for `async for` and `async with`."""

    async def as_wav(self) -> bytes:
        """See `EventStream.as_wav`."""
        return await self._as_wav()

    async def save(self, path: StrPath, on_progress: Progress | None = None) -> Path:
        """See `EventStream.save`; it writes in a thread."""
        return await self._save(path, on_progress)
