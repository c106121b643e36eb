"""Answers as bytes that are still arriving, for results too large to hold. Use them in a `with` block."""

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
from .body_streams import AsyncBodyStream, BodyStream, ChunkSource, SyncBodyStream
from .file_sink import FileSink

R = TypeVar("R")


def may_hold_result(call: Call[Any], media_type: str) -> bool:
    """Tell whether an answer of this media type can hold what the call returns."""
    if call.answers is not None:
        return True  # reading it says what does not fit
    if media_types.is_json(media_type):
        return any(
            isinstance(reading, JobReading | RecordReading | TextReading)
            or (isinstance(reading, MediaReading) and reading.base64)
            for reading in call.readings
        )
    return media_type in media_types.UNTYPED or is_result_itself(call, media_type)


def is_result_itself(call: Call[Any], media_type: str) -> bool:
    """Tell whether a body of this media type is the result, and not JSON that holds it."""
    if call.answers is not None:
        return not media_types.is_json(media_type)
    return any(
        is_text(reading, media_type)
        if isinstance(reading, TextReading)
        else isinstance(reading, MediaReading | StreamReading)
        and media_types.matches(media_type, reading.media_types)
        for reading in call.readings
    )


def announced_size(meta: Meta) -> int | None:
    """Return the size of the content in bytes; None if the server gave none, or compressed the content.

    Content-Length is the size as transferred (RFC 9110, 8.6), so it says nothing about decompressed content.
    """
    length = meta.headers.get("content-length", "")
    return int(length) if length.isdecimal() and "content-encoding" not in meta.headers else None


def refuse_event_stream(argument: str) -> NoReturn:
    """Raise ArgumentError for an argument that asks for events where every answer is a stream of bytes."""
    raise ArgumentError(
        f"{argument}: every answer is streamed here", hint="For events use the method without `streaming`"
    )


class BaseByteStream(BodyStream, Generic[R]):
    """The steps that ByteStream and AsyncByteStream share; `parse` makes the result of a complete answer."""

    def __init__(
        self,
        source: ChunkSource,
        call: Call[R],
        meta: Meta,
        parse: Callable[[RawResponse], R],
    ) -> None:
        super().__init__(source)
        self.meta: Meta = meta
        self._bytes_received = 0
        self._call = call
        self._parse = parse
        self._is_complete = False
        # Kept, so that `save` can be called again with another path if the first cannot be written.
        self._result: R | None = None

    @property
    def media_type(self) -> str:
        """The answer's media type, in lower case and without parameters."""
        return self.meta.media_type

    @property
    def bytes_received(self) -> int:
        """How many bytes have come."""
        return self._bytes_received

    @property
    def total(self) -> int | None:
        """How many bytes are to come in all, if the server says so."""
        return announced_size(self.meta)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.media_type} {self.bytes_received} of {self.total} bytes>"

    def _raise_failure(self, failure: Failure) -> NoReturn:
        if failure.decision == "final":
            raise too_large(failure, self._call.operation.route, self.meta) from failure.__cause__
        self._raise_broken_off(failure.reason, failure.__cause__)

    def _raise_broken_off(self, reason: str, cause: BaseException | None = None) -> NoReturn:
        route, received = self._call.operation.route, self._bytes_received
        message = f"{route}: the answer broke off after {received} bytes: {reason}"
        raise_interrupted(
            self.meta, message, received, "The request was carried out, at least in part", cause
        )

    def _check_unread(self) -> None:
        if self.bytes_received or self._is_closed:
            raise ArgumentError("the answer: was read already, in part or wholly")

    def _check_iterable(self) -> None:
        if self._is_closed:
            raise ArgumentError("the answer: was read or closed already, and is not kept")

    def _check_complete(self) -> None:
        if not self._is_complete:
            self._raise_broken_off("it was closed before its end")

    async def _next_chunk(self) -> bytes | None:
        chunk = await self._receive()
        if isinstance(chunk, bytes):
            self._bytes_received += len(chunk)
            return chunk
        was_closed = self._is_closed
        await self._close()
        if chunk is not None:
            self._raise_failure(chunk)
        if not was_closed:
            if self.total is not None and self.bytes_received != self.total:
                self._raise_broken_off(f"it ended before its {self.total} bytes")
            self._is_complete = True
        return None

    async def _read_result(self) -> R:
        """Read to the end and return the parsed result, again if it is called again."""
        if self._result is None:
            self._check_unread()
            chunks: list[bytes] = []
            while (chunk := await self._next_chunk()) is not None:
                chunks.append(chunk)
            self._check_complete()
            self._result = self._parse(RawResponse(self.meta, b"".join(chunks)))
        return self._result

    async def _save(self, path: StrPath, on_progress: Progress | None) -> Path:
        if not is_result_itself(self._call, self.media_type):
            with atomic_writer(
                path
            ):  # raises at once if the path cannot be written, before the answer is used up
                result = await self._read_result()
            return await self._call_blocking(_save_result, result, path, on_progress)
        self._check_unread()
        with atomic_writer(path, self.media_type) as writer:
            sink = FileSink(writer, self.total, on_progress, is_raw_pcm=False, use_thread=self._is_async)
            try:
                await sink.write(await self._read_first_chunks())
                while (chunk := await self._next_chunk()) is not None:
                    await sink.write((chunk,))
                self._check_complete()
                if not self._bytes_received:
                    self._parse(RawResponse(self.meta, b""))  # raises, unless the result may be empty
            finally:
                await self._close_with(sink)
            await self._call_blocking(sink.finish)
        return writer.target

    async def _read_first_chunks(self) -> list[bytes]:
        """Return enough chunks to recognise a file by; raises if they contradict the Content-Type."""
        chunks: list[bytes] = []
        while (
            self._bytes_received < media_types.MAGIC_LENGTH
            and (chunk := await self._next_chunk()) is not None
        ):
            chunks.append(chunk)
        await self._check_content_type(self.meta, b"".join(chunks))
        return chunks


