"""How a call is carried out: make the request, try as often as allowed, read the answer.

The steps are written once, as coroutines; `run_blocking` explains how they serve threads. The two cores
implement waiting: `AsyncCore` awaits the event loop, and `Core` blocks.
"""

import copy
import logging
import os
import re
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar, Unpack
from urllib.parse import urlsplit

from ..contract import SHARED_KEY, Call, Fields, Operation, Pages, Settings, StreamReading, Wait
from ..errors import ConfigurationError
from ..http.addresses import check_url
from ..http.answer import Answer
from ..http.library import library_of
from ..http.retries import SAFE_METHODS, ClientClosed, Failure, RetryPolicy
from ..http.retry_state import CallContext, Clock, RetryState
from ..http.transport import Transport
from ..http.transport_async import AsyncTransport
from ..meta import Meta
from ..models.conformance import Conformance
from ..models.events import event_decoder
from ..models.reading import STATUSES_WITHOUT_CONTENT, read_content
from ..request.bodies import check_argument_groups, check_file_urls, choose_body, encode_body
from ..request.keys import choose_security
from ..request.parameters import place_parameters
from ..request.prepared import PreparedRequest
from ..request.request import Request
from ..request.spooling import Spools, replace_streams
from ..response.content_encodings import has_foreign_encoding
from ..response.media_types import EVENT_STREAM, matches
from ..response.result_parsing import parse_result, raise_unreadable
from ..response.results import KEY_IN_RESPONSE, Job, Media, RawResponse
from ..settings.certificates import choose_authorities
from ..settings.environment import read_configuration
from ..settings.hooks import call_hook, check_plain_function
from ..settings.options import (
    CallOptions,
    CheckedOptions,
    ClientOptions,
    ConnectionOptions,
    Options,
    PollOptions,
    apply_options,
    check_option,
    split_options,
)
from ..settings.pickling import ConstructorArguments, picklable_state
from ..settings.proxies import check_encrypted, choose_proxy
from ..settings.timeouts import Seconds, Timeout, resolve_timeout
from ..streaming.byte_streams import may_hold_result
from ..streaming.sse import ServerSentEvent
from ..unset import UNSET
from .pagination import Pagination
from .polling import TRANSIENT_ERRORS, Polling

CoreT = TypeVar("CoreT", bound="BaseCore")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
StreamT = TypeVar("StreamT")

DEFAULT_OPTIONS = CallOptions()


# A contract's version may be any text; a product version of a header may not (RFC 9110, section 5.6.2).
_NO_TOKEN = re.compile(r"[^A-Za-z0-9.+_-]+")


def _make_user_agent(settings: Settings) -> str:
    """Return the header that names the client, the contract that it is made from, and Python."""
    contract = _NO_TOKEN.sub("-", settings.contract_version)
    products = {
        settings.package: settings.version,
        "contract": contract,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
    }
    return " ".join(f"{product}/{version}" for product, version in products.items() if version)


class CallArguments(NamedTuple, Generic[R_co]):
    """A call with its arguments: fields of the body, parameters, and options."""

    call: Call[R_co]
    fields: Fields
    parameters: Fields | None
    options: CallOptions


