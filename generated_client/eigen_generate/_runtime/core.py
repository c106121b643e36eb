from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, Unpack

from .base_core import split_options
from .calls import Calls, at_once
from .credentials import Credentials
from .exchange import Clock
from .options import ClientOptions, How, Patience
from .plan import Call, Settings, Wait
from .request import Request
from .responses import RawResponse
from .results import Job
from .timeouts import Seconds
from .transport import Answer, Transport, check_client
from .unset import UNSET

if TYPE_CHECKING:
    import httpx

    from .byte_streams import ByteStream
    from .one_shot import Spools

R = TypeVar("R")


class Core(Calls):
    _waits = False

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

    def call(self, call: Call[R], fields: Mapping[str, object], **how: Unpack[How]) -> R:
        return at_once(self._call(call, fields, how))

    def send(self, call: Call[Any], fields: Mapping[str, object], **how: Unpack[How]) -> RawResponse:
        return at_once(self._send(call, fields, how))

    def open(self, call: Call[R], fields: Mapping[str, object], **how: Unpack[How]) -> R:
        return at_once(self._open(call, fields, how))

    def stream(self, call: Call[R], fields: Mapping[str, object], **how: Unpack[How]) -> "ByteStream[R]":
        from .byte_streams import ByteStream

        return at_once(self._stream(ByteStream[R], call, fields, how))

    def wait(self, wait: Wait[R], job: Job | str, fields: Mapping[str, object], **how: Unpack[Patience]) -> R:
        return at_once(self._wait(wait, job, fields, how))

    def close(self) -> None:
        self._transport.close()

    async def _ready(self, fields: Mapping[str, object], spools: "Spools | None") -> Mapping[str, object]:
        return fields if spools is None else spools.keep(fields)

    async def _sent(self, request: Request, credentials: Credentials) -> Answer:
        return self._transport.send(request, credentials)

    async def _content(self, answer: Answer) -> bytes:
        return answer.read()

    async def _sleep(self, seconds: float) -> None:
        self._outlook.clock.sleep(seconds)
