import copy
import logging
import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, Unpack
from urllib.parse import urlsplit

from .bodies import check_needs, encode, settle_body
from .config import check_encrypted, choose_proxy, configure
from .errors import ConfigurationError
from .exchange import Clock, Exchange, Outlook
from .guard import is_foreign
from .media_types import EVENTS, matches
from .options import (
	Choices,
	ClientOptions,
	Connecting,
	How,
	Options,
	Patience,
	Seconds,
	Timeout,
	check,
	check_plain,
	choose,
	pick,
	split_options,
	tell,
)
from .parameters import place
from .plan import Call, Members, Operation, Settings, StreamReading, Wait
from .readings import read, refuse
from .request import Request
from .results import Job, RawResponse
from .retries import SAFE_METHODS, Closed, Fault, Policy
from .transport import check_url
from .unset import UNSET

if TYPE_CHECKING:
	from .one_shot import Spools
	from .prepared import PreparedRequest
	from .transport import Answer, Transport
	from .transport_async import AsyncTransport

C = TypeVar("C", bound="BaseCore")
R = TypeVar("R")
S = TypeVar("S")


class BaseCore(ABC):
	_waits: bool
	base_url: str = ""

	def __init__(
		self,
		settings: Settings,
		*,
		http_client: object = None,
		api_key: str | None = None,
		base_url: str | None = None,
		timeout: Seconds = UNSET,
		max_retries: int = 2,
		clock: Clock = Clock(),
		**options: Unpack[ClientOptions],
	) -> None:
		chosen, connecting = split_options(options, http_client)
		config = configure(settings, api_key, base_url)
		check_url(config.base_url)
		self.base_url = config.base_url
		self._outlook = Outlook(settings, config.key, Policy(), clock, logging.getLogger(settings.package))
		self._user_agent = (
			f"{settings.package}/{settings.version} python/{sys.version_info.major}.{sys.version_info.minor}"
		)
		self._adopt(choose(Choices(), {**chosen, "timeout": timeout, "max_retries": max_retries}))
		if http_client is None:
			connecting = connecting.but(proxy=choose_proxy(connecting.proxy, config))
		self._proxied = connecting.proxy is not None
		self._transport = self._connect(http_client, connecting)

	def _adopt(self, choices: Choices) -> None:
		policy = Policy(choices.max_retries, choices.max_elapsed, choices.retry_unknown)
		self._choices = choices
		self._guard = choices.guard
		self._outlook = self._outlook.but(policy=policy, hooks=choices.hooks)
		self._conformance = None
		if choices.conformance != "off":
			from .conformance import Conformance

			self._conformance = Conformance(self._outlook.settings, choices.conformance)

	def __repr__(self) -> str:
		return f"<{type(self).__name__} {self.base_url}>"

	def with_options(self: C, **options: Unpack[Options]) -> C:
		other = copy.copy(self)
		other._adopt(choose(self._choices, options))
		return other

	def prepare(self, call: Call[Any], fields: Members, **how: Unpack[How]) -> "PreparedRequest":
		from .one_shot import unread
		from .prepared import PreparedRequest

		extra = how.get("extra")
		if isinstance(extra, dict):
			how["extra"] = unread(extra)
		request = self._prepare(call, unread(fields), **how)
		return PreparedRequest(request, self._outlook.settings.key_variable)

	def _prepare(
		self,
		call: Call[Any],
		fields: Members,
		parameters: Members | None = None,
		extra: Members | None = None,
		timeout: Seconds = UNSET,
		retry_unknown: bool | None = None,
		media_type: str | None = None,
	) -> Request:
		operation, choices = call.operation, self._choices
		hook = choices.hooks.upload
		if retry_unknown is not None:
			check("retry_unknown", retry_unknown)
		target = place(operation, parameters)
		check_needs(call, fields, extra)
		settled = settle_body(call, fields, extra, media_type)
		if self._conformance is not None and settled is not None:
			self._conformance.check_request(operation, *settled)
		headers = (("Accept", operation.accept), *target.headers.items())
		if choices.idempotency_header is not None and operation.method not in SAFE_METHODS:
			headers += ((choices.idempotency_header, os.urandom(16).hex()),)
		return Request(
			operation,
			(self._server(operation) if operation.server else self.base_url) + target.url,
			headers,
			None if settled is None else encode(*settled),
			pick(timeout, choices.timeout, call.timeout),
			fields,
			self._guard,
			hook and partial(tell, hook, self._outlook.logger),
			retry_unknown,
		)

	def _server(self, operation: Operation) -> str:
		settings, own = self._outlook.settings, operation.server
		if own.startswith("/"):
			base = urlsplit(self.base_url)
			return f"{base.scheme}://{base.netloc}{own.rstrip('/')}"
		if self.base_url != next(iter(settings.servers), "").rstrip("/"):
			return self.base_url
		check_encrypted(own, self._outlook.secret, self._proxied)
		return own

	@abstractmethod
	def _connect(self, client: object, connecting: Connecting) -> "Transport | AsyncTransport":
		"""Make what sends, through the caller's client if there is one."""

	@abstractmethod
	async def _make(self, call: Call[Any], fields: Members, how: How, spools: "Spools | None") -> Request:
		"""Make the request; what can be read once is begun, or kept in `spools`."""

	@abstractmethod
	async def _sleep(self, seconds: float) -> None:
		"""Do nothing for a while."""

	async def _call(self, call: Call[R], fields: Members, how: How) -> R:
		raw = await self._send(call, fields, how)
		result = read(call, raw, fields)
		return result if self._conformance is None else self._conformance.check_result(call, raw, result)

	async def _send(self, call: Call[Any], fields: Members, how: How) -> RawResponse:
		exchange, answer, content = await self._exchange(await self._request(call, fields, how), whole=True)
		return exchange.success(answer, content)

	async def _open(self, call: Call[R], fields: Members, how: How) -> R:
		request = await self._request(call, fields, how)
		exchange, answer, _ = await self._exchange(request, whole=False)
		meta = exchange.meta(answer)
		reading = next(one for one in call.readings if isinstance(one, StreamReading))
		kinds = (EVENTS, *reading.media_types)
		if is_foreign(meta.headers) or not matches(meta.media_type, kinds):
			refuse(request.title, await self._rest(exchange, answer), [f"expected {' or '.join(kinds)}"])
		make: Any = reading.asynchronous if self._waits else reading.result
		stream: R = make(answer, reading, meta, request.title, self._outlook.secret)
		return stream

	async def _stream(self, make: Callable[..., S], call: Call[R], fields: Members, how: How) -> S:
		from .byte_streams import check_readable

		request = await self._request(call, fields, how)
		exchange, answer, _ = await self._exchange(request, whole=False)
		meta = exchange.meta(answer)
		if is_foreign(meta.headers) or not check_readable(call, meta.media_type):
			refuse(request.title, await self._rest(exchange, answer), [f"expected {call.operation.accept}"])
		return make(answer, call, fields, meta, self._conformance)

	async def _wait(self, wait: Wait[R], job: Job | str, fields: Members, **how: Unpack[Patience]) -> R:
		from .waiting import PASSING, Waiting

		now = self._outlook.clock.monotonic
		redact = self._outlook.secret.redact_json
		waiting = Waiting(wait, job, fields, how.get("timeout"), how.get("interval"), now, redact)
		asked, on_progress = How(parameters=waiting.parameters), how.get("on_progress")
		check_plain("on_progress", on_progress)
		while True:
			try:
				asking = self._within(waiting.left(), wait.status.timeout)
				status = await asking._call(wait.status, {}, asked)
			except PASSING as error:
				waiting.forgive(error)
			else:
				if on_progress is not None:
					on_progress(status)
				if waiting.is_done(status.data):
					return await self._call(wait.result, {}, asked)
			await self._sleep(waiting.pause())

	def _within(self: C, seconds: float, default: float) -> C:
		other, policy = copy.copy(self), self._outlook.policy
		limits = pick(UNSET, self._choices.timeout, default)
		timeout = Timeout(*(seconds if limit is None else min(limit, seconds) for limit in limits))
		other._choices = self._choices.but(timeout=timeout)
		policy = policy.but(max_elapsed=min(policy.max_elapsed, seconds))
		other._outlook = self._outlook.but(policy=policy)
		return other

	async def _request(self, call: Call[Any], fields: Members, how: How) -> Request:
		if not self._choices.spool:
			return await self._make(call, fields, how, None)
		from .one_shot import Spools

		spools = Spools()
		try:
			return (await self._make(call, fields, how, spools)).but(spools=spools)
		except BaseException:
			spools.close()
			raise

	async def _exchange(self, request: Request, *, whole: bool) -> "tuple[Exchange, Answer, bytes]":
		outlook = self._outlook
		if request.retry_unknown is not None:
			outlook = outlook.but(policy=outlook.policy.but(retry_unknown=request.retry_unknown))
		exchange = Exchange(request, outlook)
		try:
			while True:
				answer: Answer | None = None
				exchange.begin()
				try:
					answer = await self._transport.send(request, outlook.secret)
					exchange.answered(answer)
					content = await answer.read() if whole or not answer.is_success else b""
				except Fault as fault:
					wait = exchange.after_fault(fault, answer.headers if answer else {})
				except Closed:
					raise ConfigurationError(
						"the client is closed", hint="Make a new one, or call inside its `with` block"
					) from None
				except BaseException:
					if answer is not None:
						await answer.aclose()
					raise
				else:
					if answer.is_success:
						return exchange, answer, content
					wait = exchange.after_refusal(answer, content)
				await self._sleep(wait)
		finally:
			if request.spools is not None:
				request.spools.close()

	async def _rest(self, exchange: Exchange, answer: "Answer") -> RawResponse:
		try:
			return exchange.success(answer, await answer.read())
		except Fault as fault:
			raise exchange.fault_error(fault, answer.headers) from fault.__cause__
