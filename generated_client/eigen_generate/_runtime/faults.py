from .retries import Happening, Verdict, verdict_of


class Fault(Exception):
    def __init__(self, happening: Happening, reason: str, bytes_sent: int = 0) -> None:
        super().__init__(reason)
        self.happening: Happening = happening
        self.verdict: Verdict = verdict_of(happening)
        self.reason = reason
        self.bytes_sent = bytes_sent


class Closed(Exception):
    """The client was closed before the request."""
