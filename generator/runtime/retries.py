"""When a request may be repeated. A call costs money: what may have been done is not done twice.

`OUTCOMES` is the table: the code judges by it, docs/retries.md prints it, a test compares both. Pauses are
drawn between nothing and a bound that doubles ("full jitter"), so that clients which failed together do not
come back together. Retry-After is honoured or the call fails; it is never shortened.
Everything here is pure: clocks and chance come from the caller.
"""

import math
import re
from collections.abc import Callable, Collection, Mapping
from typing import Final, Literal

from .errors import ResponseTooLargeError
from .plan import Plan
from .results import Meta, context

Verdict = Literal["not sent", "rejected", "unknown", "final"]
Happening = Literal[
    "no connection", "closed before the body", "no answer", "broken off", "not decodable", "too large"
]

# They change nothing at the server (RFC 9110, 9.2.1).
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_NUMBER: Final = r"(?a)(\d+(?:\.\d+)?)\s*s?"


class Outcome(Plan):
    """A row: what happened, the verdict, and what the code knows it by: a fault's kind, or a status."""

    what: str
    verdict: Verdict
    happenings: tuple[Happening, ...] = ()
    statuses: Collection[int] = ()
    says_when: bool = False


OUTCOMES: Final = (
    Outcome("refused, unknown host, TLS, connect or pool timeout", "not sent", ("no connection",)),
    Outcome(
        "a kept connection was closed before the body's first byte", "not sent", ("closed before the body",)
    ),
    Outcome("429", "rejected", statuses=(429,)),
    Outcome("503 with Retry-After", "rejected", statuses=(503,), says_when=True),
    Outcome(
        "408, 409, 425, 500, 502, 503, 504, any other 5xx",
        "unknown",
        statuses=(408, 409, 425, *range(500, 1000)),
    ),
    Outcome("write or read timeout", "unknown", ("no answer",)),
    Outcome("disconnect, truncated answer, a file that fails midway", "unknown", ("broken off",)),
    Outcome("an answer whose content encoding is broken", "unknown", ("not decodable",)),
    Outcome("an answer beyond a limit of the caller's", "final", ("too large",)),
    Outcome("any other status that is no success", "final"),
)


class Policy(Plan):
    """How often and how long to try. Times are in seconds.

    No attempt begins later than `max_elapsed` after the first. `backoff` bounds the first pause,
    `backoff_cap` every pause that the server did not ask for.
    """

    max_retries: int = 2
    max_elapsed: float = 120.0
    retry_unknown: bool = False
    backoff: float = 0.5
    backoff_cap: float = 8.0


def verdict_of(happening: Happening) -> Verdict:
    """Judge an exchange that gave no whole answer."""
    return next(row.verdict for row in OUTCOMES if happening in row.happenings)


def verdict_of_status(status: int, retry_after: float | None) -> Verdict:
    """Judge a status that is no success; `retry_after` as `read_retry_after` gives it."""
    for row in OUTCOMES:
        if status in row.statuses and (retry_after is not None or not row.says_when):
            return row.verdict
    return OUTCOMES[-1].verdict


def may_repeat(verdict: Verdict, method: str, policy: Policy) -> bool:
    """Tell whether the table allows another attempt."""
    if verdict == "unknown":
        return policy.retry_unknown or method in SAFE_METHODS
    return verdict in ("not sent", "rejected")


def pause(
    policy: Policy, attempts: int, elapsed: float, asked: float | None, random: Callable[[], float]
) -> float | None:
    """Give the seconds to wait before the next attempt, or None if there is to be none.

    `attempts` were made in `elapsed` seconds; `asked` is what the server wants; `random` gives 0 to 1.
    """
    if attempts > policy.max_retries:
        return None
    # The exponent is bounded: a caller may allow a million retries, and a float has an end.
    bound: float = min(policy.backoff_cap, policy.backoff * 2.0 ** min(attempts - 1, 30))
    wait = (asked or 0.0) + random() * bound
    return wait if elapsed + wait <= policy.max_elapsed else None


def read_retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Read how many seconds the server asks to wait (RFC 9110, 10.2.3), or None.

    `headers` are by lower-case name; `now` is in seconds since 1970, for a date. `retry-after-ms` is a
    wide-spread addition. Of several the longest counts; one that cannot be read is infinite, since to come
    back at once is no answer to it.
    """
    wishes = [(headers.get("retry-after", ""), 1.0), (headers.get("retry-after-ms", ""), 0.001)]
    return max((_wish(text, now) * unit for text, unit in wishes if text.strip()), default=None)


def _wish(text: str, now: float) -> float:
    numbers = [match[1] for item in text.split(",") if (match := re.fullmatch(_NUMBER, item.strip()))]
    if len(numbers) > text.count(","):
        return max(map(float, numbers))
    from email.utils import mktime_tz, parsedate_tz  # not on the way of a call that goes well

    try:
        parsed = parsedate_tz(text)
        return math.inf if parsed is None else max(0.0, mktime_tz(parsed) - now)
    except (ValueError, OverflowError, TypeError):
        return math.inf


class Fault(Exception):  # noqa: N818 - never leaves the runtime
    """An exchange that gave no whole answer. `reason` is for people, `bytes_sent` of the body."""

    def __init__(self, happening: Happening, reason: str, bytes_sent: int = 0) -> None:
        super().__init__(reason)
        self.happening: Happening = happening
        self.verdict: Verdict = verdict_of(happening)
        self.reason = reason
        self.bytes_sent = bytes_sent


TOO_LARGE_HINT: Final = "It was carried out; allow more with max_response_size or max_response_ratio"


def too_large(fault: Fault, title: str, meta: Meta) -> ResponseTooLargeError:
    """Make the error for a stream that went beyond a limit of the caller's."""
    return ResponseTooLargeError(
        f"{title}: {fault.reason}",
        hint=TOO_LARGE_HINT,
        bytes_sent=fault.bytes_sent,
        **context(meta),
    )


class Closed(Exception):  # noqa: N818 - never leaves the runtime
    """The client is closed."""
