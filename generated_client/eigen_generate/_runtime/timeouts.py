from typing import NamedTuple

from .errors import ArgumentError
from .unset import Unset

CONNECT_CAP = 10.0


class Timeout(NamedTuple):
    """Seconds for each step; None waits for ever.

    `read` and `write` bound the silence between two pieces, not the whole; `pool` the wait for a free
    connection.
    """

    connect: float | None = CONNECT_CAP
    read: float | None = 60.0
    write: float | None = 60.0
    pool: float | None = 60.0


Seconds = float | Timeout | Unset | None


def as_timeout(value: float | Timeout | None) -> Timeout:
    if value is None:
        return Timeout(None, None, None, None)
    if isinstance(value, Timeout):
        for limit in value:
            if limit is not None:
                _check(limit)
        return value
    _check(value)
    return Timeout(min(value, CONNECT_CAP), value, value, value)


def pick(
    own: float | Timeout | Unset | None, client: float | Timeout | Unset | None, default: float
) -> Timeout:
    if not isinstance(own, Unset):
        return as_timeout(own)
    if not isinstance(client, Unset):
        return as_timeout(client)
    return as_timeout(default)


def _check(seconds: object) -> None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds < 1e9:
        raise ArgumentError(
            f"timeout: {seconds!r} is not a positive number of seconds", hint="None waits for ever"
        )
