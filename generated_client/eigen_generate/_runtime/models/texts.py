"""Dates, times and UUIDs that know the text that they came as, so that they are sent as they came.

RFC 3339 writes one moment in many ways: with `Z` or `+00:00`, with `t`, with nanoseconds, with a leap second.
A `datetime` has one text, and microseconds. What is read is a `datetime` whose text is kept beside it.
"""

import datetime as dt
import re
import uuid
from typing import Any, Self, cast

# RFC 3339, section 5.6: letters may be of either case, and a fraction may have any length.
# Many servers leave out the seconds, the offset or its colon.
_DATE_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(?::(\d{2})(\.\d+)?)?([Zz]|[+-]\d{2}(?::?\d{2})?)?", re.ASCII
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
# In digits: a `datetime` has microseconds.
_FRACTION_DIGITS = 6


class DateTimeText(dt.datetime):
    """A `datetime` with the text that it came as. A result of arithmetic is a plain value without one."""

    text: str = ""

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        """Return what a pickle or a copy is made of: the text, if there is one."""
        if self.text:
            return parse_datetime, (self.text,)
        reduced: Any = super().__reduce_ex__(protocol)
        return cast("tuple[Any, ...]", reduced)


class UUIDText(uuid.UUID):
    """A `UUID` with the text that it came as, in which letters may be of either case."""

    text: str

    def __init__(self, text: str) -> None:
        super().__init__(text)
        object.__setattr__(self, "text", text)  # a UUID refuses every other way

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        """Return what a pickle or a copy is made of."""
        return type(self), (self.text,)


def parse_datetime(text: str) -> dt.datetime:
    """Return the moment that a text of RFC 3339 states; raises ValueError for any other text.

    Digits beyond microseconds are kept in the text only. A leap second is the second after it, as in POSIX
    time.
    """
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date with a time")
    date, hour_and_minute, second, fraction, offset = match.groups()
    is_leap_second = second == "60"
    plain_text = (
        f"{date}T{hour_and_minute}:{'59' if is_leap_second else second or '00'}"
        f"{(fraction or '')[: 1 + _FRACTION_DIGITS]}{(offset or '').upper()}"
    )
    moment = DateTimeText.fromisoformat(plain_text)
    if is_leap_second:
        try:
            moment += dt.timedelta(seconds=1)
        except OverflowError:
            raise ValueError(f"{text!r} is after the last year") from None
    if moment.isoformat() == text:
        return dt.datetime.fromisoformat(text)
    moment.text = text
    return moment


def parse_date(text: str) -> dt.date:
    """Return the date that a text of RFC 3339 states; raises ValueError for any other text."""
    if not _DATE.fullmatch(text):
        raise ValueError(f"{text!r} is not a date")
    return dt.date.fromisoformat(text)


def parse_uuid(text: str) -> uuid.UUID:
    """Return the UUID that a text of RFC 9562 states; raises ValueError for any other text."""
    if not _UUID.fullmatch(text):
        raise ValueError(f"{text!r} is not a UUID")
    return uuid.UUID(text) if text == text.lower() else UUIDText(text)
