"""Calls for event loops, of asyncio or trio: the steps of `base_core`, which await."""

from collections.abc import AsyncIterator, Mapping
from typing import Any, TypeVar

import anyio

from ..contract import Call, Fields, Pages, StreamReading, Wait
from ..event_loop import run_in_thread
from ..http.transport_async import AsyncTransport
from ..request.request import Request
from ..request.spooling import Spools, may_block, peek_streams
from ..response.results import Job, RawResponse
from ..settings.options import CallOptions, ConnectionOptions, PollOptions
from ..streaming.byte_streams import AsyncByteStream
from ..streaming.typed_events import AsyncTypedEventStream
from .base_core import DEFAULT_OPTIONS, BaseCore, CallArguments
from .pagination import Pagination

R = TypeVar("R")


class AsyncCore(BaseCore):
    """Carries out calls in event loops of asyncio and trio. Tasks and loops may share it."""

    async def call(
        self,
        call: Call[R],
        fields: Fields,
        parameters: Fields | None = None,
        options: CallOptions = DEFAULT_OPTIONS,
    ) -> R:
        """See `Core.call`."""
        return await self._call(CallArguments(call, fields, parameters, options))

    async def send(
        self,
        call: Call[Any],
        fields: Fields,
        parameters: Fields | None = None,
        options: CallOptions = DEFAULT_OPTIONS,
    ) -> RawResponse:
        """See `Core.send`."""
        return await self._send(CallArguments(call, fields, parameters, options))

    async def open(
        self,
        call: Call[Any],
        fields: Fields,
        parameters: Fields | None = None,
        options: CallOptions = DEFAULT_OPTIONS,
    ) -> Any:
        """See `Core.open`.

        The stream is an instance of the reading's `async_result`, which the type of `call` does not contain.
        """
        return await self._open(CallArguments(call, fields, parameters, options))

    async def open_events(
        self,
        call: Call[Any],
        fields: Fields,
        parameters: Fields | None = None,
        options: CallOptions = DEFAULT_OPTIONS,
    ) -> Any:
        """See `Core.open_events`. The stream is an AsyncTypedEventStream, which `call` does not name."""
        arguments: CallArguments[Any] = CallArguments(call, fields, parameters, options)
        return await self._open_events(AsyncTypedEventStream, arguments)

    async def stream(
        self,
        call: Call[R],
        fields: Fields,
        parameters: Fields | None = None,
        options: CallOptions = DEFAULT_OPTIONS,
    ) -> AsyncByteStream[R]:
        """See `Core.stream`."""
        return await self._stream(AsyncByteStream[R], CallArguments(call, fields, parameters, options))

    def paginate(
        self,
        pages: Pages[R],
        fields: Fields,
        parameters: Fields | None = None,
        options: CallOptions = DEFAULT_OPTIONS,
        max_items: int | None = None,
    ) -> AsyncIterator[R]:
        """See `Core.paginate`."""
        return self._iterate(pages, Pagination(pages, fields, parameters or {}, max_items), options)

    async def _iterate(
        self, pages: Pages[R], pagination: Pagination[R], options: CallOptions
    ) -> AsyncIterator[R]:
        while not pagination.is_done:
            for item in await self._fetch_page(pages, pagination, options):
                yield item

    async def wait(self, wait: Wait[R], job: Job | str, fields: Fields, options: PollOptions) -> R:
        """See `Core.wait`."""
        return await self._wait(wait, job, fields, options)

    async def close(self) -> None:
        """Close the connections, unless they belong to the caller's own http_client."""
        await self._transport.aclose()

    def _connect(self, http_client: object, connection: ConnectionOptions) -> AsyncTransport:
        return AsyncTransport(http_client, self._user_agent, connection)

    async def _read_and_make(self, arguments: CallArguments[Any], spools: Spools | None) -> Request:
        fields, options = arguments.fields, arguments.options
        extra: Mapping[str, object] = options.extra if isinstance(options.extra, dict) else {}
        if not may_block((*fields.values(), *extra.values())):
            return self._make_request(arguments)
        fields = await _peek_or_spool(fields, spools)
        if extra:
            options = options._replace(extra=await _peek_or_spool(extra, spools))
        arguments = arguments._replace(fields=fields, options=options)
        # In a thread, because the first bytes of a file are read to find its media type.
        return await run_in_thread(self._make_request, arguments)

    async def _sleep(self, seconds: float) -> None:
        await (self._context.clock.sleep_async or anyio.sleep)(seconds)

    def _stream_class(self, reading: StreamReading[Any]) -> Any:
        return reading.async_result


async def _peek_or_spool(fields: Fields, spools: Spools | None) -> Fields:
    peeked = await peek_streams(fields, spools)
    return peeked if spools is None else await run_in_thread(spools.spool_streams, peeked)
