from typing import TYPE_CHECKING, Any, TypeVar, Unpack

from .base_core import BaseCore
from .incoming import at_once
from .options import Connecting, How, Patience
from .plan import Call, Members, Wait
from .results import Job, RawResponse
from .transport import Transport

if TYPE_CHECKING:
	from .byte_streams import ByteStream
	from .one_shot import Spools
	from .request import Request

R = TypeVar("R")


class Core(BaseCore):
	_waits = False

	def _connect(self, client: object, connecting: Connecting) -> Transport:
		return Transport(client, self._user_agent, connecting)

	def call(self, call: Call[R], fields: Members, **how: Unpack[How]) -> R:
		return at_once(self._call(call, fields, how))

	def send(self, call: Call[Any], fields: Members, **how: Unpack[How]) -> RawResponse:
		return at_once(self._send(call, fields, how))

	def open(self, call: Call[R], fields: Members, **how: Unpack[How]) -> R:
		return at_once(self._open(call, fields, how))

	def stream(self, call: Call[R], fields: Members, **how: Unpack[How]) -> "ByteStream[R]":
		from .byte_streams import ByteStream

		return at_once(self._stream(ByteStream[R], call, fields, how))

	def wait(self, wait: Wait[R], job: Job | str, fields: Members, **how: Unpack[Patience]) -> R:
		return at_once(self._wait(wait, job, fields, **how))

	def close(self) -> None:
		at_once(self._transport.aclose())

	async def _make(self, call: Call[Any], fields: Members, how: How, spools: "Spools | None") -> "Request":
		if spools is not None:
			fields, extra = spools.keep(fields), how.get("extra")
			if isinstance(extra, dict):
				how["extra"] = spools.keep(extra)
		return self._prepare(call, fields, **how)

	async def _sleep(self, seconds: float) -> None:
		self._outlook.clock.sleep(seconds)
