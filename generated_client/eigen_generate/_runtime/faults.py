from .errors import ResponseTooLargeError
from .responses import Meta
from .retries import Happening, Verdict, verdict_of


class Fault(Exception):
    def __init__(self, happening: Happening, reason: str, bytes_sent: int = 0) -> None:
        super().__init__(reason)
        self.happening: Happening = happening
        self.verdict: Verdict = verdict_of(happening)
        self.reason = reason
        self.bytes_sent = bytes_sent


def too_large(fault: Fault, title: str, meta: Meta) -> ResponseTooLargeError:
    return ResponseTooLargeError(
        f"{title}: {fault.reason}",
        hint="It was carried out; allow more with max_response_size or max_response_ratio",
        attempts=meta.attempts,
        request_id=meta.request_id,
        bytes_sent=fault.bytes_sent,
    )


class Closed(Exception):
    """The client was closed before the request."""
