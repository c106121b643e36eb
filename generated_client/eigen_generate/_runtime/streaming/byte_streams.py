"""Answers as bytes that are still coming, for results too large to hold. Use them in a `with` block."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, NoReturn, TypeVar

from ..contract import Call, JobReading, MediaReading, RecordReading, StreamReading, TextReading
from ..errors import ArgumentError
from ..http.retries import Failure, too_large
from ..meta import Meta
from ..response import media_types
from ..response.results import Media, RawResponse, raise_interrupted
from ..response.saving import Progress, StrPath, atomic_writer, save
from ..response.text_parsing import is_text
from ..run_blocking import run_blocking
from .body_streams import AsyncIncoming, BodyStream, Incoming, Source
from .file_sink import Sink, length_of

R = TypeVar("R")


def is_readable(call: Call[Any], media_type: str) -> bool:
    """Tell whether an answer of this type may hold what the call promises."""
    if media_types.is_json(media_type):
        return any(
            isinstance(reading, JobReading | RecordReading | TextReading)
            or (isinstance(reading, MediaReading) and reading.base64)
            for reading in call.readings
        )
    return media_type in media_types.UNTYPED or _is_direct(call, media_type)


def _is_direct(call: Call[Any], media_type: str) -> bool:
    """Tell whether the body is the result, and not something that holds it."""
    return any(
        is_text(reading, media_type)
        if isinstance(reading, TextReading)
        else isinstance(reading, MediaReading | StreamReading)
        and media_types.matches(media_type, reading.media_types)
        for reading in call.readings
    )


def refuse_event_stream(argument: str) -> NoReturn:
    """Raise ArgumentError for an argument that asks for events where every answer is a stream of bytes."""
    raise ArgumentError(
        f"{argument}: every answer is streamed here", hint="For events use the method without `streaming`"
    )


class _ByteStream(BodyStream[bytes], Generic[R]):
    """What both kinds share."""

    def __init__(
        self,
        source: Source,
        call: Call[R],
        meta: Meta,
        parse: Callable[[RawResponse], R],
    ) -> None:
        super().__init__(source)
        self.meta: Meta = meta
        self._received = 0
        self._call = call
        self._parse = parse
        self._complete = False
        self._whole: R | None = None  # kept, because the disk may not take it

    @property
    def media_type(self) -> str:
        """The answer's media type, in lower case and without parameters."""
        return self.meta.media_type

    @property
    def bytes_received(self) -> int:
        """How many bytes have come."""
        return self._received

    @property
    def total(self) -> int | None:
        """How many bytes are to come in all, if the server says so."""
        return length_of(self.meta)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.media_type} {self.bytes_received} of {self.total} bytes>"

    def _end(self) -> None:
        """Check at the connection's clean end that nothing lacks."""
        if self.total is not None and self.bytes_received != self.total:
            self._interrupted(f"it ended before its {self.total} bytes")
        self._complete = True

    def _broken(self, failure: Failure) -> NoReturn:
        if failure.decision == "final":
            raise too_large(failure, self._call.operation.route, self.meta) from failure.__cause__
        self._interrupted(failure.reason, failure.__cause__)

    def _interrupted(self, reason: str, cause: BaseException | None = None) -> NoReturn:
        route, received = self._call.operation.route, self._received
        message = f"{route}: the answer broke off after {received} bytes: {reason}"
        raise_interrupted(
            self.meta, message, received, "The request was carried out, at least in part", cause
        )

    def _must_be_new(self) -> None:
        if self.bytes_received or self._over:
            raise ArgumentError("the answer: was read already, in part or wholly")

    def _check_left(self) -> None:
        """Refuse a second loop, which would look like an empty answer."""
        if self._over:
            raise ArgumentError("the answer: was read or closed already, and is not kept")

    async def _next(self) -> bytes | None:
        chunk = await self._take()
        if isinstance(chunk, bytes):
            self._received += len(chunk)
            return chunk
        was_over = self._over
        await self._close()
        if chunk is not None:
            self._broken(chunk)
        if not was_over:
            self._end()
        return None

    async def _result(self) -> R:
        if self._whole is None:
            self._must_be_new()
            chunks: list[bytes] = []
            while (chunk := await self._next()) is not None:
                chunks.append(chunk)
            self._check_whole()
            self._whole = self._parse(RawResponse(self.meta, b"".join(chunks)))
        return self._whole

    async def _save(self, path: StrPath, on_progress: Progress | None) -> Path:
        if not _is_direct(self._call, self.media_type):
            with atomic_writer(path):  # what cannot be written must not cost the answer
                result = await self._result()
            return await self._in_thread(_save_result, result, path, on_progress)
        self._must_be_new()
        with atomic_writer(path, self.media_type) as writer:
            sink = Sink(writer, self.total, on_progress, bare=False, waits=self._waits)
            try:
                await sink.write(await self._begin())
                while (chunk := await self._next()) is not None:
                    await sink.write((chunk,))
                self._check_whole()
                if not self._received:
                    self._parse(RawResponse(self.meta, b""))
            finally:
                await self._end_save(sink)
            await self._in_thread(sink.finish)
        return writer.target

    async def _begin(self) -> list[bytes]:
        """Take the first chunks, by which it is known what kind of thing comes."""
        chunks: list[bytes] = []
        while self._received < media_types.MAGIC_LENGTH and (chunk := await self._next()) is not None:
            chunks.append(chunk)
        await self._check_kind(self.meta, b"".join(chunks))
        return chunks

    def _check_whole(self) -> None:
        if not self._complete:
            self._interrupted("it was closed before its end")


def _save_result(result: object, path: StrPath, on_progress: Progress | None) -> Path:
    if isinstance(result, Media):
        return result.save(path, on_progress)
    text: object = getattr(result, "text", None)
    if isinstance(text, str):
        return save(path, text.encode(errors="backslashreplace"), "text/plain", on_progress)
    raise ArgumentError(f"the answer: is a {type(result).__name__}, which is no file")


class ByteStream(_ByteStream[R], Incoming[bytes]):
    """The bytes of an answer as they come; iterating raises StreamInterruptedError if they break off."""

    def result(self) -> R:
        """Read to the end, and give what the method itself would have given; raises its errors."""
        return run_blocking(self._result())

    def save(self, path: StrPath, on_progress: Progress | None = None) -> Path:
        """Write the result to `path` as it comes, and else as `Media.save`: None is a total nobody knows.

        A result that JSON holds is read whole first.
        """
        return run_blocking(self._save(path, on_progress))


class AsyncByteStream(_ByteStream[R], AsyncIncoming[bytes]):
    """The same as ByteStream, for `async for` and `async with`."""

    async def result(self) -> R:
        """See `ByteStream.result`."""
        return await self._result()

    async def save(self, path: StrPath, on_progress: Progress | None = None) -> Path:
        """See `ByteStream.save`; it writes in a thread."""
        return await self._save(path, on_progress)
