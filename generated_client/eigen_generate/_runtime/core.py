"""How a call is carried out: prepare, exchange as often as allowed, read.

`Core` and `AsyncCore` differ in their loops alone; all that is decided is decided in the pure modules.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from .base_core import (
    BaseCore,
    Seconds,
    is_stream,
    make_policy,
    meta_of,
    no_stream,
    raise_closed,
    stream_reading,
)
from .exchange import Clock, Exchange
from .faults import Closed, Fault
from .plan import Call, Settings, Wait
from .readings import read
from .request import Request
from .responses import RawResponse
from .results import Job
from .transport import Answer, Transport
from .unset import UNSET
from .waiting import PASSING

if TYPE_CHECKING:
    import httpx

    from .transport_async import AsyncAnswer

R = TypeVar("R")


class Core(BaseCore):
    """Carries out calls, for threads. Safe to share between them."""

    def __init__(
        self,
        settings: Settings,
        *,
        http_client: "httpx.Client | None" = None,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: Seconds = UNSET,
        max_retries: int = 2,
        max_elapsed: float = 120.0,
        retry_unknown: bool = False,
        clock: Clock = Clock(),  # noqa: B008 - immutable
    ) -> None:
        """Take what was not given from the environment; raises ConfigurationError."""
        super().__init__(
            settings, api_key, base_url, timeout, make_policy(max_retries, max_elapsed, retry_unknown), clock
        )
        self._transport = Transport(http_client, self._user_agent)

    def call(
        self,
        call: Call[R],
        fields: Mapping[str, object],
        *,
        parameters: Mapping[str, object] | None = None,
        extra: Mapping[str, object] | None = None,
        timeout: Seconds = UNSET,
    ) -> R:
        """Carry out `call` and read its answer.

        `fields` are the body's members, of which UNSET and, unless null is a value, None are left out;
        `extra` are members that the contract does not know. Raises an SDKError.
        """
        request = self._prepare(call, fields, parameters, extra, timeout)
        return read(call, self._whole(request), fields)

    def send(
        self,
        call: Call[Any],
        fields: Mapping[str, object],
        *,
        parameters: Mapping[str, object] | None = None,
        media_type: str | None = None,
        extra: Mapping[str, object] | None = None,
        timeout: Seconds = UNSET,
    ) -> RawResponse:
        """Carry out `call` and give its successful answer as it is; raises an SDKError."""
        return self._whole(self._prepare(call, fields, parameters, extra, timeout, media_type))

    def open(
        self,
        call: Call[R],
        fields: Mapping[str, object],
        *,
        parameters: Mapping[str, object] | None = None,
        extra: Mapping[str, object] | None = None,
        timeout: Seconds = UNSET,
    ) -> R:
        """Carry out `call` and give its answer as a stream, once it has begun; raises an SDKError."""
        request = self._prepare(call, fields, parameters, extra, timeout)
        exchange, answer, _ = self._exchange(request, whole=False)
        reading = stream_reading(call)
        meta = meta_of(answer, exchange)
        if not is_stream(reading, meta.media_type):
            try:
                content = answer.read()
            except Fault as fault:
                raise exchange.fault_error(fault, answer.headers) from fault.__cause__
            no_stream(request, exchange.success(answer.status_code, answer.headers, content), reading)
        make: Any = reading.result
        stream: R = make(answer, reading, meta, request.title)
        return stream

    def wait(
        self,
        wait: Wait[R],
        job: Job | str,
        fields: Mapping[str, object],
        *,
        on_progress: Callable[[Any], object] | None = None,
        timeout: float | None = None,
        interval: float | None = None,
    ) -> R:
        """Ask for the job's state every `interval` seconds until it is done, and fetch what it made.

        `on_progress` is called with every status. Raises JobFailedError, JobTimeoutError after
        `timeout` seconds, or what asking raises three times in a row.
        """
        waiting = self._waiting(wait, job, fields, timeout, interval)
        while True:
            try:
                status = self.call(wait.status, {}, parameters=waiting.parameters)
            except PASSING as error:
                waiting.forgive(error)
            else:
                if on_progress is not None:
                    on_progress(status)
                if waiting.is_done(status.data):
                    return self.call(wait.result, {}, parameters=waiting.parameters)
            self._outlook.clock.sleep(waiting.pause())

    def close(self) -> None:
        """Close the connections, unless they belong to the caller's own http_client."""
        self._transport.close()

    def _exchange(self, request: Request, *, whole: bool) -> tuple[Exchange, Answer, bytes]:
        """Try until there is a success; its body is read if `whole`, else it is still to come."""
        exchange, credentials = self._begin(request)
        while True:
            answer = None
            exchange.begin()
            try:
                answer = self._transport.send(request, credentials)
                content = answer.read() if whole or not answer.is_success else b""
            except Fault as fault:
                wait = exchange.after_fault(fault, answer.headers if answer else {})
            except Closed:
                raise_closed()
            else:
                if answer.is_success:
                    return exchange, answer, content
                wait = exchange.after_refusal(answer.status_code, answer.headers, content, answer.bytes_sent)
            self._outlook.clock.sleep(wait)

    def _whole(self, request: Request) -> RawResponse:
        exchange, answer, content = self._exchange(request, whole=True)
        return exchange.success(answer.status_code, answer.headers, content)


