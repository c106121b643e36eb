"""When a request may be repeated. A call may cost money: what may have been carried out is not repeated.

`OUTCOMES` is the table: the code decides by it, docs/retries.md prints it, a test compares both. Pauses are
drawn between zero and a limit that doubles ("full jitter"), so that clients which failed together do not come
back together. Retry-After is honoured or the call fails; it is never shortened.
Everything here is pure: clocks and random numbers come from the caller.
"""

import math
import re
from collections.abc import Callable, Collection, Mapping
from email.utils import mktime_tz, parsedate_tz
from typing import Final, Literal, NamedTuple

from ..errors import ResponseTooLargeError
from ..meta import Meta
from ..response.results import error_context

RetryDecision = Literal["not sent", "rejected", "unknown", "final"]
FailureKind = Literal[
    "no connection", "closed before the body", "no answer", "broken off", "not decodable", "too large"
]

# Safe methods change nothing at the server (RFC 9110, 9.2.1).
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
# Doubling stops here: a caller may allow a million retries, and a float has a largest value.
_MOST_DOUBLINGS: Final = 30
_RETRY_AFTER_NUMBER: Final = r"(?a)(\d+(?:\.\d+)?)\s*s?"


class Outcome(NamedTuple):
    """A row of the table: what happened, the decision, and how the code recognises it.

    It is recognised by a kind of failure or by a status, which may have to come with Retry-After.
    """

    description: str
    decision: RetryDecision
    failures: tuple[FailureKind, ...] = ()
    statuses: Collection[int] = ()
    needs_retry_after: bool = False


OUTCOMES: Final = (
    Outcome("refused, unknown host, TLS, connect or pool timeout", "not sent", ("no connection",)),
    Outcome(
        "a kept connection was closed before the body's first byte", "not sent", ("closed before the body",)
    ),
    Outcome("429", "rejected", statuses=(429,)),
    Outcome("503 with Retry-After", "rejected", statuses=(503,), needs_retry_after=True),
    Outcome(
        "408, 409, 425, 500, 502, 503, 504, any other 5xx",
        "unknown",
        statuses=(408, 409, 425, *range(500, 1000)),
    ),
    Outcome("write or read timeout", "unknown", ("no answer",)),
    Outcome("disconnect, truncated answer, a file that fails midway", "unknown", ("broken off",)),
    Outcome("an answer whose content encoding is broken", "unknown", ("not decodable",)),
    Outcome("an answer beyond a limit of the caller's", "final", ("too large",)),
    Outcome("any other status that is not a success", "final"),
)


class RetryPolicy(NamedTuple):
    """How often and how long to try. Times are in seconds.

    No attempt begins later than `max_elapsed` after the first. `backoff` limits the first pause,
    `backoff_cap` every pause that the server did not ask for.
    """

    max_retries: int = 2
    max_elapsed: float = 120.0
    retry_unknown: bool = False
    backoff: float = 0.5
    backoff_cap: float = 8.0


def decide_failure(kind: FailureKind) -> RetryDecision:
    """Return the decision for an attempt without a whole answer."""
    return next(row.decision for row in OUTCOMES if kind in row.failures)


def decide_status(status: int, retry_after: float | None) -> RetryDecision:
    """Return the decision for a status that is not a success; `retry_after` is in seconds."""
    for row in OUTCOMES:
        if status in row.statuses and (retry_after is not None or not row.needs_retry_after):
            return row.decision
    return OUTCOMES[-1].decision


def may_repeat(decision: RetryDecision, method: str, policy: RetryPolicy) -> bool:
    """Tell whether the table allows another attempt."""
    if decision == "unknown":
        return policy.retry_unknown or method in SAFE_METHODS
    return decision in ("not sent", "rejected")


def pause_before_retry(
    policy: RetryPolicy, attempts: int, elapsed: float, retry_after: float | None, random: Callable[[], float]
) -> float | None:
    """Return the seconds to wait before the next attempt, or None if there is none.

    `attempts` were made in `elapsed` seconds; `retry_after` is what the server asks for, in seconds; `random`
    returns a number from 0 to 1.
    """
    if attempts > policy.max_retries:
        return None
    longest: float = min(policy.backoff_cap, policy.backoff * 2.0 ** min(attempts - 1, _MOST_DOUBLINGS))
    wait = (retry_after or 0.0) + random() * longest
    return wait if elapsed + wait <= policy.max_elapsed else None


def read_retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return how many seconds the server asks to wait (RFC 9110, 10.2.3), or None.

    `headers` are by lower-case name; `now` is in seconds since 1970, for a date. `retry-after-ms` is a common
    addition. Of several the longest counts. One that cannot be read is infinite, because coming back at once
    would ignore it.
    """
    values = [(headers.get("retry-after", ""), 1.0), (headers.get("retry-after-ms", ""), 0.001)]
    return max((_seconds(text, now) * unit for text, unit in values if text.strip()), default=None)


def _seconds(text: str, now: float) -> float:
    matches = [re.fullmatch(_RETRY_AFTER_NUMBER, item.strip()) for item in text.split(",")]
    numbers = [float(match[1]) for match in matches if match]
    if len(numbers) == len(matches):
        return max(numbers)
    try:
        date = parsedate_tz(text)
        return math.inf if date is None else max(0.0, mktime_tz(date) - now)
    except (ValueError, OverflowError, TypeError):
        return math.inf


class Failure(Exception):  # noqa: N818 - never leaves the runtime
    """An attempt without a whole answer.

    `reason` is for people, `bytes_sent` counts the request's body. `hint` says what to do, if that is known.
    """

    def __init__(self, kind: FailureKind, reason: str, bytes_sent: int = 0, hint: str | None = None) -> None:
        super().__init__(reason)
        self.kind: FailureKind = kind
        self.decision: RetryDecision = decide_failure(kind)
        self.reason = reason
        self.bytes_sent = bytes_sent
        self.hint = hint


TOO_LARGE_HINT: Final = "It was carried out; allow more with max_response_size or max_response_ratio"


def too_large(failure: Failure, title: str, meta: Meta) -> ResponseTooLargeError:
    """Return the error for a stream that went beyond a limit of the caller's."""
    return ResponseTooLargeError(
        f"{title}: {failure.reason}",
        hint=TOO_LARGE_HINT,
        bytes_sent=failure.bytes_sent,
        **error_context(meta),
    )


class ClientClosed(Exception):  # noqa: N818 - never leaves the runtime
    """The client is closed."""
