"""What the exceptions of httpx mean for the request that raised them."""

from types import TracebackType

import httpx

from .deadline import TimeoutName
from .retries import Failure, FailureKind
from .upload import UploadProgress

# What each exception of httpx means; the first row that fits counts.
_FAILURES: tuple[tuple[type[httpx.HTTPError], FailureKind, str], ...] = (
    (httpx.ConnectTimeout, "no connection", "no connection in time"),
    (httpx.PoolTimeout, "no connection", "no free connection in time"),
    (httpx.ConnectError, "no connection", "no connection"),
    (httpx.ProxyError, "no connection", "the proxy made no connection"),
    (httpx.UnsupportedProtocol, "no connection", "no connection"),
    (httpx.WriteTimeout, "no answer", "the server stopped taking the request"),
    (httpx.ReadTimeout, "no answer", "no answer in time"),
    (httpx.DecodingError, "not decodable", "the answer's content encoding is broken"),
    (httpx.HTTPError, "broken off", "the connection broke"),
)
_TIMEOUTS: tuple[tuple[type[httpx.TimeoutException], TimeoutName], ...] = (
    (httpx.ConnectTimeout, "connect"),
    (httpx.PoolTimeout, "pool"),
    (httpx.WriteTimeout, "write"),
    (httpx.ReadTimeout, "read"),
)
# What httpx stands on, and what that stands on in turn.
_WIRE_PACKAGES = frozenset(
    {"httpcore", "h11", "h2", "hpack", "ssl", "socket", "asyncio", "anyio", "trio", "contextlib"}
)


def failure_of(error: httpx.HTTPError, upload: UploadProgress) -> Failure:
    """Return what happened, from the exception that httpx raised.

    A timeout is named, with its seconds.
    """
    _, kind, reason = next(row for row in _FAILURES if isinstance(error, row[0]))
    _drop_wire_frames(error)
    if upload.is_unsent and kind != "no connection":
        kind = "closed before the body"
    detail = str(error) or type(error).__name__
    for timeout_type, name in _TIMEOUTS:
        if isinstance(error, timeout_type):
            detail = ": ".join(filter(None, (upload.deadline.describe(name), str(error))))
    return Failure(kind, f"{reason} ({detail})", upload.sent)


def _drop_wire_frames(error: httpx.HTTPError) -> None:
    """Cut the tracebacks of an error and its causes where httpx hands over to httpcore.

    From there on frames have the raw headers in their locals, which error trackers collect: the key among
    them, or the password of a proxy.
    """
    cause: BaseException | None = error
    while cause is not None:
        cause.__traceback__ = _without_wire_frames(cause.__traceback__)
        cause = cause.__cause__ or cause.__context__


def _without_wire_frames(traceback: TracebackType | None) -> TracebackType | None:
    if traceback is None:
        return None
    package = str(traceback.tb_frame.f_globals.get("__name__")).partition(".")[0]
    if package in _WIRE_PACKAGES:
        return None
    traceback.tb_next = _without_wire_frames(traceback.tb_next)
    return traceback
