import math
import re
from collections.abc import Callable, Collection, Mapping
from typing import Final, Literal

from .errors import ResponseTooLargeError
from .plan import Plan
from .results import Meta, context

Verdict = Literal["not sent", "rejected", "unknown", "final"]
Happening = Literal["no connection", "closed before the body", "no answer", "broken off", "not decodable", "too large"]

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_NUMBER: Final = r"(?a)(\d+(?:\.\d+)?)\s*s?"


class Outcome(Plan):
	what: str
	verdict: Verdict
	happenings: tuple[Happening, ...] = ()
	statuses: Collection[int] = ()
	says_when: bool = False


OUTCOMES: Final = (
	Outcome("refused, unknown host, TLS, connect or pool timeout", "not sent", ("no connection",)),
	Outcome("a kept connection was closed before the body's first byte", "not sent", ("closed before the body",)),
	Outcome("429", "rejected", statuses=(429,)),
	Outcome("503 with Retry-After", "rejected", statuses=(503,), says_when=True),
	Outcome("408, 409, 425, 500, 502, 503, 504, any other 5xx", "unknown", statuses=(408, 409, 425, *range(500, 1000))),
	Outcome("write or read timeout", "unknown", ("no answer",)),
	Outcome("disconnect, truncated answer, a file that fails midway", "unknown", ("broken off",)),
	Outcome("an answer whose content encoding is broken", "unknown", ("not decodable",)),
	Outcome("an answer beyond a limit of the caller's", "final", ("too large",)),
	Outcome("any other status that is no success", "final"),
)


class Policy(Plan):
	max_retries: int = 2
	max_elapsed: float = 120.0
	retry_unknown: bool = False
	backoff: float = 0.5
	backoff_cap: float = 8.0


def verdict_of(happening: Happening) -> Verdict:
	return next(row.verdict for row in OUTCOMES if happening in row.happenings)


def verdict_of_status(status: int, retry_after: float | None) -> Verdict:
	for row in OUTCOMES:
		if status in row.statuses and (retry_after is not None or not row.says_when):
			return row.verdict
	return OUTCOMES[-1].verdict


def may_repeat(verdict: Verdict, method: str, policy: Policy) -> bool:
	if verdict == "unknown":
		return policy.retry_unknown or method in SAFE_METHODS
	return verdict in ("not sent", "rejected")


def pause(
	policy: Policy, attempts: int, elapsed: float, asked: float | None, random: Callable[[], float]
) -> float | None:
	if attempts > policy.max_retries:
		return None
	bound: float = min(policy.backoff_cap, policy.backoff * 2.0 ** min(attempts - 1, 30))
	wait = (asked or 0.0) + random() * bound
	return wait if elapsed + wait <= policy.max_elapsed else None


def read_retry_after(headers: Mapping[str, str], now: float) -> float | None:
	wishes = [(headers.get("retry-after", ""), 1.0), (headers.get("retry-after-ms", ""), 0.001)]
	return max((_wish(text, now) * unit for text, unit in wishes if text.strip()), default=None)


def _wish(text: str, now: float) -> float:
	numbers = [match[1] for item in text.split(",") if (match := re.fullmatch(_NUMBER, item.strip()))]
	if len(numbers) > text.count(","):
		return max(map(float, numbers))
	from email.utils import mktime_tz, parsedate_tz

	try:
		parsed = parsedate_tz(text)
		return math.inf if parsed is None else max(0.0, mktime_tz(parsed) - now)
	except (ValueError, OverflowError, TypeError):
		return math.inf


class Fault(Exception):
	def __init__(self, happening: Happening, reason: str, bytes_sent: int = 0) -> None:
		super().__init__(reason)
		self.happening: Happening = happening
		self.verdict: Verdict = verdict_of(happening)
		self.reason = reason
		self.bytes_sent = bytes_sent


TOO_LARGE_HINT: Final = "It was carried out; allow more with max_response_size or max_response_ratio"


def too_large(fault: Fault, title: str, meta: Meta) -> ResponseTooLargeError:
	return ResponseTooLargeError(
		f"{title}: {fault.reason}", hint=TOO_LARGE_HINT, bytes_sent=fault.bytes_sent, **context(meta)
	)


class Closed(Exception):
	"""The client is closed."""
