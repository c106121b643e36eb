import logging
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any, Literal, NamedTuple, TypedDict, cast

from .errors import ArgumentError, ConfigurationError, SDKError
from .guard import Guard
from .plan import Plan
from .unset import UNSET, Unset


class Attempt(NamedTuple):
	"""One attempt as hooks see it: no content, and no key.

	`headers` are the request's until there is an answer, then the answer's, by lower-case name. `size` is
	the request body's in bytes, None if nobody knows. `elapsed` are the seconds since the attempt began;
	`wait` are those until the next one, None if the call fails with `error`.
	"""

	method: str
	url: str
	number: int
	headers: Mapping[str, str]
	size: int | None = None
	elapsed: float = 0.0
	status_code: int | None = None
	error: SDKError | None = None
	wait: float | None = None


Hook = Callable[[Attempt], object]
_COROUTINE = 0x80 | 0x200
OWN_HEADERS = frozenset(
	(
		*("accept", "accept-encoding", "authorization", "connection", "content-length"),
		*("content-type", "host", "transfer-encoding", "user-agent"),
	)
)


class Hooks:
	"""What is called for each attempt, in the thread or event loop of the call; plain functions, quick ones.

	`request` is called before an attempt is sent, and may raise to stop it. `upload` is called
	with the bytes of the body that were sent and their total (None if nobody knows). `response` is called
	with the head of every answer, `error` for every failure; what these three raise is logged, because an
	answer may be paid for.

	Raises ArgumentError for a coroutine function, which nobody would await.
	"""

	__slots__ = ("error", "request", "response", "upload")

	def __init__(
		self,
		*,
		request: Hook | None = None,
		response: Hook | None = None,
		error: Hook | None = None,
		upload: Callable[[int, int | None], object] | None = None,
	) -> None:
		self.request: Hook | None = request
		self.response: Hook | None = response
		self.error: Hook | None = error
		self.upload: Callable[[int, int | None], object] | None = upload
		for name in self.__slots__:
			check_plain(f"hooks: {name}", getattr(self, name))


def check_plain(argument: str, function: Any) -> None:
	if function is None:
		return
	if not callable(function):
		raise ArgumentError(f"{argument}: a {type(function).__name__} is no function")
	if isinstance(function, partial):
		function = function.func
	code = getattr(function, "__code__", None) or getattr(type(function).__call__, "__code__", None)
	flags = getattr(code, "co_flags", 0)
	if isinstance(flags, int) and flags & _COROUTINE:
		raise ArgumentError(f"{argument} is a coroutine function", hint="Give a plain function")


def tell(hook: Callable[..., object], logger: logging.Logger, *event: object) -> None:
	try:
		hook(*event)
	except Exception:
		logger.exception("a hook failed")


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


def pick(own: Seconds, client: Seconds, default: float) -> Timeout:
	if own is UNSET:
		own = client
	return _default(default) if isinstance(own, Unset) else as_timeout(own)


_default = lru_cache(as_timeout)


def _check(seconds: object) -> None:
	if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds < 1e9:
		raise ArgumentError(f"timeout: {seconds!r} is not a positive number of seconds", hint="None waits for ever")


Conformance = Literal["off", "warn", "error"]


class Limits(NamedTuple):
	"""Limits of the connection pool; `keepalive_expiry` in seconds.

	Idle connections end before servers close theirs, commonly after 60 s: one that closes under a request
	leaves its outcome unknown.
	"""

	max_connections: int | None = 100
	max_keepalive_connections: int | None = 20
	keepalive_expiry: float | None = 15.0


class MoreOptions(TypedDict, total=False):
	"""Options of a client besides `timeout` and `max_retries`.

	Attributes:
	    max_elapsed: Seconds after which no attempt begins any more; 120 if left out.
	    retry_unknown: Repeat also what may have been done, and billed.
	    idempotency_header: A header to send with each POST, the same for all its attempts, such as
	        `Idempotency-Key`. Nothing says that the server heeds it.
	    spool: Copy streams that can be read once to a temporary file, so that they can be sent again.
	    max_response_size: Bytes beyond which an answer is refused while it arrives.
	    max_response_ratio: How often an answer may exceed what was transferred; 100 if left out. Nothing
	        under 16 MiB is refused for its ratio.
	    hooks: Functions to call for every attempt.
	    conformance: Check requests and answers against the contract; needs the extra `conformance`.
	"""

	max_elapsed: float
	retry_unknown: bool
	idempotency_header: str | None
	spool: bool
	max_response_size: int | None
	max_response_ratio: float | None
	hooks: Hooks
	conformance: Conformance


