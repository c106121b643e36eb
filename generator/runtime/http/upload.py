"""How far a request's body has got."""

import httpx

from ..errors import ArgumentError
from ..request.request import Request


class UploadProgress:
    """How far the body of one attempt has got; `started` as soon as its first byte is asked for.

    `sent` counts a chunk when it is handed over: a connection that breaks does not say how much of it was
    sent, and a server that may have had the request must not look like one that had nothing.
    """

    def __init__(self, request: Request) -> None:
        self.payload = request.payload
        self._on_upload = request.on_upload
        self.started = False
        self.sent = 0

    def report(self) -> None:
        """Tell the caller's hook that all chunks so far are sent."""
        if self._on_upload is not None and self.payload is not None:
            self._on_upload(self.sent, self.payload.size)


def failed_source(error: httpx.HTTPError) -> ArgumentError:
    """Return the error for a caller's iterator that failed, as one does that downloads through httpx.

    Without it, its failure would look like one of the connection.
    """
    return ArgumentError(f"a file's own source failed: {error!r}")
