"""What a call needs besides I/O: the configuration, the request, and what is made of a strange answer."""

import copy
import logging
import platform
from collections.abc import Mapping
from typing import Any, NoReturn, Protocol, TypeVar

from .bodies import encode_body
from .config import configure
from .credentials import Credentials, present
from .errors import ArgumentError, ConfigurationError
from .exchange import Clock, Exchange, Outlook
from .media_types import matches
from .parameters import place
from .plan import Call, Settings, StreamReading, Wait
from .readings import unexpected
from .request import Request
from .responses import Meta, RawResponse
from .results import Job
from .retries import Policy
from .timeouts import Timeout, as_timeout, pick
from .unset import UNSET, Unset
from .waiting import Waiting

C = TypeVar("C", bound="BaseCore")

Seconds = float | Timeout | Unset | None


class Head(Protocol):
    """The head of an answer."""

    @property
    def status_code(self) -> int:
        """The status."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers by lower-case name."""
        ...


class BaseCore:
    """What both kinds share: the configuration, and every step that does no I/O."""

    def __init__(
        self,
        settings: Settings,
        api_key: str | None,
        base_url: str | None,
        timeout: Seconds,
        policy: Policy,
        clock: Clock,
    ) -> None:
        config = configure(settings, api_key, base_url)
        logger = logging.getLogger(settings.package)
        self.base_url = config.base_url
        self._timeout: Seconds = timeout if isinstance(timeout, Unset) else as_timeout(timeout)
        self._outlook = Outlook(settings, config.key, policy, clock, logger)
        self._user_agent = f"{settings.package}/{settings.version} python/{platform.python_version()}"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.base_url}>"

    def with_options(self: C, *, timeout: Seconds = UNSET, max_retries: int | None = None) -> C:
        """Give a copy with other options that shares the connections; closing either closes both."""
        other = copy.copy(self)
        if not isinstance(timeout, Unset):
            other._timeout = as_timeout(timeout)
        if max_retries is not None:
            policy = self._outlook.policy
            policy = make_policy(max_retries, policy.max_elapsed, policy.retry_unknown)
            other._outlook = self._outlook._replace(policy=policy)
        return other

    def _prepare(
        self,
        call: Call[Any],
        fields: Mapping[str, object],
        parameters: Mapping[str, object] | None,
        extra: Mapping[str, object] | None,
        timeout: Seconds,
        media_type: str | None = None,
        accept: str | None = None,
    ) -> Request:
        """Make the request; raises ArgumentError before anything is sent."""
        target = place(call.operation, parameters)
        payload = encode_body(call, fields, extra, media_type)
        headers = (("Accept", accept or call.operation.accept), *target.headers)
        limits = pick(timeout, self._timeout, call.timeout)
        return Request(call.operation, self.base_url + target.path, headers, payload, limits, fields)

    def _begin(self, request: Request) -> tuple[Exchange, Credentials]:
        return Exchange(request, self._outlook), present(request.operation, self._outlook.secret)

    def _waiting(
        self,
        wait: Wait[Any],
        job: Job | str,
        fields: Mapping[str, object],
        timeout: float | None,
        interval: float | None,
    ) -> Waiting:
        return Waiting(wait, job, fields, timeout, interval, self._outlook.clock.monotonic)


def make_policy(max_retries: int, max_elapsed: float, retry_unknown: bool) -> Policy:
    """Check the options of retrying; raises ArgumentError."""
    if isinstance(max_retries, bool) or max_retries < 0:
        raise ArgumentError(f"max_retries: {max_retries!r} is not a number of retries")
    if not max_elapsed >= 0:
        raise ArgumentError(f"max_elapsed: {max_elapsed!r} is not a number of seconds")
    return Policy(max_retries, max_elapsed, retry_unknown)


def raise_closed() -> NoReturn:
    """Raise the error for a call after `close`."""
    raise ConfigurationError("the client is closed", hint="Make a new one, or call inside its `with` block")


def stream_reading(call: Call[Any]) -> StreamReading[Any]:
    """Give the way to read the call's answer as a stream."""
    for reading in call.readings:
        if isinstance(reading, StreamReading):
            return reading
    raise TypeError(f"{call.operation.id} has no StreamReading: the generated code is at fault")


def is_stream(reading: StreamReading[Any], media_type: str) -> bool:
    """Tell whether an answer of this type can be read as a stream."""
    return media_type == "text/event-stream" or matches(media_type, reading.media_types)


def no_stream(request: Request, raw: RawResponse, reading: StreamReading[Any]) -> NoReturn:
    """Raise the error for an answer that should have been a stream."""
    kinds = " or ".join(("text/event-stream", *reading.media_types))
    unexpected(request.title, raw, [f"expected {kinds}"])


def meta_of(head: Head, exchange: Exchange) -> Meta:
    """Describe an answer whose body is still to come."""
    return RawResponse(head.status_code, head.headers, b"", exchange.attempts, exchange.elapsed).meta