class Options(MoreOptions, total=False):
	"""Everything that `with_options` changes; see MoreOptions.

	Attributes:
	    timeout: Seconds to wait, or a Timeout; None waits for ever.
	    max_retries: How often to repeat what was certainly not done.
	"""

	timeout: Seconds
	max_retries: int


class ClientOptions(MoreOptions, total=False):
	"""Options that a client takes when it is made: those of MoreOptions, and how it connects.

	Attributes:
	    proxy: The URL of a proxy; the environment (HTTPS_PROXY and its kin) if left out.
	    limits: Limits of the connection pool.
	    http2: Offer HTTP/2; needs the extra `http2`.
	"""

	proxy: str
	limits: Limits
	http2: bool


class How(TypedDict, total=False):
	parameters: Mapping[str, object] | None
	extra: Mapping[str, object] | None
	timeout: Seconds
	retry_unknown: bool | None
	media_type: str | None


class Patience(TypedDict, total=False):
	on_progress: Callable[[Any], object] | None
	timeout: float | None
	interval: float | None


class Connecting(Plan):
	proxy: str | None = None
	limits: Limits = Limits()
	http2: bool = False


class Choices(Plan):
	timeout: Seconds = UNSET
	max_retries: int = 2
	max_elapsed: float = 120.0
	retry_unknown: bool = False
	idempotency_header: str | None = None
	spool: bool = False
	max_response_size: int | None = None
	max_response_ratio: float | None = 100.0
	hooks: Hooks = Hooks()
	conformance: Conformance = "off"

	@property
	def guard(self) -> Guard:
		return Guard(self.max_response_size, self.max_response_ratio)


def choose(choices: Choices, given: Options) -> Choices:
	for name, value in given.items():
		if name not in Choices.__annotations__:
			raise TypeError(f"unexpected keyword argument {name!r}")
		check(name, value)
	chosen = choices.but(**given)
	if isinstance(chosen.timeout, Unset):
		return chosen
	return chosen.but(timeout=as_timeout(chosen.timeout))


def check(option: str, value: object) -> None:
	fits, what = _CHECKS[option]
	if not fits(value):
		raise ArgumentError(f"{option}: {value!r} is not {what}")


def split_options(given: ClientOptions, http_client: object) -> tuple[MoreOptions, Connecting]:
	own: dict[str, Any] = {name: value for name, value in given.items() if name in Connecting.__annotations__}
	if own and http_client is not None:
		raise ConfigurationError(
			"proxy, limits, http2: an http_client of yours settles these itself", hint="Leave them out"
		)
	for name, value in own.items():
		check(name, value)
	rest = {name: value for name, value in given.items() if name not in own}
	return cast("MoreOptions", rest), Connecting(**own)


def _is_number(value: object, least: float) -> bool:
	return isinstance(value, int | float) and not isinstance(value, bool) and value >= least


def _is_header(value: object) -> bool:
	known = isinstance(value, str) and value.isascii() and value.replace("-", "").replace("_", "").isalnum()
	return known and str(value).lower() not in OWN_HEADERS


def _are_limits(value: object) -> bool:
	if not isinstance(value, Limits):
		return False
	counts, expiry = value[:2], value.keepalive_expiry
	return all(map(_is_count_or_none, counts)) and (expiry is None or _is_number(expiry, 0))


def _is_flag(value: object) -> bool:
	return isinstance(value, bool)


def _is_count(value: object) -> bool:
	return _is_number(value, 0) and isinstance(value, int)


def _is_count_or_none(value: object) -> bool:
	return value is None or _is_count(value)


_CHECKS: dict[str, tuple[Callable[[object], bool], str]] = {
	"timeout": (lambda _: True, ""),
	"max_retries": (_is_count, "a number of retries"),
	"max_elapsed": (lambda value: _is_number(value, 0), "a number of seconds"),
	"retry_unknown": (_is_flag, "True or False"),
	"idempotency_header": (lambda value: value is None or _is_header(value), "the name of a header of its own"),
	"spool": (_is_flag, "True or False"),
	"max_response_size": (_is_count_or_none, "a number of bytes"),
	"max_response_ratio": (lambda value: value is None or _is_number(value, 1), "a ratio of 1 or more"),
	"hooks": (lambda value: isinstance(value, Hooks), "a Hooks(...)"),
	"conformance": (lambda value: value in ("off", "warn", "error"), "'off', 'warn' or 'error'"),
	"proxy": (lambda _: True, ""),
	"limits": (_are_limits, "a Limits(...) of numbers or None"),
	"http2": (_is_flag, "True or False"),
}
