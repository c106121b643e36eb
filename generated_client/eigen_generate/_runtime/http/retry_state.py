"""One call over all its attempts: counts, decides, and makes the error in the end. No I/O."""

import logging
import math
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple, Protocol

from ..contract import Settings
from ..errors import NotSentError, OutcomeUnknownError, ResponseTooLargeError, SDKError
from ..meta import Meta
from ..request.request import Request
from ..response.content_encodings import has_foreign_encoding
from ..response.result_parsing import raise_unreadable
from ..response.results import RawResponse, make_meta, request_id
from ..response.status_errors import status_error
from ..settings.hooks import Attempt, Hook, Hooks, call_hook
from ..settings.proxies import ProxyAddress
from ..settings.secrets import Secret
from .retries import (
    SAFE_METHODS,
    TOO_LARGE_HINT,
    Failure,
    RetryDecision,
    RetryPolicy,
    decide_status,
    may_repeat,
    pause_before_retry,
    read_retry_after,
)


class Clock(NamedTuple):
    """Time and chance, so that tests can control both. All in seconds; `random` returns a number from 0 to 1.

    A `sleep_async` of None is the event loop's own.
    """

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    random: Callable[[], float] = random.random
    sleep: Callable[[float], None] = time.sleep
    sleep_async: Callable[[float], Awaitable[None]] | None = None


class CallContext(NamedTuple):
    """What a call needs to know besides its request."""

    settings: Settings
    secret: Secret
    policy: RetryPolicy
    clock: Clock
    logger: logging.Logger
    hooks: Hooks = Hooks()
    proxy: ProxyAddress | None = None


class AnswerHead(Protocol):
    """Status and headers of an answer whose body may still be to come."""

    status_code: int
    headers: Mapping[str, str]

    @property
    def bytes_sent(self) -> int:
        """The bytes of the request's body that were handed to the connection."""
        ...


