"""Timeouts as callers write them, and as the transport needs them."""

from typing import NamedTuple

from ..errors import ArgumentError
from ..unset import Unset

# In seconds. A connection that takes longer will not be made: the host is down, or the address is wrong.
CONNECT_LIMIT = 10.0
# In seconds, about 30 years. Above that, a number of seconds is a mistake, and operating systems refuse it.
_MAX_SECONDS = 1e9


class Timeout(NamedTuple):
    """Limits in seconds for each step of an attempt; None is no limit.

    `connect` limits the time to make a connection. `read` and `write` limit the silence between two pieces,
    not the whole transfer. `pool` limits the wait for a free connection. `total` limits one attempt from its
    start to the end of its answer. For threads, the head of an answer that comes in small pieces is limited
    by `read` alone, for each piece.
    """

    connect: float | None = CONNECT_LIMIT
    read: float | None = 60.0
    write: float | None = 60.0
    pool: float | None = 60.0
    total: float | None = None


Seconds = float | Timeout | Unset | None


def as_timeout(value: float | Timeout | None) -> Timeout:
    """Return the Timeout that `value` stands for.

    A number is the limit of every step, except that connecting takes at most 10 seconds and that the total is
    not limited. None is no limit at all. Raises ArgumentError for anything that is not a positive number of
    seconds.
    """
    if value is None:
        return Timeout(None, None, None, None)
    if isinstance(value, Timeout):
        for limit in value:
            if limit is not None:
                _check_seconds(limit)
        return value
    _check_seconds(value)
    return Timeout(min(value, CONNECT_LIMIT), value, value, value)


def resolve_timeout(call_timeout: Seconds, client_timeout: Seconds, default: float) -> Timeout:
    """Return the call's own timeout, else the client's, else the default of the operation in seconds."""
    for timeout in (call_timeout, client_timeout):
        if not isinstance(timeout, Unset):
            return as_timeout(timeout)
    return as_timeout(default)


def _check_seconds(seconds: object) -> None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds < _MAX_SECONDS:
        raise ArgumentError(
            f"timeout: {seconds!r} is not a positive number of seconds", hint="None is no limit"
        )