class BaseCore(ABC):
    """The configuration, and the steps of every call. Each raises an SDKError if it fails."""

    base_url: str = ""

    def __init__(
        self,
        settings: Settings,
        *,
        http_client: object = None,
        api_key: str | None = None,
        keys: Mapping[str, str | None] = MappingProxyType({}),
        base_url: str | None = None,
        timeout: Seconds = UNSET,
        max_retries: int = 2,
        clock: Clock = Clock(),  # noqa: B008 - immutable
        **options: Unpack[ClientOptions],
    ) -> None:
        """Take missing configuration from the environment; raises ConfigurationError.

        `keys` are the arguments for keys of a contract with several security schemes, by name.
        """
        call_options, connection = split_options(options, http_client)
        self._http_client = http_client
        keys = {SHARED_KEY: api_key, **keys}
        key_arguments = tuple(name for name, value in keys.items() if value is not None)
        self._arguments = ConstructorArguments(settings, key_arguments, base_url, connection)
        configuration = read_configuration(settings, keys, base_url)
        check_url(configuration.base_url, library_of(http_client))
        self.base_url = configuration.base_url
        logger = logging.getLogger(settings.package)
        self._context = CallContext(settings, configuration.key, RetryPolicy(), clock, logger)
        self._user_agent = _make_user_agent(settings)
        options_of_calls = {**call_options, "timeout": timeout, "max_retries": max_retries}
        self._apply(apply_options(CheckedOptions(), options_of_calls))
        if http_client is None:
            proxy = choose_proxy(connection.proxy, configuration.base_url, configuration.key)
            connection = connection._replace(proxy=proxy)
            connection = connection._replace(verify=choose_authorities(connection.verify))
        self._context = self._context._replace(proxy=connection.proxy)
        self._is_proxied = connection.proxy is not None
        self._connection = connection
        self._transport = self._connect(http_client, connection)

    def _apply(self, options: CheckedOptions) -> None:
        policy = RetryPolicy(options.max_retries, options.max_elapsed, options.retry_unknown)
        self._options = options
        self._context = self._context._replace(policy=policy, hooks=options.hooks)
        self._conformance: Conformance | None = None
        if options.conformance != "off":
            self._conformance = Conformance(self._context.settings, options.conformance)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.base_url}>"

    def __copy__(self: CoreT) -> CoreT:
        """Return a core that shares the connections; without this, `copy` would make a pickle's state."""
        core = object.__new__(type(self))
        vars(core).update(vars(self))
        return core

    def __deepcopy__(self: CoreT, memo: dict[int, Any]) -> CoreT:
        """Return a core with the same key and with connections of its own; an `http_client` is shared."""
        core = copy.copy(self)
        memo[id(self)] = core
        core._transport = core._connect(self._http_client, self._connection)
        return core

    def __getstate__(self) -> tuple[Settings, dict[str, Any]]:
        """Return what a pickle holds: the arguments and options, and no key; see `pickling`."""
        return picklable_state(self._arguments, self._options, has_http_client=self._http_client is not None)

    def __setstate__(self, state: tuple[Settings, dict[str, Any]]) -> None:
        """Set up anew, with the environment of this process."""
        settings, options = state
        BaseCore.__init__(self, settings, **options)

    def with_options(self: CoreT, **options: Unpack[Options]) -> CoreT:
        """Return a copy with other options that shares the connections; closing either closes both."""
        core = copy.copy(self)
        core._apply(apply_options(self._options, options))
        return core

    def prepare(
        self,
        call: Call[Any],
        fields: Fields,
        parameters: Fields | None = None,
        options: CallOptions = DEFAULT_OPTIONS,
    ) -> PreparedRequest:
        """Return the request of `call` and do not send it; raises ArgumentError."""
        if isinstance(options.extra, dict):
            options = options._replace(extra=replace_streams(options.extra))
        arguments = CallArguments(call, replace_streams(fields), parameters, options)
        return PreparedRequest(self._make_request(arguments), self._context.settings)

    def _make_request(self, arguments: CallArguments[Any]) -> Request:
        """Return the request; raises ArgumentError before anything is sent."""
        call, fields, parameters, options = arguments
        operation, client_options = call.operation, self._options
        if call.readings:  # a redirect holds no result that a reading could give
            operation = operation._replace(redirects=())
        if self._context.settings.key_variable:
            operation = choose_security(operation, self._context.secret, self._context.settings)
        if options.retry_unknown is not None:
            check_option("retry_unknown", options.retry_unknown)
        target = place_parameters(operation, parameters)
        check_argument_groups(call, fields, options.extra)
        body = choose_body(call, fields, options.extra, options.media_type)
        if body is not None:
            check_file_urls(call, *body)
        if self._conformance is not None and body is not None:
            self._conformance.check_request(operation, *body)
        headers = (("Accept", operation.accept), *target.headers.items())
        if client_options.idempotency_header is not None and operation.method not in SAFE_METHODS:
            headers += ((client_options.idempotency_header, os.urandom(16).hex()),)
        upload_hook = client_options.hooks.upload
        return Request(
            operation=operation,
            url=self._server_of(operation) + target.url,
            headers=headers,
            payload=None if body is None else encode_body(*body),
            timeout=resolve_timeout(options.timeout, client_options.timeout, call.timeout),
            fields=fields,
            response_limits=client_options.response_limits,
            on_upload=upload_hook and partial(call_hook, upload_hook, self._context.logger),
            retry_unknown=options.retry_unknown,
        )

    def _server_of(self, operation: Operation) -> str:
        """Return the server of an operation, which may have its own.

        If the caller chose a base_url, no other server is used: a test must not reach the live service.
        """
        server = operation.server
        if not server:
            return self.base_url
        if server.startswith("/"):
            base = urlsplit(self.base_url)
            return f"{base.scheme}://{base.netloc}{server.rstrip('/')}"
        if self.base_url != next(iter(self._context.settings.servers), "").rstrip("/"):
            return self.base_url
        check_encrypted(server, self._context.secret, is_proxied=self._is_proxied)
        return server

    # The steps that differ between threads and event loops.

    @abstractmethod
    def _connect(self, http_client: object, connection: ConnectionOptions) -> Transport | AsyncTransport:
        """Return the transport, which sends through the caller's client if there is one."""

    @abstractmethod
    async def _read_and_make(self, arguments: CallArguments[Any], spools: Spools | None) -> Request:
        """Return the request. Bodies that can be read only once are peeked at, or copied to `spools`."""

    @abstractmethod
    async def _sleep(self, seconds: float) -> None:
        """Wait."""

    @abstractmethod
    def _stream_class(self, reading: StreamReading[Any]) -> Any:
        """Return the class of an event stream."""

    # The steps of a call.

    async def _call(self, arguments: CallArguments[R]) -> R:
        raw = await self._send(arguments)
        return self._parse(arguments, raw)

    async def _send(self, arguments: CallArguments[Any]) -> RawResponse:
        state, answer, content = await self._attempt(
            await self._spool_and_make_request(arguments), read_body=True
        )
        return state.success(answer, content)

    async def _open(self, arguments: CallArguments[R]) -> R:
        request = await self._spool_and_make_request(arguments)
        state, answer, _ = await self._attempt(request, read_body=False)
        meta = state.meta(answer)
        reading = next(reading for reading in arguments.call.readings if isinstance(reading, StreamReading))
        media_types = (EVENT_STREAM, *reading.media_types)
        if has_foreign_encoding(meta.headers) or not matches(meta.media_type, media_types):
            raw = await self._read_rest(state, answer)
            raise_unreadable(request.title, raw, [f"expected {' or '.join(media_types)}"])
        stream_class = self._stream_class(reading)
        stream: R = stream_class(answer, reading, meta, request.title, self._context.secret)
        return stream

    async def _open_events(
        self,
        stream_class: Callable[[Answer, Meta, str, Callable[[ServerSentEvent], Any]], StreamT],
        arguments: CallArguments[Any],
    ) -> StreamT:
        request = await self._spool_and_make_request(arguments)
        state, answer, _ = await self._attempt(request, read_body=False)
        meta = state.meta(answer)
        if meta.status_code in STATUSES_WITHOUT_CONTENT:  # a stream without events
            drift = (f"the contract does not define the status {meta.status_code} without content",)
            self._report_drift(request.title, drift)
        elif has_foreign_encoding(meta.headers) or not matches(meta.media_type, (EVENT_STREAM,)):
            raw = await self._read_rest(state, answer)
            raise_unreadable(request.title, raw, [f"expected {EVENT_STREAM}"])
        return stream_class(
            answer, meta, request.title, event_decoder(arguments.call, meta, self._report_drift)
        )

    async def _stream(
        self,
        stream_class: Callable[[Answer, Call[R], Meta, Callable[[RawResponse], R]], StreamT],
        arguments: CallArguments[R],
    ) -> StreamT:
        call = arguments.call
        request = await self._spool_and_make_request(arguments)
        state, answer, _ = await self._attempt(request, read_body=False)
        meta = state.meta(answer)
        if has_foreign_encoding(meta.headers) or not may_hold_result(call, meta.media_type):
            raw = await self._read_rest(state, answer)
            raise_unreadable(request.title, raw, [f"expected {call.operation.accept}"])
        return stream_class(answer, call, meta, partial(self._parse, arguments))

    def _parse(self, arguments: CallArguments[R], raw: RawResponse) -> R:
        result = self._read_result(arguments, raw)
        drift = self._drift_of(arguments.call, raw, result)
        if not drift:
            return result
        # Once more, because a result is made with all of its meta. This is rare, or a choice of the caller's.
        return self._read_result(arguments, RawResponse(raw.meta._replace(drift=drift), raw.content))

    def _read_result(self, arguments: CallArguments[R], raw: RawResponse) -> R:
        call = arguments.call
        if call.answers is None:
            return parse_result(call, raw, arguments.fields)
        content = read_content(call.operation, call.answers, raw)
        value: R = content.value
        if not isinstance(value, Media):
            self._report_drift(call.operation.route, content.drift)
        return value

    def _report_drift(self, title: str, drift: tuple[str, ...]) -> None:
        """Log what differs from the contract in a value that has no `meta` to say it."""
        if drift:
            text = self._context.secret.redact("; ".join(drift))
            self._context.logger.warning("%s: differs from the contract: %s", title, text)

    def _drift_of(self, call: Call[Any], raw: RawResponse, result: object) -> tuple[str, ...]:
        """Return what differs from the contract and does not show while a result is read."""
        drift = () if self._conformance is None else self._conformance.check_response(call, raw)
        # The bytes of a file are not shown, and a search through them would take time.
        if not isinstance(result, Media) and self._context.secret.redact_bytes(raw.content) != raw.content:
            drift += (KEY_IN_RESPONSE,)
        return drift

    async def _wait(self, wait: Wait[R], job: Job | str, fields: Fields, options: PollOptions) -> R:
        check_plain_function("on_progress", options.on_progress)
        clock, redact = self._context.clock.monotonic, self._context.secret.redact_json
        polling = Polling(wait, job, fields, options, clock, redact)
        status_arguments = CallArguments(wait.status, {}, polling.parameters, DEFAULT_OPTIONS)
        result_arguments = CallArguments(wait.result, {}, polling.parameters, DEFAULT_OPTIONS)
        while True:
            try:
                core = self._limited_to(polling.seconds_left(), wait.status.timeout)
                status = await core._call(status_arguments)
            except TRANSIENT_ERRORS as error:
                polling.tolerate(error)
            else:
                if options.on_progress is not None:
                    options.on_progress(status)
                if polling.is_done(status.data):
                    return await self._call(result_arguments)
            await self._sleep(polling.pause())

    def _limited_to(self: CoreT, seconds: float, default_timeout: float) -> CoreT:
        """Return a copy whose timeouts and retries end after `seconds`."""
        core, policy = copy.copy(self), self._context.policy
        limits = resolve_timeout(UNSET, self._options.timeout, default_timeout)
        timeout = Timeout(*(seconds if limit is None else min(limit, seconds) for limit in limits))
        core._options = self._options._replace(timeout=timeout)
        policy = policy._replace(max_elapsed=min(policy.max_elapsed, seconds))
        core._context = self._context._replace(policy=policy)
        return core

    async def _fetch_page(self, pages: Pages[R], pagination: Pagination[R], options: CallOptions) -> list[R]:
        """Return the items of the next page."""
        arguments = CallArguments(pages.call, pagination.fields, pagination.parameters, options)
        request = await self._spool_and_make_request(arguments)
        if pagination.next_url is not None:
            request = request._replace(url=pagination.next_url)
        state, answer, content = await self._attempt(request, read_body=True)
        return pagination.take(state.success(answer, content), request.url)

    async def _spool_and_make_request(self, arguments: CallArguments[Any]) -> Request:
        """Return the request. Bodies that can be read only once are spooled, if the option `spool` is set."""
        if not self._options.spool:
            return await self._read_and_make(arguments, None)
        spools = Spools()
        try:
            request = await self._read_and_make(arguments, spools)
            return request._replace(spools=spools)
        except BaseException:
            spools.close()
            raise

    async def _attempt(self, request: Request, *, read_body: bool) -> tuple[RetryState, Answer, bytes]:
        """Try until there is a success. Its body is read if `read_body`; else the answer is still open."""
        context = self._context
        if request.retry_unknown is not None:
            policy = context.policy._replace(retry_unknown=request.retry_unknown)
            context = context._replace(policy=policy)
        state = RetryState(request, context)
        try:
            while True:
                answer: Answer | None = None
                state.begin_attempt()
                try:
                    answer = await self._transport.send(request, context.secret)
                    state.head_arrived(answer)
                    content = await answer.read() if read_body or not answer.is_success else b""
                except Failure as failure:
                    wait = state.after_failure(failure, answer.headers if answer else {})
                except ClientClosed:
                    raise ConfigurationError(
                        "the client is closed", hint="Make a new one, or call inside its `with` block"
                    ) from None
                except BaseException:  # a hook's, or a cancellation
                    if answer is not None:
                        await answer.aclose()
                    raise
                else:
                    if answer.is_success:
                        return state, answer, content
                    wait = state.after_refusal(answer, content)
                await self._sleep(wait)
        finally:
            if request.spools is not None:
                request.spools.close()

    async def _read_rest(self, state: RetryState, answer: Answer) -> RawResponse:
        try:
            return state.success(answer, await answer.read())
        except Failure as failure:
            raise state.failure_error(failure, answer.headers) from failure.__cause__
