import copy
import logging
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, Unpack
from urllib.parse import urlsplit

from .bodies import encode, settle_body
from .config import check_encrypted, configure
from .credentials import Credentials, present
from .errors import ConfigurationError
from .exchange import Clock, Exchange, Outlook
from .media_types import matches
from .needs import check_needs
from .options import Choices, ClientOptions, Connecting, How, Options, choose, split_connecting
from .parameters import place
from .plan import Call, Operation, Settings, StreamReading, Wait
from .readings import unexpected
from .request import Request
from .responses import RawResponse
from .results import Job
from .retries import SAFE_METHODS, Policy
from .timeouts import Seconds, pick
from .unset import UNSET

if TYPE_CHECKING:
    from .prepared import PreparedRequest
    from .waiting import Waiting

C = TypeVar("C", bound="BaseCore")


class BaseCore:
    def __init__(
        self,
        settings: Settings,
        api_key: str | None,
        base_url: str | None,
        options: Options,
        clock: Clock,
    ) -> None:
        config = configure(settings, api_key, base_url)
        self.base_url: str = config.base_url
        self._outlook = Outlook(settings, config.key, Policy(), clock, logging.getLogger(settings.package))
        self._user_agent = (
            f"{settings.package}/{settings.version} python/{sys.version_info.major}.{sys.version_info.minor}"
        )
        self._adopt(choose(Choices(), options))

    def _adopt(self, choices: Choices) -> None:
        policy = Policy(choices.max_retries, choices.max_elapsed, choices.retry_unknown)
        self._choices = choices
        self._guard = choices.guard
        self._outlook = self._outlook._replace(policy=policy, hooks=choices.hooks)
        self._conformance = None
        if choices.conformance != "off":
            from .conformance import Conformance

            self._conformance = Conformance(self._outlook.settings, choices.conformance)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.base_url}>"

    def with_options(self: C, **options: Unpack[Options]) -> C:
        other = copy.copy(self)
        other._adopt(choose(self._choices, options))
        return other

    def prepare(self, call: Call[Any], fields: Mapping[str, object], **how: Unpack[How]) -> "PreparedRequest":
        from .prepared import PreparedRequest

        return PreparedRequest(self._prepare(call, fields, **how), self._outlook.settings.key_variable)

    def _prepare(
        self,
        call: Call[Any],
        fields: Mapping[str, object],
        parameters: Mapping[str, object] | None = None,
        extra: Mapping[str, object] | None = None,
        timeout: Seconds = UNSET,
        retry_unknown: bool | None = None,
        media_type: str | None = None,
    ) -> Request:
        operation, choices = call.operation, self._choices
        target = place(operation, parameters)
        check_needs(call, fields, extra)
        settled = settle_body(call, fields, extra, media_type)
        if self._conformance is not None and settled is not None:
            self._conformance.check_request(operation, *settled)
        headers = (("Accept", operation.accept), *target.headers)
        if choices.idempotency_header is not None and operation.method not in SAFE_METHODS:
            headers += ((choices.idempotency_header, os.urandom(16).hex()),)
        return Request(
            operation,
            (self._server(operation) if operation.server else self.base_url) + target.path,
            headers,
            None if settled is None else encode(*settled),
            pick(timeout, choices.timeout, call.timeout),
            fields,
            self._guard,
            choices.hooks.upload,
            retry_unknown,
        )

    def _server(self, operation: Operation) -> str:
        settings, own = self._outlook.settings, operation.server
        if own.startswith("/"):
            base = urlsplit(self.base_url)
            return f"{base.scheme}://{base.netloc}{own.rstrip('/')}"
        if self.base_url != next(iter(settings.servers), "").rstrip("/"):
            return self.base_url
        check_encrypted(own, self._outlook.secret)
        return own

    def _begin(self, request: Request) -> tuple[Exchange, Credentials]:
        outlook = self._outlook
        if request.retry_unknown is not None:
            outlook = outlook._replace(policy=outlook.policy._replace(retry_unknown=request.retry_unknown))
        return Exchange(request, outlook), present(request.operation, outlook.secret)

    def _waiting(
        self,
        wait: Wait[Any],
        job: Job | str,
        fields: Mapping[str, object],
        timeout: float | None,
        interval: float | None,
    ) -> "Waiting":
        from .waiting import Waiting

        return Waiting(wait, job, fields, timeout, interval, self._outlook.clock.monotonic)


def split_options(
    given: ClientOptions, http_client: object, timeout: Seconds, max_retries: int
) -> tuple[Options, Connecting]:
    rest, connecting = split_connecting(given)
    if connecting is not None and http_client is not None:
        raise ConfigurationError(
            "proxy, limits, http2: an http_client of yours settles these itself", hint="Leave them out"
        )
    return {**rest, "timeout": timeout, "max_retries": max_retries}, connecting or Connecting()


def raise_closed() -> NoReturn:
    raise ConfigurationError("the client is closed", hint="Make a new one, or call inside its `with` block")


def stream_reading(call: Call[Any]) -> StreamReading[Any]:
    for reading in call.readings:
        if isinstance(reading, StreamReading):
            return reading
    raise TypeError(f"{call.operation.id} has no StreamReading: the generated code is at fault")


def is_stream(reading: StreamReading[Any], media_type: str) -> bool:
    return media_type == "text/event-stream" or matches(media_type, reading.media_types)


def no_stream(request: Request, raw: RawResponse, reading: StreamReading[Any]) -> NoReturn:
    kinds = " or ".join(("text/event-stream", *reading.media_types))
    unexpected(request.title, raw, [f"expected {kinds}"])
