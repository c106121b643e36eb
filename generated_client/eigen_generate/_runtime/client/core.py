"""Calls for threads: the steps of `base_core`, which block."""

from collections.abc import Iterator
from typing import Any, TypeVar, cast

from ..contract import Call, Fields, Pages, StreamReading, Wait
from ..http.transport import Transport
from ..request.request import Request
from ..request.spooling import Spools
from ..response.results import Job, RawResponse
from ..run_blocking import run_blocking
from ..settings.options import CallOptions, ConnectionOptions, PollOptions
from ..streaming.byte_streams import ByteStream
from ..streaming.typed_events import TypedEventStream
from .base_core import DEFAULT_OPTIONS, BaseCore, CallArguments
from .pagination import Pagination

R = TypeVar("R")


class Core(BaseCore):
    """Carries out calls, for threads. Safe to share between them."""

    def call(
        self,
        call: Call[R],
        fields: Fields,
        parameters: Fields | None = None,
        options: CallOptions = DEFAULT_OPTIONS,
    ) -> R:
        """Carry out `call` and return its result; raises an SDKError.

        `fields` are the properties of the body. A property is left out if it is UNSET, or if it is None and
        may not be null.
        """
        return run_blocking(self._call(CallArguments(call, fields, parameters, options)))

    def send(
        self,
        call: Call[Any],
        fields: Fields,
        parameters: Fields | None = None,
        options: CallOptions = DEFAULT_OPTIONS,
    ) -> RawResponse:
        """Carry out `call` and return its successful answer as it is; raises an SDKError."""
        return run_blocking(self._send(CallArguments(call, fields, parameters, options)))

    def open(
        self,
        call: Call[R],
        fields: Fields,
        parameters: Fields | None = None,
        options: CallOptions = DEFAULT_OPTIONS,
    ) -> R:
        """Carry out `call` and return its answer as a stream of events; raises an SDKError."""
        return run_blocking(self._open(CallArguments(call, fields, parameters, options)))

    def open_events(
        self,
        call: Call[R],
        fields: Fields,
        parameters: Fields | None = None,
        options: CallOptions = DEFAULT_OPTIONS,
    ) -> R:
        """Carry out `call` and return its answer as a stream of typed events; raises an SDKError."""
        arguments: CallArguments[Any] = CallArguments(call, fields, parameters, options)
        stream: Any = run_blocking(self._open_events(TypedEventStream, arguments))
        return cast("R", stream)

    def stream(
        self,
        call: Call[R],
        fields: Fields,
        parameters: Fields | None = None,
        options: CallOptions = DEFAULT_OPTIONS,
    ) -> ByteStream[R]:
        """Carry out `call` and return its answer as bytes that are still coming; raises an SDKError."""
        return run_blocking(self._stream(ByteStream[R], CallArguments(call, fields, parameters, options)))

    def paginate(
        self,
        pages: Pages[R],
        fields: Fields,
        parameters: Fields | None = None,
        options: CallOptions = DEFAULT_OPTIONS,
        max_items: int | None = None,
    ) -> Iterator[R]:
        """Return an iterator over the items of all pages, each asked for when it is needed.

        It ends after `max_items`. It raises an SDKError, as `Pagination.take` does. Raises ArgumentError at
        once for a `max_items` that cannot be used.
        """
        return self._iterate(pages, Pagination(pages, fields, parameters or {}, max_items), options)

    def _iterate(self, pages: Pages[R], pagination: Pagination[R], options: CallOptions) -> Iterator[R]:
        while not pagination.is_done:
            yield from run_blocking(self._fetch_page(pages, pagination, options))

    def wait(self, wait: Wait[R], job: Job | str, fields: Fields, options: PollOptions) -> R:
        """Ask for the job's state until it is done, and return its result.

        Raises JobFailedError, JobTimeoutError, or the error of three failed status requests in a row.
        """
        return run_blocking(self._wait(wait, job, fields, options))

    def close(self) -> None:
        """Close the connections, unless they belong to the caller's own http_client."""
        run_blocking(self._transport.aclose())

    def _connect(self, http_client: object, connection: ConnectionOptions) -> Transport:
        return Transport(http_client, self._user_agent, connection)

    async def _read_and_make(self, arguments: CallArguments[Any], spools: Spools | None) -> Request:
        if spools is not None:
            options = arguments.options
            if isinstance(options.extra, dict):
                options = options._replace(extra=spools.spool_streams(options.extra))
            arguments = arguments._replace(fields=spools.spool_streams(arguments.fields), options=options)
        return self._make_request(arguments)

    async def _sleep(self, seconds: float) -> None:
        self._context.clock.sleep(seconds)

    def _stream_class(self, reading: StreamReading[Any]) -> Any:
        return reading.result
