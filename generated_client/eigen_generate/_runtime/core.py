from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, Unpack

from .base_core import BaseCore, is_stream, meta_of, no_stream, raise_closed, split_options, stream_reading
from .exchange import Clock, Exchange
from .faults import Closed, Fault
from .options import ClientOptions
from .plan import Call, Settings, Wait
from .readings import read
from .request import Request
from .responses import RawResponse
from .results import Job
from .timeouts import Seconds
from .transport import Answer, Transport, check_client
from .unset import UNSET

if TYPE_CHECKING:
    import httpx

    from .byte_streams import ByteStream

R = TypeVar("R")


class Core(BaseCore):
    def __init__(
        self,
        settings: Settings,
        *,
        http_client: "httpx.Client | None" = None,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: Seconds = UNSET,
        max_retries: int = 2,
        clock: Clock = Clock(),
        **options: Unpack[ClientOptions],
    ) -> None:
        check_client(http_client)
        chosen, connecting = split_options(options, http_client, timeout, max_retries)
        super().__init__(settings, api_key, base_url, chosen, clock)
        self._transport = Transport(http_client, self._user_agent, connecting)

    def call(
        self,
        call: Call[R],
        fields: Mapping[str, object],
        *,
        parameters: Mapping[str, object] | None = None,
        extra: Mapping[str, object] | None = None,
        timeout: Seconds = UNSET,
        retry_unknown: bool | None = None,
    ) -> R:
        request = self._request(call, fields, parameters, extra, timeout, retry_unknown)
        raw = self._whole(request)
        result = read(call, raw, fields)
        return result if self._conformance is None else self._conformance.check_result(call, raw, result)

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
        return self._whole(self._request(call, fields, parameters, extra, timeout, None, media_type))

    def open(
        self,
        call: Call[R],
        fields: Mapping[str, object],
        *,
        parameters: Mapping[str, object] | None = None,
        extra: Mapping[str, object] | None = None,
        timeout: Seconds = UNSET,
        retry_unknown: bool | None = None,
    ) -> R:
        request = self._request(call, fields, parameters, extra, timeout, retry_unknown)
        exchange, answer, _ = self._exchange(request, whole=False)
        reading = stream_reading(call)
        meta = meta_of(answer, exchange)
        if not is_stream(reading, meta.media_type):
            no_stream(request, self._rest(exchange, answer), reading)
        make: Any = reading.result
        stream: R = make(answer, reading, meta, request.title)
        return stream

    def stream(
        self,
        call: Call[R],
        fields: Mapping[str, object],
        *,
        parameters: Mapping[str, object] | None = None,
        extra: Mapping[str, object] | None = None,
        timeout: Seconds = UNSET,
        retry_unknown: bool | None = None,
    ) -> "ByteStream[R]":
        from .byte_streams import ByteStream, check_readable

        request = self._request(call, fields, parameters, extra, timeout, retry_unknown)
        exchange, answer, _ = self._exchange(request, whole=False)
        meta = meta_of(answer, exchange)
        if not check_readable(call, meta.media_type):
            read(call, self._rest(exchange, answer), fields)
        return ByteStream(answer, call, fields, meta)

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
        from .waiting import PASSING

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
        self._transport.close()

    def _request(self, call: Call[Any], fields: Mapping[str, object], *rest: Any) -> Request:
        if not self._choices.spool:
            return self._prepare(call, fields, *rest)
        from .one_shot import Spools

        spools = Spools()
        try:
            return self._prepare(call, spools.keep(fields), *rest)._replace(spools=spools)
        except BaseException:
            spools.close()
            raise

    def _exchange(self, request: Request, *, whole: bool) -> tuple[Exchange, Answer, bytes]:
        exchange, credentials = self._begin(request)
        try:
            while True:
                answer = None
                exchange.begin()
                try:
                    answer = self._transport.send(request, credentials)
                    exchange.answered(answer)
                    content = answer.read() if whole or not answer.is_success else b""
                except Fault as fault:
                    wait = exchange.after_fault(fault, answer.headers if answer else {})
                except Closed:
                    raise_closed()
                else:
                    if answer.is_success:
                        return exchange, answer, content
                    wait = exchange.after_refusal(answer, content)
                self._outlook.clock.sleep(wait)
        finally:
            if request.spools is not None:
                request.spools.close()

    def _whole(self, request: Request) -> RawResponse:
        exchange, answer, content = self._exchange(request, whole=True)
        return exchange.success(answer.status_code, answer.headers, content)

    def _rest(self, exchange: Exchange, answer: Answer) -> RawResponse:
        try:
            return exchange.success(answer.status_code, answer.headers, answer.read())
        except Fault as fault:
            raise exchange.fault_error(fault, answer.headers) from fault.__cause__