class RetryState:
    """The state of one call. After a failed attempt it returns the pause before the next, or raises."""

    def __init__(self, request: Request, context: CallContext) -> None:
        self._request = request
        self._context = context
        self._monotonic = context.clock.monotonic
        self._call_began = self._attempt_began = self._monotonic()
        self.first_byte = 0.0
        self.attempts = 0

    @property
    def elapsed(self) -> float:
        """Seconds since the first attempt began."""
        return self._monotonic() - self._call_began

    def begin_attempt(self) -> None:
        """Count an attempt, which the caller's hook may stop."""
        self.attempts += 1
        if self.attempts > 1:
            self._attempt_began = self._monotonic()
        if self._context.hooks.request is not None:
            self._context.hooks.request(self._attempt())

    def head_arrived(self, head: AnswerHead) -> None:
        """Note that the head of an answer has come, and strike the key out of its headers."""
        self.first_byte = self._monotonic() - self._attempt_began
        redact, values = self._context.secret.redact, "\n".join(head.headers.values())
        if redact(values) is not values:  # the server repeats the key that it was sent
            head.headers = {name: redact(value) for name, value in head.headers.items()}
        if self._context.hooks.response is not None:
            self._call_hook(self._context.hooks.response, headers=head.headers, status_code=head.status_code)

    def success(self, head: AnswerHead, content: bytes) -> RawResponse:
        """Return an answer that came whole; raises UnexpectedResponseError if it cannot be decoded."""
        if self._context.logger.isEnabledFor(logging.DEBUG):
            self._log(str(head.status_code), len(content))
        raw = RawResponse(self.meta(head), content)
        if content and has_foreign_encoding(raw.headers):
            encoding = raw.headers["content-encoding"]
            reason = f"Content-Encoding {encoding}, which was not asked for"
            raise_unreadable(self._request.title, raw, [reason])
        return raw

    def meta(self, head: AnswerHead) -> Meta:
        """Describe an answer and the attempts that led to it."""
        return make_meta(
            head.status_code,
            head.headers,
            self.attempts,
            self.elapsed,
            self.first_byte,
            self._request.operation.response_headers,
        )

    def after_failure(self, failure: Failure, headers: Mapping[str, str] | None = None) -> float:
        """Return the pause before the next attempt, or raise the error that the failure amounts to."""
        self._log(failure.reason, 0)
        nothing_sent = failure.decision == "not sent" and not failure.bytes_sent
        wait = self._pause(failure.decision, None, nothing_sent)
        if wait is None or self._context.hooks.error is not None:
            error = self.failure_error(failure, headers or {})
            self._report(error, wait)
            if wait is None:
                raise error from failure.__cause__
        return wait

    def after_refusal(self, head: AnswerHead, content: bytes) -> float:
        """Return the pause before the next attempt, or raise the error that the status amounts to."""
        status_code, headers = head.status_code, head.headers
        self._log(str(status_code), len(content))
        stated_retry_after = read_retry_after(headers, self._context.clock.now())
        retry_after = None if stated_retry_after == math.inf else stated_retry_after
        decision = decide_status(status_code, retry_after)
        # A Retry-After that cannot be read does not say when to come back.
        is_hopeless = retry_after != stated_retry_after and decision == "rejected"
        wait = None if is_hopeless else self._pause(decision, retry_after, nothing_sent=False)
        if wait is None or self._context.hooks.error is not None:
            error = self._refusal_error(head, content, retry_after)
            self._report(error, wait)
            if wait is None:
                raise error
        return wait

    def _pause(self, decision: RetryDecision, retry_after: float | None, nothing_sent: bool) -> float | None:
        context, payload = self._context, self._request.payload
        if not may_repeat(decision, self._request.operation.method, context.policy):
            return None
        if payload is not None and not payload.repeatable and not nothing_sent:
            return None  # a stream that can be read once would be sent empty
        return pause_before_retry(
            context.policy, self.attempts, self.elapsed, retry_after, context.clock.random
        )

    def _refusal_error(self, head: AnswerHead, content: bytes, retry_after: float | None) -> SDKError:
        raw = RawResponse(self.meta(head), content)
        context = self._context
        error = status_error(raw, self._request.title, retry_after, context.settings, context.secret)
        error.bytes_sent = head.bytes_sent
        if isinstance(error, OutcomeUnknownError):
            error.hint = self._unknown_outcome_hint()
        return error

    def failure_error(self, failure: Failure, headers: Mapping[str, str]) -> SDKError:
        """Return the error that a failure amounts to when no attempt follows."""
        error_type: type[SDKError] = OutcomeUnknownError
        hint = self._unknown_outcome_hint()
        if failure.decision == "not sent":
            error_type, hint = NotSentError, failure.hint or self._not_sent_hint()
        elif failure.decision == "final":
            error_type, hint = ResponseTooLargeError, TOO_LARGE_HINT
        return error_type(
            f"{self._request.title}: {self._context.secret.redact(failure.reason)}",
            hint=hint,
            attempts=self.attempts,
            elapsed=self.elapsed,
            request_id=request_id(headers),
            bytes_sent=failure.bytes_sent,
        )

    def _not_sent_hint(self) -> str:
        proxy = self._context.proxy
        if proxy is None:
            return "Nothing was sent; check the network and base_url"
        return f"Nothing was sent; check the network, base_url and the proxy {proxy}"

    def _unknown_outcome_hint(self) -> str | None:
        """Say what may have happened, unless the method changes nothing at the server."""
        if self._request.operation.method in SAFE_METHODS:
            return None
        not_repeated = ", so it was not repeated" if self.attempts == 1 else ""
        return self._context.settings.unknown_outcome + not_repeated

    def _attempt(self) -> Attempt:
        request, elapsed = self._request, self._monotonic() - self._attempt_began
        headers = {name.lower(): value for name, value in request.headers}
        return Attempt(request.operation.method, request.url, self.attempts, headers, request.size, elapsed)

    def _report(self, error: SDKError, wait: float | None) -> None:
        hook = self._context.hooks.error
        if hook is not None:
            status_code = getattr(error, "status_code", None)
            self._call_hook(hook, status_code=status_code, error=error, wait=wait)

    def _call_hook(self, hook: Hook, **changes: Any) -> None:
        call_hook(hook, self._context.logger, self._attempt()._replace(**changes))

    def _log(self, outcome: str, bytes_received: int) -> None:
        self._context.logger.debug(
            "%s -> %s, attempt %d, sent %s bytes, received %d bytes, %.0f ms",
            self._request.title,
            outcome,
            self.attempts,
            "unknown" if self._request.size is None else self._request.size,
            bytes_received,
            self.elapsed * 1000,
        )
