import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Generator
from itertools import islice, takewhile
from typing import Any, NamedTuple, cast

import httpx

from .config import Secret
from .files import Upload
from .guard import Guard
from .options import Connecting
from .request import Request
from .retries import Closed, Fault
from .transport import Answer, BaseTransport, Sending, arguments, checked_client, failed_source


class _AsyncBody(Sending, httpx.AsyncByteStream):
	async def __aiter__(self) -> AsyncIterator[bytes]:
		self.started = True
		try:
			for piece in () if self.payload is None else self.payload.pieces:
				if isinstance(piece, bytes):
					self.sent += len(piece)
					yield piece
					self.report()
					continue
				async for chunk in piece.stream or chunks_of(piece):
					self.sent += len(chunk)
					yield chunk
					self.report()
		except httpx.HTTPError as error:
			raise failed_source(error) from error


_CHUNKS_A_TURN = 4


async def chunks_of(upload: Upload) -> AsyncIterator[bytes]:
	chunks, count = upload.open(), _CHUNKS_A_TURN if upload.blocking and upload.repeatable else 1
	ended: list[bool] = []
	try:
		while True:
			some = islice(takewhile(lambda _: not ended, chunks), count)
			ready = await asyncio.to_thread(list, some) if upload.blocking else list(some)
			last = len(ready) < count
			while ready:
				yield ready.pop(0)
			if last:
				return
	finally:
		ended.append(True)
		if isinstance(chunks, Generator):
			with contextlib.suppress(ValueError):
				chunks.close()


class AsyncAnswer(Answer):
	_waits = True
	_next = anext

	def __init__(
		self, response: httpx.Response, sending: Sending, guard: Guard, gate: asyncio.Semaphore | None
	) -> None:
		super().__init__(response, sending, guard)
		self._gate = gate

	def _open(self) -> Any:
		response = self._response
		return aiter(
			response.aiter_bytes() if response.is_stream_consumed else cast("AsyncIterable[bytes]", response.stream)
		)

	async def aclose(self) -> None:
		gate, self._gate = self._gate, None
		try:
			await self._response.aclose()
		finally:
			if gate is not None:
				gate.release()


class _Direct:
	def __init__(self, how: dict[str, Any]) -> None:
		self.is_closed = False
		self._transport = httpx.AsyncHTTPTransport(**how)

	async def send(self, request: httpx.Request, **_: object) -> httpx.Response:
		response = await self._transport.handle_async_request(request)
		response.request = request
		return response

	async def aclose(self) -> None:
		self.is_closed = True
		await self._transport.aclose()


class _Pool(NamedTuple):
	own: _Direct | httpx.AsyncClient
	gate: asyncio.Semaphore | None = None
	keeper: AsyncGenerator[None, None] | None = None


class AsyncTransport(BaseTransport):
	def __init__(self, given: object, user_agent: str, connecting: Connecting) -> None:
		client = checked_client(given, httpx.AsyncClient)
		super().__init__(client, user_agent)
		self._most = None if connecting.http2 else connecting.limits.max_connections
		self._arguments = arguments(connecting) if client is None else {}
		self._callers = None if client is None else _Pool(client)
		self._pools: dict[asyncio.AbstractEventLoop, _Pool] = {}
		self._closed = False

	async def _pool_of_this_loop(self) -> _Pool:
		if self._callers is not None:
			return self._callers
		loop = asyncio.get_running_loop()
		pool = self._pools.get(loop)
		if pool is None:
			for other in list(self._pools):
				if other.is_closed():
					self._pools.pop(other, None)
			pool = self._pools[loop] = self._new_pool()
			if pool.keeper is not None:
				await anext(pool.keeper)
		return pool

	def _new_pool(self) -> _Pool:
		own = _Direct(self._arguments)
		return _Pool(own, None if self._most is None else asyncio.Semaphore(self._most), _keep(own))

	async def send(self, request: Request, secret: Secret) -> AsyncAnswer:
		if self._closed:
			raise Closed
		own, gate, _ = await self._pool_of_this_loop()
		if gate is not None:
			await _enter(gate, request)
		body = _AsyncBody(request)
		try:
			return AsyncAnswer(await self._send(own, request, secret, body), body, request.guard, gate)
		except BaseException:
			if gate is not None:
				gate.release()
			raise

	async def aclose(self) -> None:
		if self._callers is not None:
			return
		self._closed = True
		here = asyncio.get_running_loop()
		for loop, pool in list(self._pools.items()):
			if loop is here and pool.keeper is not None:
				await pool.keeper.aclose()
			elif loop.is_running():
				asyncio.run_coroutine_threadsafe(pool.own.aclose(), loop)


async def _enter(gate: asyncio.Semaphore, request: Request) -> None:
	if not gate.locked():
		await gate.acquire()
		return
	try:
		async with asyncio.timeout(request.timeout.pool):
			await gate.acquire()
	except TimeoutError:
		raise Fault("no connection", "no free connection in time") from None


async def _keep(client: _Direct | httpx.AsyncClient) -> AsyncGenerator[None, None]:
	try:
		yield
	finally:
		await client.aclose()
