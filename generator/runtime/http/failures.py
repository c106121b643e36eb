"""What the exceptions of httpx and httpx2 mean for the request that raised them."""

import ssl
from types import TracebackType

from .deadline import TimeoutName
from .library import HttpLibrary
from .retries import Failure, FailureKind
from .tls import explain_tls
from .upload import UploadProgress

# What each exception means, by the name that both libraries give it; the first row that fits counts.
_FAILURES: tuple[tuple[str, FailureKind, str], ...] = (
    ("ConnectTimeout", "no connection", "no connection in time"),
    ("PoolTimeout", "no connection", "no free connection in time"),
    ("ConnectError", "no connection", "no connection"),
    ("ProxyError", "no connection", "the proxy made no connection"),
    ("UnsupportedProtocol", "no connection", "no connection"),
    ("WriteTimeout", "no answer", "the server stopped taking the request"),
    ("ReadTimeout", "no answer", "no answer in time"),
    ("DecodingError", "not decodable", "the answer's content encoding is broken"),
    ("HTTPError", "broken off", "the connection broke"),
)
_TIMEOUTS: tuple[tuple[str, TimeoutName], ...] = (
    ("ConnectTimeout", "connect"),
    ("PoolTimeout", "pool"),
    ("WriteTimeout", "write"),
    ("ReadTimeout", "read"),
)
# What the libraries stand on, and what that stands on in turn.
_WIRE_PACKAGES = frozenset(
    {"httpcore", "httpcore2", "h11", "h2", "hpack", "ssl", "socket", "asyncio", "anyio", "trio", "contextlib"}
)


def failure_of(error: Exception, upload: UploadProgress) -> Failure:
    """Return what happened, from the exception that the library raised.

    A timeout is named, with its seconds.
    """
    class_names = {each.__name__ for each in type(error).__mro__}
    _, kind, reason = next(row for row in _FAILURES if row[0] in class_names)
    _drop_wire_frames(error)
    if upload.is_unsent and kind != "no connection":
        kind = "closed before the body"
    detail = str(error) or type(error).__name__
    for timeout_name, name in _TIMEOUTS:
        if timeout_name in class_names:
            detail = ": ".join(filter(None, (upload.deadline.describe(name), str(error))))
    return Failure(kind, f"{reason} ({detail})", upload.sent)


def handshake_failure(
    error: Exception, upload: UploadProgress, handled: BaseException | None
) -> Failure | None:
    """Return what happened if a certificate was not accepted; `handled` is described by `explain_tls`.

    The checks of certificates belong to the handshake. In TLS 1.3 a client has sent its request by the time
    that the server refuses its certificate, and the server never reads it (RFC 8446, 4.4.2.4).
    """
    explanation = explain_tls(error, handled)
    if explanation is None:
        return None
    return Failure("no connection", f"{explanation.reason} ({error})", upload.sent, explanation.hint)


def read_error(error: ssl.SSLError, library: HttpLibrary) -> Exception:
    """Return the error of the library for one that came after the handshake.

    httpcore 1.0 makes it itself for threads, and lets the error of `ssl` pass under asyncio.
    """
    wire_error: Exception = library.module.ReadError(str(error))
    wire_error.__cause__ = error
    return wire_error


def _drop_wire_frames(error: Exception) -> None:
    """Cut the tracebacks of an error and its causes where the library hands over to httpcore.

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
