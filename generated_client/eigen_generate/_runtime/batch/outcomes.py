"""What an error of a call means for its row. The client's own rules decide; see docs/retries.md."""

from typing import NamedTuple

from ..errors import (
    AnsweredError,
    ArgumentError,
    AuthenticationError,
    ConfigurationError,
    JobFailedError,
    NotSentError,
    OutcomeUnknownError,
    PaymentRequiredError,
    RateLimitError,
    ResponseTooLargeError,
    SDKError,
    ServiceUnavailableError,
    StatusError,
)
from ..response.unexpected import UnexpectedResponseError
from .rows import Outcome, State


class NotCarriedOut(NamedTuple):
    """A request that was certainly not carried out, so its row may be sent again.

    `retry_after` is in seconds. `is_rate_limit` says that the server asks for fewer requests; otherwise it
    could not be reached. With `stops` no other row will fare better, so the run ends.
    """

    error: str
    retry_after: float | None = None
    is_rate_limit: bool = False
    stops: bool = False


def read_error(error: SDKError) -> NotCarriedOut | Outcome:
    """Return what an error means for the row whose call raised it."""
    if isinstance(error, RateLimitError | ServiceUnavailableError):
        return NotCarriedOut(str(error), error.retry_after, is_rate_limit=True)
    if isinstance(error, NotSentError):
        return NotCarriedOut(str(error))
    if isinstance(error, ConfigurationError | AuthenticationError | PaymentRequiredError):
        return NotCarriedOut(str(error), stops=True)
    return Outcome(
        _state_of(error),
        elapsed=error.elapsed,
        status_code=error.status_code if isinstance(error, AnsweredError) else None,
        request_id=error.request_id,
        error=str(error),
    )


def _state_of(error: SDKError) -> State:
    if isinstance(error, OutcomeUnknownError):
        return "unknown"
    # A success that cannot be read was paid for, and so was the work of a job that failed.
    if isinstance(error, UnexpectedResponseError | ResponseTooLargeError | JobFailedError):
        return "failed"
    if isinstance(error, ArgumentError | StatusError):
        return "rejected"
    return "failed"
