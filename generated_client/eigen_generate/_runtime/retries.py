"""When a request may be repeated. A call costs money: what may have been done is not done twice.

| what happened                                             | verdict  | repeated              |
|-----------------------------------------------------------|----------|-----------------------|
| refused, unknown host, TLS, connect or pool timeout       | not sent | yes                   |
| a kept connection was closed before the body's first byte | not sent | yes                   |
| 429                                                       | rejected | no sooner than asked  |
| 503 with Retry-After                                      | rejected | no sooner than asked  |
| 408, 409, 425, 500, 502, 503, 504, any other 5xx          | unknown  | only if safe or told  |
| write or read timeout, disconnect, truncated answer       | unknown  | only if safe or told  |
| any other status that is no success                       | final    | no                    |

`safe` are GET, HEAD and OPTIONS (RFC 9110, 9.2.1); `told` is `retry_unknown=True`. Pauses are drawn
between nothing and a bound that doubles ("full jitter"), so that clients which failed together do not
come back together. Retry-After is honoured or the call fails; it is never shortened.
Everything here is pure: clocks and chance come from the caller.
"""

from collections.abc import Callable, Mapping
from typing import Final, Literal, NamedTuple

Verdict = Literal["not sent", "rejected", "unknown", "final"]

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
UNKNOWN_STATUSES: Final = frozenset({408, 409, 425})


class Policy(NamedTuple):
    """How often and how long to try. Times are in seconds.

    No attempt begins later than `max_elapsed` after the first. `backoff` bounds the first pause,
    `backoff_cap` every pause that the server did not ask for.
    """

    max_retries: int = 2
    max_elapsed: float = 120.0
    retry_unknown: bool = False
    backoff: float = 0.5
    backoff_cap: float = 8.0


def verdict_of_status(status: int, retry_after: float | None) -> Verdict:
    """Judge a status that is no success; `retry_after` as `read_retry_after` gives it."""
    if status == 429 or (status == 503 and retry_after is not None):
        return "rejected"
    if status >= 500 or status in UNKNOWN_STATUSES:
        return "unknown"
    return "final"


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
    wide-spread addition. Where both are given the longer counts.
    """
    asked = [_seconds(headers.get("retry-after"), now), _milliseconds(headers.get("retry-after-ms"))]
    return max((seconds for seconds in asked if seconds is not None), default=None)


def _seconds(text: str | None, now: float) -> float | None:
    if text is None:
        return None
    number = _number(text)
    return _until(text, now) if number is None else number


def _milliseconds(text: str | None) -> float | None:
    number = None if text is None else _number(text)
    return None if number is None else number / 1000


def _number(text: str) -> float | None:
    text = text.strip()
    whole, _, fraction = text.partition(".")
    digits = whole + fraction
    return float(text) if whole and digits.isascii() and digits.isdecimal() and len(digits) < 300 else None


def _until(date: str, now: float) -> float | None:
    from email.utils import mktime_tz, parsedate_tz  # not on the way of a call that goes well

    try:
        parsed = parsedate_tz(date)
        return None if parsed is None else max(0.0, mktime_tz(parsed) - now)
    except (ValueError, OverflowError, TypeError):
        return None
