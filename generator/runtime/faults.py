"""What the transport reports instead of an exception of the HTTP library."""

from .errors import ResponseTooLargeError
from .responses import Meta
from .retries import Happening, Verdict, verdict_of


class Fault(Exception):  # noqa: N818 - never leaves the runtime
    """An exchange that gave no whole answer. `reason` is for people, `bytes_sent` of the body."""

    def __init__(self, happening: Happening, reason: str, bytes_sent: int = 0) -> None:
        super().__init__(reason)
        self.happening: Happening = happening
        self.verdict: Verdict = verdict_of(happening)
        self.reason = reason
        self.bytes_sent = bytes_sent


def too_large(fault: Fault, title: str, meta: Meta) -> ResponseTooLargeError:
    """Make the error for a stream that went beyond a limit of the caller's."""
    return ResponseTooLargeError(
        f"{title}: {fault.reason}",
        hint="It was carried out; allow more with max_response_size or max_response_ratio",
        attempts=meta.attempts,
        request_id=meta.request_id,
        bytes_sent=fault.bytes_sent,
    )


class Closed(Exception):  # noqa: N818 - never leaves the runtime
    """The client was closed before the request."""
