"""Server-sent events, as the WHATWG HTML standard defines their parsing (section 9.2.6). No I/O."""

from typing import NamedTuple


class ServerSentEvent(NamedTuple):
    """One event. `type` is `message` if none was given; `retry` is in milliseconds."""

    data: str
    type: str = "message"
    id: str = ""
    retry: int | None = None


class Parser:
    """Takes bytes as they come and gives the events that are whole.

    An event that the end of the stream cuts off is never given; `unfinished` tells that there is one.
    """

    def __init__(self) -> None:
        self._buffer: bytearray = bytearray()
        self._searched = 0
        self._begun = False
        self._after_return = False
        self._id = ""
        self._retry: int | None = None
        self._type = ""
        self._data: list[str] = []

    @property
    def unfinished(self) -> bool:
        """Whether data has come that belongs to an event which is not whole."""
        return bool(self._data) or self._buffer.startswith(b"data")

    def feed(self, chunk: bytes) -> list[ServerSentEvent]:
        """Take the next bytes, and give the events that end in them."""
        self._buffer += chunk
        self._skip_mark()
        events: list[ServerSentEvent] = []
        for line in self._lines():
            event = self._take(line)
            if event is not None:
                events.append(event)
        return events

    def _skip_mark(self) -> None:
        """Skip one byte order mark at the very start, even if it comes byte by byte."""
        mark = b"\xef\xbb\xbf"
        if self._begun or (len(self._buffer) < 3 and mark.startswith(bytes(self._buffer))):
            return
        self._begun = True
        if self._buffer.startswith(mark):
            del self._buffer[:3]

    def _lines(self) -> list[str]:
        """Take the whole lines out of the buffer; they end in CR, LF or CRLF, maybe over two chunks."""
        buffer, searched = self._buffer, self._searched
        if self._after_return and buffer:
            # The line has been given already; a LF right after its CR belongs to it.
            self._after_return = False
            if buffer.startswith(b"\n"):
                del buffer[:1]
        if not self._begun:
            return []
        self._searched = len(buffer)
        if buffer.find(b"\n", searched) < 0 and buffer.find(b"\r", searched) < 0:
            return []
        lines = buffer.splitlines()
        self._after_return = buffer.endswith(b"\r")
        self._buffer = bytearray() if buffer.endswith((b"\r", b"\n")) else lines.pop()
        self._searched = len(self._buffer)
        return [line.decode("utf-8", "replace") for line in lines]

    def _take(self, line: str) -> ServerSentEvent | None:
        if not line:
            return self._dispatch()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._type = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit() and len(value) < 16:
            self._retry = int(value)
        return None

    def _dispatch(self) -> ServerSentEvent | None:
        data, kind = self._data, self._type
        self._data, self._type = [], ""
        if not data:
            return None
        return ServerSentEvent("\n".join(data), kind or "message", self._id, self._retry)
