"""An answer as it comes: its head, and its body to be read or streamed."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import httpx

from ..settings.response_limits import ResponseLimits
from .body_decoder import BodyDecoder
from .failures import failure_of
from .retries import Failure
from .upload import UploadProgress

# In bytes. No more is kept of an answer that is not a success: it is a message, whatever its size.
REFUSAL_SIZE = 1024 * 1024


class Answer:
    """The head of an answer, and its body to be read or streamed. Every use ends with `aclose`.

    Its methods are coroutines, which `run_blocking` explains; `AsyncAnswer` differs in what it awaits.
    """

    def __init__(self, response: httpx.Response, upload: UploadProgress, limits: ResponseLimits) -> None:
        self._response = response
        self._upload = upload
        self._limits = limits
        self._decoder: BodyDecoder | None = None
        self._decoded: Iterator[bytes] = iter(())
        self._raw_chunks: Any = None
        self._given_up = False
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
        """Whether the status is one of the 2xx."""
        return 200 <= self.status_code < 300

    @property
    def delimited(self) -> bool:
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
            while (chunk := await self.chunk()) is not None:
                if isinstance(chunk, Failure):
                    if self.is_success:
                        raise chunk
                    break
                content.write(chunk)
        finally:
            await self.aclose()
        return content.getvalue()

    async def chunk(self) -> bytes | Failure | None:
        """Return what comes next: None at the end, and the failure if the body breaks off or is too large."""
        try:
            if self._given_up:
                raise Failure("broken off", "it was given up")
            if self._is_closed_unread:
                return None
            decoder = self._decoder or self._begin()
            while (content := next(self._decoded, None)) is None:
                data = await self._next_raw_chunk()
                if data is None:
                    decoder.finish()
                    return None
                if decoder.is_transparent:
                    return data
                self._decoded = decoder.decode(data)
            return content
        except httpx.HTTPError as error:
            failure = failure_of(error, self._upload)
            failure.__cause__ = error
            return failure
        except Failure as failure:
            failure.bytes_sent = self._upload.sent
            return failure
        except BaseException:  # a cancellation, in most cases
            self._given_up = True
            await self.aclose()
            raise

    def _begin(self) -> BodyDecoder:
        if self.is_success:
            decoder = BodyDecoder(self.headers, self._limits)
        else:
            # Only the start of a message counts, however long its Content-Length says it is.
            headers = {name: value for name, value in self.headers.items() if name != "content-length"}
            decoder = BodyDecoder(headers, ResponseLimits(REFUSAL_SIZE))
        self._decoder = decoder
        self._raw_chunks = self._open()
        return decoder

    def _open(self) -> Any:
        response = self._response
        return response.iter_bytes() if response.is_stream_consumed else response.iter_raw()

    async def _next_raw_chunk(self) -> bytes | None:
        return next(self._raw_chunks, None)

    async def aclose(self) -> None:
        """Give up what was not read, and the connection with it."""
        self._response.close()


def _decode_headers(headers: httpx.Headers) -> dict[str, str]:
    """Return headers by lower-case name; several of one name are joined (RFC 9110, 5.3).

    The same as `dict(headers.items())`, which looks for the encoding of all headers anew for each of them and
    takes a twentieth of a call in memory.
    """
    encoding, decoded = headers.encoding, dict[str, str]()
    for raw_name, raw_value in headers.raw:
        name, value = raw_name.decode(encoding).lower(), raw_value.decode(encoding)
        decoded[name] = f"{decoded[name]}, {value}" if name in decoded else value
    return decoded
