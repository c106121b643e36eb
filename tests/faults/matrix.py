"""The matrix: each row a fault, walked by `test_matrix.py` with every kind of call, in both modes."""

import base64
from collections.abc import Callable
from functools import partial

from eigen_generate import (
    AuthenticationError,
    BadRequestError,
    MethodNotAllowedError,
    NotFoundError,
    NotSentError,
    OutcomeUnknownError,
    PayloadTooLargeError,
    PaymentRequiredError,
    PermissionDeniedError,
    RateLimitError,
    ResponseTooLargeError,
    ServerError,
    ServiceUnavailableError,
    StatusError,
    StreamFailedError,
    StreamInterruptedError,
    Timeout,
    UnexpectedResponseError,
    UnknownStatusError,
    UnprocessableEntityError,
    UnsupportedMediaTypeError,
)

from .answers import (
    Answer,
    after_body,
    amid_body,
    announce,
    answer,
    answer_early,
    bomb,
    end,
    endless_body,
    endless_head,
    head,
    raw,
    redirect,
    reset,
    say,
    stall,
    stop_reading,
)
from .faults import (
    WITH_ID,
    Expected,
    Fault,
    broken,
    by,
    final_status,
    left,
    refuses,
    says,
    too_much,
    unknown_status,
    unreadable,
    waits,
)
from .kinds import PCM
from .places import hang_up, nameless, refused, speak_plainly, unaccepted, without_tls
from .server import Act

# Short where the time is real and nothing else is waited for, long where the machine may be slow.
BRIEF_CONNECT = {"timeout": Timeout(connect=0.1, pool=0.1, read=10, write=10)}
BRIEF_READ = {"timeout": Timeout(read=0.3, write=10)}
BRIEF_WRITE = {"timeout": Timeout(read=10, write=0.3)}
LARGE = 8 * 1024 * 1024
"""More bytes than a pair of sockets buffers."""

NEVER_SENT = Expected(NotSentError, 0, (0.0, 0.0), {"bytes_sent": 0})
SENT_LATER = Expected(None, 1, (0.0,))
LOST = Expected(OutcomeUnknownError, attributes={"request_id": None})
BROKEN = Expected(OutcomeUnknownError, attributes=WITH_ID)
CUT_STREAM = Expected(StreamInterruptedError, attributes={**WITH_ID, "bytes_received": len(PCM)})


UNREACHABLE = (
    Fault("refused", "never sent", partial(refused, recovers=False), NEVER_SENT),
    Fault("refused at first", "never sent", partial(refused, recovers=True), SENT_LATER),
    Fault("no such host", "never sent", partial(nameless, recovers=False), NEVER_SENT),
    Fault("no host at first", "never sent", partial(nameless, recovers=True), SENT_LATER),
    Fault("no TLS", "never sent", partial(without_tls, greet=speak_plainly), NEVER_SENT),
    Fault("TLS hangs up", "never sent", partial(without_tls, greet=hang_up), NEVER_SENT),
    Fault("TLS stalls", "never sent", partial(without_tls, greet=stall), NEVER_SENT, options=BRIEF_CONNECT),
    Fault("connect timeout", "never sent", unaccepted, NEVER_SENT, options=BRIEF_CONNECT),
    Fault("pool timeout", "never sent", broken(chunked=True, then=stall), NEVER_SENT,
          options=BRIEF_CONNECT, prelude="busy"),
    Fault("idle connection closed", "never sent", left(end), Expected(None), prelude="call"),
    Fault("idle connection reset", "never sent", left(reset), Expected(None), prelude="call"),
)  # fmt: skip

REJECTED = (
    waits(429, "Retry-After: 2", 2.0),
    waits(429, "Retry-After: Fri, 15 Jan 2027 08:00:30 GMT", 30.0),
    waits(429, "Retry-After-Ms: 1500", 1.5),
    waits(429, "Retry-After: 20s", 20.0),
    waits(429, "Retry-After: 3, 5", 5.0),
    waits(503, "Retry-After: 90", 90.0),
    Fault("429", "rejected", says(429), Expected(None, 2, (0.0,)), once=refuses(RateLimitError, 429)),
    Fault("429 every time", "rejected", says(429, "Retry-After: 2", times=9),
          refuses(RateLimitError, 429, retry_after=2.0)._replace(requests=3, pauses=(2.0, 2.0)),
          once=refuses(RateLimitError, 429)),
    Fault("503 every time", "rejected", says(503, "Retry-After: 2", times=9),
          refuses(ServiceUnavailableError, 503)._replace(requests=3, pauses=(2.0, 2.0)),
          once=refuses(ServiceUnavailableError, 503)),
    Fault("429 too long", "rejected", says(429, "Retry-After: 9000"),
          refuses(RateLimitError, 429, retry_after=9000.0)),
    Fault("503 too long", "rejected", says(503, "Retry-After-Ms: 9000000"),
          refuses(ServiceUnavailableError, 503, retry_after=9000.0)),
    *(Fault(f"429 unreadable {text}", "rejected", says(429, f"Retry-After: {text}"),
            refuses(RateLimitError, 429, retry_after=None)) for text in ("soon", "-5", "2027-01-15T08:00Z")),
)  # fmt: skip