def _save_result(result: object, path: StrPath, on_progress: Progress | None) -> Path:
    if isinstance(result, Media):
        return result.save(path, on_progress)
    text: object = getattr(result, "text", None)  # a Text, or a record with a property of that name
    if isinstance(text, str):
        # JSON can hold half of a surrogate pair, which UTF-8 cannot.
        return save(path, text.encode(errors="backslashreplace"), "text/plain", on_progress)
    raise ArgumentError(f"the answer: is a {type(result).__name__}, which is no file")


class ByteStream(BaseByteStream[R], SyncBodyStream):
    """The bytes of an answer as they come; iterating raises StreamInterruptedError if they break off."""

    # Named here and not in the base by `Self`, which jedi does not resolve in a `with` statement.
    def __enter__(self) -> "ByteStream[R]":
        return self

    def result(self) -> R:
        """Read to the end, and return what the method itself would have returned; raises its errors."""
        return run_blocking(self._read_result())

    def save(self, path: StrPath, on_progress: Progress | None = None) -> Path:
        """Write the result to `path` as it comes, and return the path.

        As with `Media.save`, a path without a suffix gets the one of the media type, and the file appears
        whole or not at all. `on_progress` is called with the bytes written and their total, which is None if
        the server gives none. A result that JSON holds is read to its end first.
        """
        return run_blocking(self._save(path, on_progress))


class AsyncByteStream(BaseByteStream[R], AsyncBodyStream):
    """The same as ByteStream, for `async for` and `async with`."""

    async def __aenter__(self) -> "AsyncByteStream[R]":
        return self

    async def result(self) -> R:
        """See `ByteStream.result`."""
        return await self._read_result()

    async def save(self, path: StrPath, on_progress: Progress | None = None) -> Path:
        """See `ByteStream.save`; it writes in a thread."""
        return await self._save(path, on_progress)