class AsyncCore(BaseCore):
    """Carries out calls, for asyncio. Safe to share between tasks, and by event loops in turn."""

    def __init__(
        self,
        settings: Settings,
        *,
        http_client: "httpx.AsyncClient | None" = None,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: Seconds = UNSET,
        max_retries: int = 2,
        max_elapsed: float = 120.0,
        retry_unknown: bool = False,
        clock: Clock = Clock(),  # noqa: B008 - immutable
    ) -> None:
        """Take what was not given from the environment; raises ConfigurationError."""
        super().__init__(
            settings, api_key, base_url, timeout, make_policy(max_retries, max_elapsed, retry_unknown), clock
        )
        from .transport_async import AsyncTransport  # brings asyncio, which only those who use it pay for

        self._transport = AsyncTransport(http_client, self._user_agent)

    async def call(
        self,
        call: Call[R],
        fields: Mapping[str, object],
        *,
        parameters: Mapping[str, object] | None = None,
        extra: Mapping[str, object] | None = None,
        timeout: Seconds = UNSET,
    ) -> R:
        """Carry out `call` and read its answer.

        `fields` are the body's members, of which UNSET and, unless null is a value, None are left out;
        `extra` are members that the contract does not know. Raises an SDKError.
        """
        request = self._prepare(call, fields, parameters, extra, timeout)
        return read(call, await self._whole(request), fields)

    async def send(
        self,
        call: Call[Any],
        fields: Mapping[str, object],
        *,
        parameters: Mapping[str, object] | None = None,
        media_type: str | None = None,
        extra: Mapping[str, object] | None = None,
        timeout: Seconds = UNSET,
    ) -> RawResponse:
        """Carry out `call` and give its successful answer as it is; raises an SDKError."""
        return await self._whole(self._prepare(call, fields, parameters, extra, timeout, media_type))

    async def open(
        self,
        call: Call[R],
        fields: Mapping[str, object],
        *,
        parameters: Mapping[str, object] | None = None,
        extra: Mapping[str, object] | None = None,
        timeout: Seconds = UNSET,
    ) -> R:
        """Carry out `call` and give its answer as a stream, once it has begun; raises an SDKError."""
        request = self._prepare(call, fields, parameters, extra, timeout)
        exchange, answer, _ = await self._exchange(request, whole=False)
        reading = stream_reading(call)
        meta = meta_of(answer, exchange)
        if not is_stream(reading, meta.media_type):
            try:
                content = await answer.read()
            except Fault as fault:
                raise exchange.fault_error(fault, answer.headers) from fault.__cause__
            no_stream(request, exchange.success(answer.status_code, answer.headers, content), reading)
        make: Any = reading.result
        stream: R = make(answer, reading, meta, request.title)
        return stream

    async def wait(
        self,
        wait: Wait[R],
        job: Job | str,
        fields: Mapping[str, object],
        *,
        on_progress: Callable[[Any], object] | None = None,
        timeout: float | None = None,
        interval: float | None = None,
    ) -> R:
        """Ask for the job's state every `interval` seconds until it is done, and fetch what it made.

        `on_progress` is called with every status. Raises JobFailedError, JobTimeoutError after
        `timeout` seconds, or what asking raises three times in a row.
        """
        waiting = self._waiting(wait, job, fields, timeout, interval)
        while True:
            try:
                status = await self.call(wait.status, {}, parameters=waiting.parameters)
            except PASSING as error:
                waiting.forgive(error)
            else:
                if on_progress is not None:
                    on_progress(status)
                if waiting.is_done(status.data):
                    return await self.call(wait.result, {}, parameters=waiting.parameters)
            await self._sleep(waiting.pause())

    async def close(self) -> None:
        """Close the connections, unless they belong to the caller's own http_client."""
        await self._transport.aclose()

    async def _exchange(self, request: Request, *, whole: bool) -> "tuple[Exchange, AsyncAnswer, bytes]":
        """Try until there is a success; its body is read if `whole`, else it is still to come."""
        exchange, credentials = self._begin(request)
        while True:
            answer = None
            exchange.begin()
            try:
                answer = await self._transport.send(request, credentials)
                content = await answer.read() if whole or not answer.is_success else b""
            except Fault as fault:
                wait = exchange.after_fault(fault, answer.headers if answer else {})
            except Closed:
                raise_closed()
            else:
                if answer.is_success:
                    return exchange, answer, content
                wait = exchange.after_refusal(answer.status_code, answer.headers, content, answer.bytes_sent)
            await self._sleep(wait)

    async def _whole(self, request: Request) -> RawResponse:
        exchange, answer, content = await self._exchange(request, whole=True)
        return exchange.success(answer.status_code, answer.headers, content)

    async def _sleep(self, seconds: float) -> None:
        import asyncio

        await (self._outlook.clock.sleep_async or asyncio.sleep)(seconds)
