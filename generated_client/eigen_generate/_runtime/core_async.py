import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, Unpack

from .base_core import split_options
from .byte_streams import AsyncByteStream
from .calls import Calls
from .credentials import Credentials
from .exchange import Clock
from .one_shot import Spools, begin, is_asynchronous
from .options import ClientOptions, How, Patience
from .plan import Call, Settings, Wait
from .request import Request
from .responses import RawResponse
from .results import Job
from .timeouts import Seconds
from .transport import check_client
from .transport_async import AsyncAnswer, AsyncTransport
from .unset import UNSET

if TYPE_CHECKING:
    import httpx

R = TypeVar("R")


class AsyncCore(Calls):
    _waits = True

    def __init__(
        self,
        settings: Settings,
        *,
        http_client: "httpx.AsyncClient | None" = None,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: Seconds = UNSET,
        max_retries: int = 2,
        clock: Clock = Clock(),
        **options: Unpack[ClientOptions],
    ) -> None:
        check_client(http_client, asynchronous=True)
        chosen, connecting = split_options(options, http_client, timeout, max_retries)
        super().__init__(settings, api_key, base_url, chosen, clock)
        self._transport = AsyncTransport(http_client, self._user_agent, connecting)

    async def call(self, call: Call[R], fields: Mapping[str, object], **how: Unpack[How]) -> R:
        return await self._call(call, fields, how)

    async def send(self, call: Call[Any], fields: Mapping[str, object], **how: Unpack[How]) -> RawResponse:
        return await self._send(call, fields, how)

    async def open(self, call: Call[R], fields: Mapping[str, object], **how: Unpack[How]) -> R:
        return await self._open(call, fields, how)

    async def stream(
        self, call: Call[R], fields: Mapping[str, object], **how: Unpack[How]
    ) -> AsyncByteStream[R]:
        return await self._stream(AsyncByteStream[R], call, fields, how)

    async def wait(
        self, wait: Wait[R], job: Job | str, fields: Mapping[str, object], **how: Unpack[Patience]
    ) -> R:
        return await self._wait(wait, job, fields, how)

    async def close(self) -> None:
        await self._transport.aclose()

    async def _ready(self, fields: Mapping[str, object], spools: Spools | None) -> Mapping[str, object]:
        if spools is not None:
            return await asyncio.to_thread(spools.keep, await begin(fields, spools))
        return await begin(fields, None) if is_asynchronous(fields.values()) else fields

    async def _sent(self, request: Request, credentials: Credentials) -> AsyncAnswer:
        return await self._transport.send(request, credentials)

    async def _content(self, answer: AsyncAnswer) -> bytes:
        return await answer.read()

    async def _sleep(self, seconds: float) -> None:
        await (self._outlook.clock.sleep_async or asyncio.sleep)(seconds)
