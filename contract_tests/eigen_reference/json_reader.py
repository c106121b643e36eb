"""Read the JSON bodies of requests: short ones here, long ones in a process of their own.

The json module holds the interpreter's lock from the first byte to the last, so that a thread would not keep
25 MiB of it from holding up every other request.
"""

import marshal
from typing import Any, cast

from .engines.errors import EngineFailedError
from .engines.isolation import EngineProcess, Limits
from .json_text import NotAnObjectError, StrictJsonError, TooLargeJsonError, decode_body
from .problems import RequestError

SHORT_BYTES = 128 * 1024
"""Read in some milliseconds, whatever it holds."""
REFUSALS = {kind.__name__: kind for kind in (StrictJsonError, TooLargeJsonError, NotAnObjectError)}


class JsonReader:
    """Reads bodies, with a child process for long ones that starts with the first of these."""

    def __init__(self) -> None:
        self._process = EngineProcess("eigen_reference.json_text", Limits(seconds=20, megabytes=1024))

    def read(self, body: bytes) -> dict[str, Any]:
        """Return the object in a body. Raises RequestError, WorkCancelledError."""
        try:
            return decode_body(body) if len(body) <= SHORT_BYTES else self._read_long(body)
        except TooLargeJsonError as error:
            raise RequestError(413, "too_much_json", str(error)) from error
        except NotAnObjectError as error:
            raise RequestError(400, "invalid_json", str(error), pointer="") from error
        except StrictJsonError as error:
            raise RequestError(400, "invalid_json", str(error)) from error

    def _read_long(self, body: bytes) -> dict[str, Any]:
        try:
            header, marshalled = self._process.ask_both({}, body)
        except EngineFailedError as error:
            raise TooLargeJsonError("reading the body takes too much time or memory") from error
        if "refused" in header:
            raise REFUSALS[str(header["refused"])](str(header["message"]))
        return cast(dict[str, Any], marshal.loads(marshalled))

    def open(self) -> None:
        """Read long bodies again, after `close`."""
        self._process.open()

    def close(self) -> None:
        """End the process."""
        self._process.close()
