"""The tree of all errors that this client raises on purpose.

SDKError
    ConfigurationError            the client cannot be made or used as it is set up
    ArgumentError (ValueError)    an argument cannot be used; if it was for a request, nothing was sent
    NotSentError                  no connection; the server has seen nothing
    OutcomeUnknownError           it was sent and no response came: it may have been carried out
    AnsweredError                 a response came, and it is not a result
        StatusError               the server refused
            BadRequestError 400, AuthenticationError 401, PaymentRequiredError 402
            PermissionDeniedError 403, NotFoundError 404, MethodNotAllowedError 405
            PayloadTooLargeError 413, UnsupportedMediaTypeError 415, UnprocessableEntityError 422
            RateLimitError 429, ServiceUnavailableError 503 that says when to come back
            UnknownStatusError    (OutcomeUnknownError too) 408, 409, 425
                ServerError       every other 5xx
        UnexpectedResponseError   a successful response that does not hold what it should; the body is kept
                                  (defined in `response/unexpected.py`, because it can save the body)
    ResponseTooLargeError         a successful response beyond a limit of yours; the rest was not read
    StreamInterruptedError        a stream broke off
    StreamFailedError             a stream reported a failure
    SaveError                     a file cannot be written
    JobFailedError                a job ended in failure
    JobTimeoutError               a job was not done in time; it goes on at the server

Every error pickles and copies, so that it crosses process pools.
"""

import json
from collections.abc import Mapping
from typing import Any


class SDKError(Exception):
    """The base of every error of this client.

    `hint` says what to do. `attempts` is the number of requests that were tried, and `elapsed` the seconds
    over all of them. `request_id` is the id that the server gave the request. `bytes_sent` is the number of
    bytes of the last request's body that were handed to the connection; the server may have received fewer.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        attempts: int = 0,
        elapsed: float = 0.0,
        request_id: str | None = None,
        bytes_sent: int = 0,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.attempts = attempts
        self.elapsed = elapsed
        self.request_id = request_id
        self.bytes_sent = bytes_sent

    def __str__(self) -> str:
        line = str(self.args[0]) if self.args else type(self).__name__
        if self.request_id:
            line += f" (request id {self.request_id})"
        return f"{line}. {self.hint}" if self.hint else line

    def __reduce__(self) -> tuple[Any, ...]:
        # Exception pickles the class and `args` only, and would call the class without its keyword arguments.
        return _rebuild, (type(self), self.args, self.__dict__.copy())


def _rebuild(error_class: type[SDKError], args: tuple[Any, ...], state: dict[str, Any]) -> SDKError:
    error = error_class.__new__(error_class, *args)
    error.__dict__.update(state)
    return error


class ConfigurationError(SDKError):
    """The client cannot be made or used as it is set up: no key, a bad URL, already closed."""


class ArgumentError(SDKError, ValueError):
    """An argument cannot be used. Arguments of a request are checked before anything is sent."""


class NotSentError(SDKError):
    """The request never reached the server: refused, unknown host, TLS, or no connection in time."""


class OutcomeUnknownError(SDKError):
    """The request was sent, completely or in part, and its outcome is not known.

    It may have been carried out, so only `retry_unknown=True` repeats it.
    """


class AnsweredError(SDKError):
    """A response came, and it is not a result. `body` is the whole body; `headers` are by lower-case name."""

    def __init__(
        self,
        message: str,
        *,
        status_code: int = 0,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        **context: Any,
    ) -> None:
        super().__init__(message, **context)
        self.status_code = status_code
        self.body = body
        self.headers: Mapping[str, str] = {} if headers is None else headers


class StatusError(AnsweredError):
    """The server answered with a status that is not a success.

    `message` is the server's text, or the standard phrase of the status if it sent none. `retry_after` is the
    number of seconds that the server asks to wait, None if it does not.
    """

    def __init__(
        self, summary: str, *, message: str = "", retry_after: float | None = None, **context: Any
    ) -> None:
        super().__init__(summary, **context)
        self.message = message
        self.retry_after = retry_after

    @property
    def data(self) -> Any:
        """The body, parsed as JSON; None if it is not JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


class BadRequestError(StatusError):
    """400: the server does not accept these arguments."""


class AuthenticationError(StatusError):
    """401: the key is missing, wrong or no longer valid."""


class PaymentRequiredError(StatusError):
    """402: the server asks for a payment first."""


class PermissionDeniedError(StatusError):
    """403: the key may not do this."""


class NotFoundError(StatusError):
    """404: there is nothing at this address, or the job or model does not exist."""


class MethodNotAllowedError(StatusError):
    """405: the address does not take this method."""


class PayloadTooLargeError(StatusError):
    """413: the request body is too large."""


class UnsupportedMediaTypeError(StatusError):
    """415: the server does not take a body of this content type."""


class UnprocessableEntityError(StatusError):
    """422: the body is well formed, and its values are not acceptable."""


class RateLimitError(StatusError):
    """429: too many requests; this one was rejected and not carried out."""


class ServiceUnavailableError(StatusError):
    """503 with Retry-After: the server rejected the request and says when to come back."""


class UnknownStatusError(StatusError, OutcomeUnknownError):
    """A status that does not say whether the request was carried out."""


class ServerError(UnknownStatusError):
    """5xx: the server failed; it is not known whether the request was carried out."""


class ResponseTooLargeError(SDKError):
    """A success is larger than `max_response_size`, or decompresses beyond `max_response_ratio`."""


class _StreamError(SDKError):
    """A stream ended too early.

    `bytes_received` is the number of bytes of content that had come, and `data` the event that ended it.
    """

    def __init__(self, message: str, *, bytes_received: int = 0, data: object = None, **context: Any) -> None:
        super().__init__(message, **context)
        self.bytes_received = bytes_received
        self.data = data


class StreamInterruptedError(_StreamError):
    """The connection broke before the end of the stream."""


class StreamFailedError(_StreamError):
    """The server reported a failure in the stream; `data` is its event."""


class SaveError(SDKError):
    """A file cannot be written.

    A result in memory can be saved again; chunks that were read from a stream are lost.
    """


class _JobError(SDKError):
    """A job has no result."""

    def __init__(self, message: str, *, job_id: str, data: object = None, **context: Any) -> None:
        super().__init__(message, **context)
        self.job_id = job_id
        self.data = data


class JobFailedError(_JobError):
    """The server reports that the job failed; `data` is its last status response."""


class JobTimeoutError(_JobError):
    """The job was not done in the time allowed. It goes on: ask again with `job_id`."""
