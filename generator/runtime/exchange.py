"""One call over all its attempts: counts, decides, and makes the error in the end. No I/O."""

import logging
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple

from .errors import NotSentError, OutcomeUnknownError, SDKError
from .faults import Fault
from .plan import Settings
from .refusals import refusal
from .request import Request
from .responses import RawResponse, request_id
from .retries import SAFE_METHODS, Policy, Verdict, may_repeat, pause, read_retry_after, verdict_of_status
from .secret import Secret


class Clock(NamedTuple):
    """Time and chance, so that tests can hold both. All in seconds; `random` gives 0 to 1.

    `sleep` and `sleep_async` of None are the real ones.
    """

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    random: Callable[[], float] = random.random
    sleep: Callable[[float], None] = time.sleep
    sleep_async: Callable[[float], Awaitable[None]] | None = None


class Outlook(NamedTuple):
    """What a call needs to know besides its request."""

    settings: Settings
    secret: Secret
    policy: Policy
    clock: Clock
    logger: logging.Logger


class Exchange:
    """The state of one call. After a failed attempt it gives the pause before the next, or raises."""

    __slots__ = ("_began", "_outlook", "_request", "attempts")

    def __init__(self, request: Request, outlook: Outlook) -> None:
        self._request = request
        self._outlook = outlook
        self._began = outlook.clock.monotonic()
        self.attempts = 0

    @property
    def elapsed(self) -> float:
        """Seconds since the first attempt began."""
        return self._outlook.clock.monotonic() - self._began

    def begin(self) -> None:
        """Count an attempt."""
        self.attempts += 1

    def success(self, status_code: int, headers: Mapping[str, str], content: bytes) -> RawResponse:
        """Note an answer that came whole."""
        raw = RawResponse(status_code, headers, content, self.attempts, self.elapsed)
        if self._outlook.logger.isEnabledFor(logging.DEBUG):
            self._log(str(status_code), len(content))
        return raw

    def after_fault(self, fault: Fault, headers: Mapping[str, str] | None = None) -> float:
        """Give the pause before the next attempt, or raise the error that the fault amounts to."""
        self._log(fault.reason, 0)
        wait = self._pause(fault.verdict, None, fault.verdict == "not sent" and not fault.bytes_sent)
        if wait is not None:
            return wait
        raise self.fault_error(fault, headers or {}) from fault.__cause__

    def after_refusal(
        self, status_code: int, headers: Mapping[str, str], content: bytes, bytes_sent: int
    ) -> float:
        """Give the pause before the next attempt, or raise the error that the status amounts to."""
        self._log(str(status_code), len(content))
        outlook = self._outlook
        asked = read_retry_after(headers, outlook.clock.now())
        wait = self._pause(verdict_of_status(status_code, asked), asked, False)
        if wait is not None:
            return wait
        raw = RawResponse(status_code, headers, content, self.attempts, self.elapsed)
        error = refusal(raw, self._request.title, asked, outlook.settings, outlook.secret)
        error.bytes_sent = bytes_sent
        if isinstance(error, OutcomeUnknownError):
            error.hint = self._doubt()
        raise error

    def _pause(self, verdict: Verdict, asked: float | None, untouched: bool) -> float | None:
        outlook, payload = self._outlook, self._request.payload
        if not may_repeat(verdict, self._request.operation.method, outlook.policy):
            return None
        if payload is not None and not payload.repeatable and not untouched:
            return None  # a stream that can be read once would be sent empty
        return pause(outlook.policy, self.attempts, self.elapsed, asked, outlook.clock.random)

    def fault_error(self, fault: Fault, headers: Mapping[str, str]) -> SDKError:
        """Make the error that the fault amounts to when it is final."""
        not_sent = fault.verdict == "not sent"
        kind = NotSentError if not_sent else OutcomeUnknownError
        return kind(
            f"{self._request.title}: {self._outlook.secret.redact(fault.reason)}",
            hint="Nothing was sent; check the network and base_url" if not_sent else self._doubt(),
            attempts=self.attempts,
            elapsed=self.elapsed,
            request_id=request_id(headers),
            bytes_sent=fault.bytes_sent,
        )

    def _doubt(self) -> str | None:
        """Say what a failure of unknown outcome means, where it means anything."""
        if self._request.operation.method in SAFE_METHODS:
            return None
        return "It may have been carried out and billed" + (", so it was not repeated" * (self.attempts == 1))

    def _log(self, outcome: str, received: int) -> None:
        payload = self._request.payload
        self._outlook.logger.debug(
            "%s -> %s, attempt %d, sent %s bytes, received %d bytes, %.0f ms",
            self._request.title,
            outcome,
            self.attempts,
            0 if payload is None else "unknown" if payload.size is None else payload.size,
            received,
            self.elapsed * 1000,
        )
