from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from .base_core import BaseCore, is_stream, no_stream, raise_closed, stream_reading
from .credentials import Credentials
from .exchange import Exchange
from .faults import Closed, Fault
from .options import How, Patience
from .plan import Call, Wait
from .readings import read
from .request import Request
from .responses import Meta, RawResponse
from .results import Job

if TYPE_CHECKING:
    from .one_shot import Spools

R = TypeVar("R")
S = TypeVar("S")


class Calls(BaseCore, ABC):
    _waits: bool

    @abstractmethod
    async def _ready(self, fields: Mapping[str, object], spools: "Spools | None") -> Mapping[str, object]:
        """Make what can be read once fit to be sent: begun, or kept in `spools`."""

    @abstractmethod
    async def _sent(self, request: Request, credentials: Credentials) -> Any:
        """Send once, and give the answer, of which the head has come."""

    @abstractmethod
    async def _content(self, answer: Any) -> bytes:
        """Read the answer's body."""

    @abstractmethod
    async def _sleep(self, seconds: float) -> None:
        """Do nothing for a while."""

    async def _call(self, call: Call[R], fields: Mapping[str, object], how: How) -> R:
        raw = await self._whole(await self._request(call, fields, how))
        result = read(call, raw, fields)
        return result if self._conformance is None else self._conformance.check_result(call, raw, result)

    async def _send(self, call: Call[Any], fields: Mapping[str, object], how: How) -> RawResponse:
        return await self._whole(await self._request(call, fields, how))

    async def _open(self, call: Call[R], fields: Mapping[str, object], how: How) -> R:
        request = await self._request(call, fields, how)
        exchange, answer, _ = await self._exchange(request, whole=False)
        reading, meta = stream_reading(call), exchange.meta(answer)
        if not is_stream(reading, meta.media_type):
            no_stream(request, await self._rest(exchange, answer), reading)
        make: Any = reading.asynchronous if self._waits else reading.result
        stream: R = make(answer, reading, meta, request.title)
        return stream

    async def _stream(
        self,
        make: Callable[[Any, Call[R], Mapping[str, object], Meta], S],
        call: Call[R],
        fields: Mapping[str, object],
        how: How,
    ) -> S:
        from .byte_streams import check_readable

        exchange, answer, _ = await self._exchange(await self._request(call, fields, how), whole=False)
        meta = exchange.meta(answer)
        if not check_readable(call, meta.media_type):
            read(call, await self._rest(exchange, answer), fields)
        return make(answer, call, fields, meta)

    async def _wait(self, wait: Wait[R], job: Job | str, fields: Mapping[str, object], how: Patience) -> R:
        from .waiting import PASSING

        waiting = self._waiting(wait, job, fields, how.get("timeout"), how.get("interval"))
        asked, on_progress = How(parameters=waiting.parameters), how.get("on_progress")
        while True:
            try:
                status = await self._call(wait.status, {}, asked)
            except PASSING as error:
                waiting.forgive(error)
            else:
                if on_progress is not None:
                    on_progress(status)
                if waiting.is_done(status.data):
                    return await self._call(wait.result, {}, asked)
            await self._sleep(waiting.pause())

    async def _request(self, call: Call[Any], fields: Mapping[str, object], how: How) -> Request:
        if not self._choices.spool:
            return self._prepare(call, await self._ready(fields, None), **how)
        from .one_shot import Spools

        spools = Spools()
        try:
            return self._prepare(call, await self._ready(fields, spools), **how)._replace(spools=spools)
        except BaseException:
            spools.close()
            raise

    async def _exchange(self, request: Request, *, whole: bool) -> tuple[Exchange, Any, bytes]:
        exchange, credentials = self._begin(request)
        try:
            while True:
                answer = None
                exchange.begin()
                try:
                    answer = await self._sent(request, credentials)
                    exchange.answered(answer)
                    content = await self._content(answer) if whole or not answer.is_success else b""
                except Fault as fault:
                    wait = exchange.after_fault(fault, answer.headers if answer else {})
                except Closed:
                    raise_closed()
                else:
                    if answer.is_success:
                        return exchange, answer, content
                    wait = exchange.after_refusal(answer, content)
                await self._sleep(wait)
        finally:
            if request.spools is not None:
                request.spools.close()

    async def _whole(self, request: Request) -> RawResponse:
        exchange, answer, content = await self._exchange(request, whole=True)
        return exchange.success(answer, content)

    async def _rest(self, exchange: Exchange, answer: Any) -> RawResponse:
        try:
            return exchange.success(answer, await self._content(answer))
        except Fault as fault:
            raise exchange.fault_error(fault, answer.headers) from fault.__cause__


def at_once(steps: Coroutine[Any, Any, R]) -> R:
    try:
        steps.send(None)
    except StopIteration as end:
        result: R = end.value
        return result
    raise RuntimeError("a step that should block waited")
