"""How far a request's body has got."""

from functools import cache
from typing import Any, TypeVar

from ..errors import ArgumentError
from ..request.request import Request
from .deadline import Deadline
from .library import HttpLibrary
from .retries import Failure, FailureKind

BodyT = TypeVar("BodyT", bound="UploadProgress")


class UploadProgress:
    """How far the body of one attempt has got; `started` as soon as its first byte is asked for.

    `error_type` is what the library raises for every failure of a request.

    `sent` counts a chunk when it is handed over: a connection that breaks does not say how much of it was
    sent, and a server that may have had the request must not look like one that had nothing.
    """

    def __init__(self, request: Request, library: HttpLibrary) -> None:
        self.library = library
        self.error_type = library.error_type
        self.payload = request.payload
        self._on_upload = request.on_upload
        self.deadline = Deadline(request.timeout)
        self.started = False
        self.sent = 0

    def report(self) -> None:
        """Tell the caller's hook that all chunks so far are sent."""
        if self._on_upload is not None and self.payload is not None:
            self._on_upload(self.sent, self.payload.size)

    @property
    def is_unsent(self) -> bool:
        """Whether the body was not begun, so that the server cannot have had the request.

        httpcore writes the head on its own, and the body after it. Without a body this cannot be known.
        """
        return self.payload is not None and self.payload.size != 0 and not self.started

    def overdue(self) -> Failure:
        """Return the failure of an attempt that took longer than its total."""
        kind: FailureKind = "closed before the body" if self.is_unsent else "no answer"
        return Failure(kind, f"no answer in time ({self.deadline.describe('read')})", self.sent)


def failed_source(error: Exception) -> ArgumentError:
    """Return the error for a caller's iterator that failed, as one does that downloads.

    Without it, its failure would look like one of the connection.
    """
    return ArgumentError(f"a file's own source failed: {error!r}")


@cache
def body_class(body_type: type[BodyT], stream_type: Any) -> type[BodyT]:
    """Return `body_type` as a subclass of the library's type of streams, which its clients ask for."""
    return type(body_type.__name__, (body_type, stream_type), {})