UNKNOWN_STATUSES = (
    *(unknown_status(UnknownStatusError, status) for status in (408, 409, 425)),
    *(unknown_status(ServerError, status) for status in (500, 501, 502, 503, 504, 520, 529)),
    Fault("502 HTML", "unknown", by(answer(502, b"<title>Bad Gateway</title>", "text/html")),
          refuses(ServerError, 502, message="Bad Gateway")),
    Fault("504 empty", "unknown", by(answer(504, b"", "text/html")),
          refuses(ServerError, 504, message="Gateway Timeout", body=b"")),
    Fault("500 cut short", "unknown", by(raw(head(500, "Content-Length: 100") + b"half")),
          Expected(ServerError, attributes={**WITH_ID, "status_code": 500})),
    Fault("503 bad Retry-After", "unknown", says(503, "Retry-After: soon"), refuses(ServerError, 503)),
)  # fmt: skip

UNANSWERED = (
    Fault("closed after the head", "unknown", by(end), LOST, amid_body=True),
    Fault("reset after the head", "unknown", by(reset), LOST, amid_body=True),
    Fault("closed amid the body", "unknown", by(amid_body(end)), LOST, amid_body=True, size=LARGE),
    Fault("reset amid the body", "unknown", by(amid_body(reset)), LOST, amid_body=True, size=LARGE),
    Fault("write timeout", "unknown", by(stop_reading), LOST, amid_body=True, size=LARGE,
          options=BRIEF_WRITE),
    Fault("closed after the body", "unknown", by(after_body(end)), LOST),
    Fault("reset after the body", "unknown", by(after_body(reset)), LOST),
    Fault("read timeout", "unknown", by(after_body(stall)), LOST, options=BRIEF_READ),
    Fault("no HTTP", "unknown", by(raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")), LOST),
    Fault("half a head", "unknown", by(raw(b"HTTP/1.1 200 OK\r\nContent-Le")), LOST),
    Fault("huge headers", "unknown", by(raw(head(200, "X-Long: " + "x" * 1_000_000))), LOST),
    Fault("endless headers", "unknown", by(endless_head), LOST),
    Fault("two lengths", "unknown", by(raw(head(200, "Content-Length: 2", "Content-Length: 3"))), LOST),
)  # fmt: skip

BROKEN_OFF = (
    Fault("truncated by length", "unknown", broken(chunked=False, then=end), BROKEN, CUT_STREAM),
    Fault("truncated in chunks", "unknown", broken(chunked=True, then=end), BROKEN, CUT_STREAM),
    Fault("reset amid the answer", "unknown", broken(chunked=False, then=reset), BROKEN, CUT_STREAM),
    Fault("reset amid chunks", "unknown", broken(chunked=True, then=reset), BROKEN, CUT_STREAM),
    Fault("stalls amid the answer", "unknown", broken(chunked=False, then=stall), BROKEN, CUT_STREAM,
          options=BRIEF_READ),
    Fault("broken chunk", "unknown",
          broken(chunked=True, then=say(b"zz\r\n")), BROKEN, CUT_STREAM),
)  # fmt: skip

FINAL = (
    final_status(BadRequestError, 400),
    final_status(AuthenticationError, 401),
    final_status(PaymentRequiredError, 402),
    final_status(PermissionDeniedError, 403),
    final_status(NotFoundError, 404),
    final_status(MethodNotAllowedError, 405),
    final_status(PayloadTooLargeError, 413),
    final_status(UnsupportedMediaTypeError, 415),
    final_status(UnprocessableEntityError, 422),
    *(final_status(StatusError, status) for status in (410, 418)),
    Fault("413 before the body is read", "final", by(answer_early(413)),
          Expected(PayloadTooLargeError, attributes={**WITH_ID, "status_code": 413}), size=LARGE),
    *(Fault(f"{status} to itself", "final", by(*[redirect(status, "127.0.0.1")] * 30),
            refuses(StatusError, status)) for status in (302, 307)),
    *(Fault(f"{status} to another origin", "final", by(redirect(status, "localhost")),
            refuses(StatusError, status)) for status in (301, 302, 303, 307, 308)),
)  # fmt: skip

UNREADABLE = (
    unreadable("HTML", b"<html><title>Sign in to the network</title></html>", "text/html"),
    unreadable("empty", b"", "application/json"),
    unreadable("empty picture", b"", "image/png"),
    unreadable("no content", b"", "image/png", status=204),
    unreadable("another kind of media", b"ID3\x04" + bytes(100), "application/zip"),
    unreadable("JSON of another kind", b"[1, 2]", "application/json"),
    unreadable("half of JSON", b'{"image_base64": "iVBO', "application/json"),
    unreadable("JSON without the result", b'{"status": "ok"}', "application/json"),
    unreadable("a number for the result", b'{"image_base64": 7}', "application/json"),
    unreadable("null for the result", b'{"image_base64": null}', "application/json"),
    unreadable("invalid base64", b'{"image_base64": "!!!!"}', "application/json"),
    unreadable("junk in base64", b'{"image_base64": "iVBO!!!!Rw0K"}', "application/json"),
    unreadable("cut base64", b'{"image_base64": "iVBOR"}', "application/json"),
)


def _events(name: str, text: bytes, stream: Expected) -> Fault:
    """Make the row of a stream whose events are not what they should be; others cannot read it at all."""
    if stream.error is UnexpectedResponseError:
        stream = stream._replace(attributes={**stream.attributes, "body": text})
    return unreadable(name, text, "text/event-stream")._replace(stream=stream)


_CHUNK = b'data: {"type": "audio_chunk", "data": "%b"}\n\n' % base64.b64encode(PCM)
_NOTHING = Expected(UnexpectedResponseError, attributes={**WITH_ID, "status_code": 200})
_BROKEN_AT_ONCE = Expected(StreamInterruptedError, attributes={**WITH_ID, "bytes_received": 0})
_FAILED = Expected(StreamFailedError, attributes={**WITH_ID, "bytes_received": len(PCM)})

STREAMS = (
    _events("no events", b"", _NOTHING),
    _events("comments only", b": ping\n\n" * 3, _NOTHING),
    _events("an end without a beginning", b'data: {"type": "complete"}\n\n', _NOTHING),
    _events("unknown events only", b'data: {"type": "novel"}\n\n', _NOTHING),
    _events("no data field", b'{"type": "audio_chunk", "data": "AAAA"}\n\n', _NOTHING),
    _events(
        "invalid base64 in an event", b'data: {"type": "audio_chunk", "data": "!!"}\n\n', _BROKEN_AT_ONCE
    ),
    _events("a number in an event", b'data: {"type": "audio_chunk", "data": 7}\n\n', _BROKEN_AT_ONCE),
    _events("closed without its end", _CHUNK, CUT_STREAM)._replace(
        at=by(raw(head(200, "Content-Type: text/event-stream") + _CHUNK))
    ),
    _events("half an event", _CHUNK + b'data: {"type": "audio_ch', CUT_STREAM),
    _events("an error event", _CHUNK + b'data: {"type": "error", "message": "no"}\n\n', _FAILED),
)

_SMALL = {"max_response_size": 1_000_000}
_BIG = 24 * 1024 * 1024  # little enough to be harmless is what unpacks to 16 MiB


def _too_large(name: str, do: Callable[[Answer], Act], **options: object) -> Fault:
    """Make the row of an answer that is refused while it comes."""
    hint = "It was carried out; allow more with max_response_size or max_response_ratio"
    expected = Expected(ResponseTooLargeError, attributes={**WITH_ID, "hint": hint})
    return Fault(name, "unreadable", too_much(do), expected, options=options)


LIMITS = (
    _too_large("gzip bomb", partial(bomb, size=_BIG)),
    _too_large("gzip bomb beyond a size", partial(bomb, size=2_000_000), **_SMALL),
    _too_large("endless body", endless_body, **_SMALL),
    _too_large("too large by its head", partial(announce, size=10**10), **_SMALL),
)

FAULTS = (
    *UNREACHABLE, *REJECTED, *UNKNOWN_STATUSES, *UNANSWERED, *BROKEN_OFF,
    *FINAL, *UNREADABLE, *STREAMS, *LIMITS,
)  # fmt: skip
