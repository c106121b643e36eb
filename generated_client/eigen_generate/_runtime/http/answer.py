"""An answer as it comes: its head, and its body to be read or streamed."""

import os
import ssl
from collections.abc import Iterator, Mapping
from io import BytesIO
from threading import Timer
from typing import Any

from ..settings.response_limits import ResponseLimits
from .body_decoder import BodyDecoder
from .failures import failure_of, read_error
from .library import HttpResponse
from .retries import Failure
from .upload import UploadProgress
from .wire import ReadTurn, end_reading_after, shut_down, socket_of

# In bytes. No more is kept of an answer that is not a success: it is a message, whatever its size.
REFUSAL_SIZE = 1024 * 1024
# After these statuses servers close the connection soon, and many do not say so: uvicorn after an exception
# (a 5xx), others when they waited too long for a request (408; RFC 9110, 15.5.9). The next request would
# meet the closing connection, and its outcome would be unknown.
_CLOSING_STATUSES = frozenset((408, *range(500, 1000)))
# What may follow the last event of a stream: the end of chunked framing, and comments.
_REST_SIZE = 64 * 1024
# In seconds. Waiting for the rest costs no more than the handshake of a new connection would.
REST_LIMIT = 0.1


class Answer:
    """The head of an answer, and its body to be read or streamed. Every use ends with `aclose`.

    Its methods are coroutines, which `run_blocking` explains; `AsyncAnswer` differs in what it awaits.
    """

    def __init__(
        self,
        response: HttpResponse,
        upload: UploadProgress,
        limits: ResponseLimits,
        redirects: tuple[str, ...] = (),
    ) -> None:
        self._response = response
        self._upload = upload
        self._redirects = redirects
        self._limits = limits
        self._decoder: BodyDecoder | None = None
        self._decoded_chunks: Iterator[bytes] = iter(())
        self._raw_chunks: Any = None
        self._is_given_up = False
        self._process = os.getpid()
        self._turn = ReadTurn()
        self._watchdog: Timer | None = None
        # A hook of the caller's client has raised for the status; its body is lost, the status is not.
        self._is_closed_unread = response.is_closed and not response.is_stream_consumed
        self.status_code = response.status_code
        self.headers: Mapping[str, str] = _decode_headers(response.headers)
        if response.is_stream_consumed and "content-encoding" in self.headers:
            # A hook of the caller's client has read the body, and httpx has undone its encoding.
            stale = ("content-encoding", "content-length")
            self.headers = {name: value for name, value in self.headers.items() if name not in stale}

    @property
    def is_success(self) -> bool:
        """Whether the status is one of the 2xx, or a redirect that the contract documents as a success."""
        status = str(self.status_code)
        return status[0] == "2" or (status[0] == "3" and not {status, "3XX"}.isdisjoint(self._redirects))

    @property
    def is_delimited(self) -> bool:
        """Whether the body's end differs from that of a connection which broke (RFC 9112, 6.3)."""
        framing = self.headers.keys() & {"content-length", "transfer-encoding"}
        return bool(framing) or self._response.http_version == "HTTP/2"

    @property
    def bytes_sent(self) -> int:
        """The bytes of the request's body that were handed to the connection."""
        return self._upload.sent

    async def read(self) -> bytes:
        """Return the whole body; raises Failure if that of a success is not whole.

        Of any other status the part that came counts: it is a message.
        """
        # A list that is joined in the end would hold the body twice.
        content = BytesIO()
        try:
            while (chunk := await self.next_chunk()) is not None:
                if isinstance(chunk, Failure):
                    if self.is_success:
                        raise chunk
                    break
                content.write(chunk)
        finally:
            await self.aclose()
        return content.getvalue()

    async def next_chunk(self) -> bytes | Failure | None:
        """Return what comes next: None at the end, and the failure if the body breaks off or is too large."""
        try:
            if self._is_given_up:
                raise Failure("broken off", "it was given up")
            if os.getpid() != self._process:
                raise Failure("broken off", "it belongs to the process that this one was forked from")
            if self._is_closed_unread:
                return None
            decoder = self._decoder or self._make_decoder()
            while (content := next(self._decoded_chunks, None)) is None:
                raw_chunk = await self._read_on()
                if raw_chunk is None:
                    decoder.finish()
                    return None
                if decoder.is_transparent:
                    return raw_chunk
                self._decoded_chunks = decoder.decode(raw_chunk)
            return content
        except self._upload.error_type as error:
            failure = failure_of(error, self._upload)
            failure.__cause__ = error
            return failure
        except Failure as failure:
            failure.bytes_sent = self._upload.sent
            return failure
        except BaseException:  # a cancellation, in most cases
            self._is_given_up = True
            await self.aclose()
            raise

    def _make_decoder(self) -> BodyDecoder:
        if self.is_success:
            decoder = BodyDecoder(self.headers, self._limits)
        else:
            # Only the start of a message counts, however long its Content-Length says it is.
            headers = {name: value for name, value in self.headers.items() if name != "content-length"}
            decoder = BodyDecoder(headers, ResponseLimits(REFUSAL_SIZE))
        self._decoder = decoder
        self._raw_chunks = self._open()
        return decoder

    async def _read_on(self) -> bytes | None:
        """Return what comes next; raises Failure if the answer was closed meanwhile or took too long."""
        if self._upload.deadline.is_over:
            raise self._overdue()
        if not self._turn.begin():
            raise Failure("broken off", "it was closed")
        error: Exception | None = None
        data: bytes | None = None
        try:
            data = await self._next_raw_chunk()
        except ssl.SSLError as raised:
            error = read_error(raised, self._upload.library)
        except Exception as raised:
            error = raised
        except BaseException:
            if self._turn.end():
                await self._close_response()
            raise
        if self._turn.end():
            await self._close_response()
            raise Failure("broken off", "it was closed while it was read") from error
        if isinstance(error, TimeoutError) or self._upload.deadline.is_over:
            raise self._overdue() from error
        if error is not None:
            raise error
        return data

    def _overdue(self) -> Failure:
        limit = self._upload.deadline.describe("read")
        return Failure("no answer", f"the answer did not end in time ({limit})")

    def _open(self) -> Any:
        response = self._response
        if response.is_stream_consumed:
            return response.iter_bytes()
        # `iter_raw` would give the connection back at the body's end: `_close_response` does that.
        self._watchdog = end_reading_after(self._upload.deadline.seconds_left(), self._socket(), self._turn)
        return iter(response.stream)

    async def _next_raw_chunk(self) -> bytes | None:
        return next(self._raw_chunks, None)

    def _socket(self) -> Any:
        """Return the socket, if it is surely this answer's: a hook that read the body gave it back."""
        return None if self._response.is_stream_consumed else socket_of(self._response)

    async def finish(self) -> None:
        """Close at the end of the content. The connection is kept if the rest of the body comes at once."""
        if self._socket() is not None and self.is_delimited and os.getpid() == self._process:
            await self._read_rest()
        await self.aclose()

    async def _read_rest(self) -> None:
        watchdog = end_reading_after(REST_LIMIT, self._socket(), self._turn)
        try:
            await self._skip_rest()
        finally:
            if watchdog is not None:
                watchdog.cancel()

    async def _skip_rest(self) -> None:
        size = 0
        while size <= _REST_SIZE and isinstance(chunk := await self.next_chunk(), bytes):
            size += len(chunk)

    async def aclose(self) -> None:
        """Give up what was not read, and the connection with it.

        In another process than the answer's this does nothing: the connection serves its owner.
        """
        if os.getpid() != self._process:
            return
        state = self._turn.close()
        connection = self._socket()
        if state == "reading" and connection is not None:
            shut_down(connection)  # the thread that reads closes the rest
        elif state != "closed":
            await self._close_response()

    def _end_unreliable(self) -> None:
        """End a connection that the server is about to close, so that it is not reused."""
        connection = self._socket()
        if connection is not None and self.status_code in _CLOSING_STATUSES:
            shut_down(connection)

    async def _close_response(self) -> None:
        if self._watchdog is not None:
            self._watchdog.cancel()
        self._end_unreliable()
        self._response.close()


def _decode_headers(headers: Any) -> dict[str, str]:
    """Return headers by lower-case name; several of one name are joined (RFC 9110, 5.3).

    The same as `dict(headers.items())`, which looks for the encoding of all headers anew for each of them and
    takes a twentieth of a call in memory.
    """
    encoding, decoded = headers.encoding, dict[str, str]()
    for raw_name, raw_value in headers.raw:
        name, value = raw_name.decode(encoding).lower(), raw_value.decode(encoding)
        decoded[name] = f"{decoded[name]}, {value}" if name in decoded else value
    return decoded
