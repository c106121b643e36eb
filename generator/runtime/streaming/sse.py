"""Server-sent events, parsed as the WHATWG HTML standard defines it. No I/O.

https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
"""

from typing import NamedTuple

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# The standard allows any number. This many digits are 300 centuries in milliseconds, and Python refuses to
# convert a number of some thousand digits.
_MAX_RETRY_DIGITS = 15


class ServerSentEvent(NamedTuple):
    """One event. `type` is `message` if the server gave none; `retry` is in milliseconds."""

    data: str
    type: str = "message"
    id: str = ""
    retry: int | None = None


class EventParser:
    """Takes the bytes of a stream and returns the events that are complete.

    An event that the end of the stream cuts off is never returned; `has_incomplete_event` tells that there is
    one.
    """

    def __init__(self) -> None:
        self._buffer: bytearray = bytearray()
        # How much of the buffer holds no line end for sure. Without it, a long line in small chunks would be
        # searched from its start with every chunk, in quadratic time.
        self._searched_size = 0
        self._is_start_read = False
        self._last_line_ended_in_cr = False
        # The fields of the event that is being read. Of these `id` and `retry` outlive the event.
        self._data_lines: list[str] = []
        self._type = ""
        self._id = ""
        self._retry: int | None = None

    @property
    def has_incomplete_event(self) -> bool:
        """Whether data has come that belongs to an event which is not complete."""
        return bool(self._data_lines) or self._buffer.startswith(b"data")

    def feed(self, chunk: bytes) -> list[ServerSentEvent]:
        """Take the next bytes and return the events that end in them."""
        self._buffer += chunk
        self._skip_byte_order_mark()
        events: list[ServerSentEvent] = []
        for line in self._take_complete_lines():
            event = self._process_line(line)
            if event is not None:
                events.append(event)
        return events

    def _skip_byte_order_mark(self) -> None:
        """Remove one byte order mark at the start of the stream, even if it comes byte by byte."""
        may_continue = len(self._buffer) < 3 and _BYTE_ORDER_MARK.startswith(bytes(self._buffer))
        if self._is_start_read or may_continue:
            return
        self._is_start_read = True
        if self._buffer.startswith(_BYTE_ORDER_MARK):
            del self._buffer[:3]

    def _take_complete_lines(self) -> list[str]:
        """Remove the complete lines from the buffer and return them without their ends: CR, LF or CRLF."""
        buffer, searched_size = self._buffer, self._searched_size
        if self._last_line_ended_in_cr and buffer:
            # That line was returned with the last chunk; a LF right after its CR belongs to it.
            self._last_line_ended_in_cr = False
            if buffer.startswith(b"\n"):
                del buffer[:1]
        if not self._is_start_read:
            return []
        self._searched_size = len(buffer)
        if buffer.find(b"\n", searched_size) < 0 and buffer.find(b"\r", searched_size) < 0:
            return []
        lines = buffer.splitlines()  # of bytes: only at CR, LF and CRLF
        self._last_line_ended_in_cr = buffer.endswith(b"\r")
        self._buffer = bytearray() if buffer.endswith((b"\r", b"\n")) else lines.pop()
        self._searched_size = len(self._buffer)
        return [line.decode("utf-8", "replace") for line in lines]

    def _process_line(self, line: str) -> ServerSentEvent | None:
        """Take a field of the current event; return the event if the line is the blank one that ends it."""
        if not line:
            return self._finish_event()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data_lines.append(value)
        elif name == "event":
            self._type = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit() and len(value) <= _MAX_RETRY_DIGITS:
            self._retry = int(value)
        return None

    def _finish_event(self) -> ServerSentEvent | None:
        data_lines, event_type = self._data_lines, self._type
        self._data_lines, self._type = [], ""
        if not data_lines:  # the standard drops an event without data
            return None
        return ServerSentEvent("\n".join(data_lines), event_type or "message", self._id, self._retry)
