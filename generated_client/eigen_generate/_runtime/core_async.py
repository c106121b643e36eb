import asyncio
from typing import Any, TypeVar, Unpack

from .base_core import BaseCore
from .byte_streams import AsyncByteStream
from .one_shot import Spools, begin, may_wait
from .options import Connecting, How, Patience
from .plan import Call, Members, Wait
from .request import Request
from .results import Job, RawResponse
from .transport_async import AsyncTransport

R = TypeVar("R")


class AsyncCore(BaseCore):
	_waits = True

	def _connect(self, client: object, connecting: Connecting) -> AsyncTransport:
		return AsyncTransport(client, self._user_agent, connecting)

	async def call(self, call: Call[R], fields: Members, **how: Unpack[How]) -> R:
		return await self._call(call, fields, how)

	async def send(self, call: Call[Any], fields: Members, **how: Unpack[How]) -> RawResponse:
		return await self._send(call, fields, how)

	async def open(self, call: Call[R], fields: Members, **how: Unpack[How]) -> R:
		return await self._open(call, fields, how)

	async def stream(self, call: Call[R], fields: Members, **how: Unpack[How]) -> AsyncByteStream[R]:
		return await self._stream(AsyncByteStream[R], call, fields, how)

	async def wait(self, wait: Wait[R], job: Job | str, fields: Members, **how: Unpack[Patience]) -> R:
		return await self._wait(wait, job, fields, **how)

	async def close(self) -> None:
		await self._transport.aclose()

	async def _make(self, call: Call[Any], fields: Members, how: How, spools: Spools | None) -> Request:
		extra = how.get("extra")
		more = extra if isinstance(extra, dict) else {}
		if not may_wait((*fields.values(), *more.values())):
			return self._prepare(call, fields, **how)
		fields = await self._begin(fields, spools)
		if more:
			how["extra"] = await self._begin(more, spools)
		return await asyncio.to_thread(self._prepare, call, fields, **how)

	async def _begin(self, given: Members, spools: Spools | None) -> Members:
		given = await begin(given, spools)
		return given if spools is None else await asyncio.to_thread(spools.keep, given)

	async def _sleep(self, seconds: float) -> None:
		await (self._outlook.clock.sleep_async or asyncio.sleep)(seconds)
