"""What the transport reports instead of an exception of the HTTP library."""

from .retries import Happening, Verdict, verdict_of


class Fault(Exception):  # noqa: N818 - never leaves the runtime
    """An exchange that gave no whole answer. `reason` is for people, `bytes_sent` of the body."""

    def __init__(self, happening: Happening, reason: str, bytes_sent: int = 0) -> None:
        super().__init__(reason)
        self.happening: Happening = happening
        self.verdict: Verdict = verdict_of(happening)
        self.reason = reason
        self.bytes_sent = bytes_sent


class Closed(Exception):  # noqa: N818 - never leaves the runtime
    """The client was closed before the request."""
