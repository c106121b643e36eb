"""What a row of the matrix is: a fault, what is known after it, and what must be seen of it.

A row holds for all kinds of call. Where a stream, or a body that can be had once, fares differently, the
row says so. A GET changes nothing at a server, so after an unknown outcome it is asked again.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, Literal, NamedTuple

from eigen_generate import (
    OutcomeUnknownError,
    RateLimitError,
    ResponseTooLargeError,
    ServiceUnavailableError,
    StatusError,
    UnexpectedResponseError,
)

from .answers import REQUEST_ID, Answer, answer, cut, followed_by
from .kinds import Kind
from .places import Place, served
from .server import Act

Outcome = Literal["never sent", "rejected", "unknown", "final", "unreadable"]
At = Callable[[Answer], AbstractContextManager[Place]]
"""Makes the place of a trial, given the answer that the call should have had."""

WITH_ID: Mapping[str, object] = {"request_id": REQUEST_ID}


class Expected(NamedTuple):
    """What must be seen: the error or a success, the requests counted, and each pause in seconds."""

    error: type[Exception] | None
    requests: int = 1
    pauses: tuple[float, ...] = ()
    attributes: Mapping[str, object] = {}


class Fault(NamedTuple):
    """One row. `stream` and `once` stand where these kinds fare differently.

    `amid_body` is a fault while the request's body is sent, which a GET does not have; `size` is how many
    bytes of input go into the request, `options` are the client's, and `prelude` is as in a trial.
    """

    name: str
    outcome: Outcome
    at: At
    expected: Expected
    stream: Expected | None = None
    once: Expected | None = None
    amid_body: bool = False
    size: int = 300_000
    options: Mapping[str, Any] = {}
    prelude: Literal["", "call", "busy"] = ""

    @property
    def breaks(self) -> bool:
        """Whether the connection cannot be used for anything else."""
        return self.outcome == "unknown" or self.expected.error is ResponseTooLargeError

    def expects(self, kind: Kind) -> Expected:
        """Give what a call of this kind must see."""
        if kind.method == "GET" and self.outcome == "unknown":
            return Expected(None, 2, (0.0,))
        if kind.streamed and self.stream is not None:
            return self.stream
        return self.once if kind.once and self.once is not None else self.expected

    def fits(self, kind: Kind) -> bool:
        """Tell whether a call of this kind can meet the fault at all."""
        return kind.method != "GET" or not (self.amid_body or self.prelude == "busy")


def by(*acts: Act) -> At:
    """Meet the first requests with these acts, and all others with success."""
    return partial(served, acts=acts)


def broken(*, chunked: bool, then: Act) -> At:
    """Break the good answer off, in one of two framings."""

    def at(good: Answer) -> AbstractContextManager[Place]:
        return served(good, [cut(good, chunked=chunked, then=then)])

    return at


def left(then: Act) -> At:
    """Answer well, and then do something to the connection that was to be kept."""

    def at(good: Answer) -> AbstractContextManager[Place]:
        return served(good, [followed_by(good.whole(), then)])

    return at


def too_much(do: Callable[[Answer], Act]) -> At:
    """Answer well, and with more than any client wants."""

    def at(good: Answer) -> AbstractContextManager[Place]:
        return served(good, [do(good)])

    return at


def says(status: int, *headers: str, times: int = 1) -> At:
    """Answer with a status, so often."""
    return by(*[answer(status, b'{"error": "no"}', "application/json", *headers)] * times)


def refuses(error: type[StatusError], status: int, **attributes: object) -> Expected:
    """Expect one request, and an error with this status."""
    return Expected(error, attributes={**WITH_ID, "status_code": status, "message": "no", **attributes})


def unknown_status(error: type[StatusError], status: int) -> Fault:
    """Make the row of a status that does not say what became of the request."""
    assert issubclass(error, OutcomeUnknownError), (
        f"{error.__name__} does not say that the outcome is unknown"
    )
    return Fault(str(status), "unknown", says(status), refuses(error, status))


def final_status(error: type[StatusError], status: int) -> Fault:
    """Make the row of a status that is the last word."""
    return Fault(str(status), "final", says(status), refuses(error, status))


def waits(status: int, header: str, seconds: float) -> Fault:
    """Make the row of a rejection that says when to come back. What can be sent once cannot."""
    error = RateLimitError if status == 429 else ServiceUnavailableError
    once = refuses(error, status, retry_after=seconds)
    name = f"{status} {header}"
    return Fault(name, "rejected", says(status, header), Expected(None, 2, (seconds,)), once=once)


def unreadable(name: str, body: bytes, media_type: str, *headers: str, status: int = 200) -> Fault:
    """Make the row of a success that does not hold what it should; the error keeps the body whole."""
    attributes = {**WITH_ID, "status_code": status, "body": body}
    at = by(answer(status, body, media_type, *headers))
    return Fault(name, "unreadable", at, Expected(UnexpectedResponseError, attributes=attributes))
