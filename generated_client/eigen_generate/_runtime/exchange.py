import logging
import math
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from .config import Secret
from .errors import NotSentError, OutcomeUnknownError, ResponseTooLargeError, SDKError
from .guard import is_foreign
from .options import Attempt, Hook, Hooks, tell
from .plan import Plan, Settings
from .readings import refuse
from .request import Request
from .results import Meta, RawResponse, describe, request_id
from .retries import (
	SAFE_METHODS,
	TOO_LARGE_HINT,
	Fault,
	Policy,
	Verdict,
	may_repeat,
	pause,
	read_retry_after,
	verdict_of_status,
)

if TYPE_CHECKING:
	from .transport import Answer


class Clock(Plan):
	monotonic: Callable[[], float] = time.monotonic
	now: Callable[[], float] = time.time
	random: Callable[[], float] = random.random
	sleep: Callable[[float], None] = time.sleep
	sleep_async: Callable[[float], Awaitable[None]] | None = None


class Outlook(Plan):
	settings: Settings
	secret: Secret
	policy: Policy
	clock: Clock
	logger: logging.Logger
	hooks: Hooks = Hooks()


class Exchange:
	def __init__(self, request: Request, outlook: Outlook) -> None:
		self._request = request
		self._outlook = outlook
		self._now = outlook.clock.monotonic
		self._began = self._attempt_began = self._now()
		self.first_byte = 0.0
		self.attempts = 0

	@property
	def elapsed(self) -> float:
		return self._now() - self._began

	def begin(self) -> None:
		self.attempts += 1
		if self.attempts > 1:
			self._attempt_began = self._now()
		if self._outlook.hooks.request is not None:
			self._outlook.hooks.request(self._describe())

	def answered(self, head: "Answer") -> None:
		self.first_byte = self._now() - self._attempt_began
		redact, values = self._outlook.secret.redact, "\n".join(head.headers.values())
		if redact(values) is not values:
			head.headers = {name: redact(value) for name, value in head.headers.items()}
		if self._outlook.hooks.response is not None:
			self._tell(self._outlook.hooks.response, headers=head.headers, status_code=head.status_code)

	def success(self, head: "Answer", content: bytes) -> RawResponse:
		if self._outlook.logger.isEnabledFor(logging.DEBUG):
			self._log(str(head.status_code), len(content))
		raw = RawResponse(self.meta(head), content)
		if content and is_foreign(raw.headers):
			encoding = raw.headers["content-encoding"]
			refuse(self._request.title, raw, [f"Content-Encoding {encoding}, which was not asked for"])
		return raw

	def meta(self, head: "Answer") -> Meta:
		documented = self._request.operation.response_headers
		return describe(head.status_code, head.headers, self.attempts, self.elapsed, self.first_byte, documented)

	def after_fault(self, fault: Fault, headers: Mapping[str, str] | None = None) -> float:
		self._log(fault.reason, 0)
		wait = self._pause(fault.verdict, None, fault.verdict == "not sent" and not fault.bytes_sent)
		if wait is None or self._outlook.hooks.error is not None:
			wait = self._report(self.fault_error(fault, headers or {}), wait, fault.__cause__)
		return wait

	def after_refusal(self, head: "Answer", content: bytes) -> float:
		status_code, headers = head.status_code, head.headers
		self._log(str(status_code), len(content))
		outlook = self._outlook
		asked = read_retry_after(headers, outlook.clock.now())
		known = None if asked == math.inf else asked
		verdict = verdict_of_status(status_code, known)
		hopeless = known != asked and verdict == "rejected"
		wait = None if hopeless else self._pause(verdict, known, False)
		if wait is None or outlook.hooks.error is not None:
			from .refusals import refusal

			raw = RawResponse(self.meta(head), content)
			error = refusal(raw, self._request.title, known, outlook.settings, outlook.secret)
			error.bytes_sent = head.bytes_sent
			if isinstance(error, OutcomeUnknownError):
				error.hint = self._doubt()
			wait = self._report(error, wait)
		return wait

	def _pause(self, verdict: Verdict, asked: float | None, untouched: bool) -> float | None:
		outlook, payload = self._outlook, self._request.payload
		if not may_repeat(verdict, self._request.operation.method, outlook.policy):
			return None
		if payload is not None and not payload.repeatable and not untouched:
			return None
		return pause(outlook.policy, self.attempts, self.elapsed, asked, outlook.clock.random)

	def fault_error(self, fault: Fault, headers: Mapping[str, str]) -> SDKError:
		kind: type[SDKError] = OutcomeUnknownError
		hint = self._doubt()
		if fault.verdict == "not sent":
			kind, hint = NotSentError, "Nothing was sent; check the network and base_url"
		elif fault.verdict == "final":
			kind, hint = ResponseTooLargeError, TOO_LARGE_HINT
		return kind(
			f"{self._request.title}: {self._outlook.secret.redact(fault.reason)}",
			hint=hint,
			attempts=self.attempts,
			elapsed=self.elapsed,
			request_id=request_id(headers),
			bytes_sent=fault.bytes_sent,
		)

	def _doubt(self) -> str | None:
		if self._request.operation.method in SAFE_METHODS:
			return None
		return "It may have been carried out and billed" + (", so it was not repeated" * (self.attempts == 1))

	def _describe(self) -> Attempt:
		request, elapsed = self._request, self._now() - self._attempt_began
		headers = {name.lower(): value for name, value in request.headers}
		return Attempt(request.operation.method, request.url, self.attempts, headers, request.size, elapsed)

	def _report(self, error: SDKError, wait: float | None, cause: BaseException | None = None) -> float:
		hook = self._outlook.hooks.error
		if hook is not None:
			self._tell(hook, status_code=getattr(error, "status_code", None), error=error, wait=wait)
		if wait is None:
			raise error from cause
		return wait

	def _tell(self, hook: Hook, **more: Any) -> None:
		tell(hook, self._outlook.logger, self._describe()._replace(**more))

	def _log(self, outcome: str, received: int) -> None:
		self._outlook.logger.debug(
			"%s -> %s, attempt %d, sent %s bytes, received %d bytes, %.0f ms",
			self._request.title,
			outcome,
			self.attempts,
			"unknown" if self._request.size is None else self._request.size,
			received,
			self.elapsed * 1000,
		)
