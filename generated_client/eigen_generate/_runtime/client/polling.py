"""Waiting for a job: when to ask for its state again, and when to stop. No I/O."""

from collections.abc import Callable
from typing import Any, cast

from .. import errors
from ..contract import Fields, Wait
from ..response.json_pointer import first_value
from ..response.results import Job
from ..response.unexpected import UnexpectedResponseError
from ..settings.options import PollOptions

# Errors of a status request that say nothing about the job. The job continues, so the request is repeated.
TRANSIENT_ERRORS = (
    errors.NotSentError,
    errors.OutcomeUnknownError,
    errors.RateLimitError,
    errors.ServiceUnavailableError,
)
# A server that restarts fails once or twice; one that fails three times in a row is down.
_MAX_FAILURES_IN_A_ROW = 3
# In seconds. The last status request is sent when the time is up, and its answer takes time.
_MIN_REQUEST_TIME = 1.0


class Polling:
    """The state of waiting for one job. All times are in seconds.

    `monotonic` is the clock. `redact` removes the key from JSON, because a server may repeat it. Raises
    ArgumentError for a job or an option that cannot be used.
    """

    def __init__(
        self,
        wait: Wait[Any],
        job: Job | str,
        fields: Fields,
        options: PollOptions,
        monotonic: Callable[[], float],
        redact: Callable[[object], object],
    ) -> None:
        timeout = wait.timeout if options.timeout is None else options.timeout
        interval = wait.interval if options.interval is None else options.interval
        self._wait = wait
        self._timeout = _check_seconds("timeout", timeout)
        self._interval = _check_seconds("interval", interval)
        self._monotonic = monotonic
        self._redact = redact
        self._start = monotonic()
        self._failures_in_a_row = 0
        job_id = cast("object", job.id if isinstance(job, Job) else job)
        if not isinstance(job_id, str) or not job_id:
            raise errors.ArgumentError(f"job: expected a job or its id, not {job_id!r}")
        self.job_id = job_id
        self.parameters = _parameters(wait, job_id, job.context if isinstance(job, Job) else {}, fields)

    def is_done(self, status: object) -> bool:
        """Return whether the job is done, by the JSON of a status answer; raises JobFailedError if it failed.

        A state that the contract does not name counts as not done. Raises UnexpectedResponseError if there is
        no state.
        """
        self._failures_in_a_row = 0
        state = first_value(status, (self._wait.state,))
        if not isinstance(state, str):
            raise UnexpectedResponseError(
                f"job {self.job_id}: the status answer holds no state at {self._wait.state}"
            )
        if state in self._wait.failed:
            redacted_status = self._redact(status)
            message = first_value(redacted_status, (self._wait.message,))
            reason = message if isinstance(message, str) else "the server gave no reason"
            raise errors.JobFailedError(
                f"job {self.job_id} {state}: {reason}", job_id=self.job_id, data=redacted_status
            )
        return state in self._wait.done

    def tolerate(self, error: errors.SDKError) -> None:
        """Count a failed status request; raises its error if it is the third in a row."""
        self._failures_in_a_row += 1
        if self._failures_in_a_row >= _MAX_FAILURES_IN_A_ROW:
            raise error

    def seconds_left(self) -> float:
        """Return the seconds that a status request may take."""
        return max(_MIN_REQUEST_TIME, self._timeout - self._elapsed())

    def pause(self) -> float:
        """Return the seconds until the next status request; raises JobTimeoutError if the time is up."""
        elapsed = self._elapsed()
        seconds_left = self._timeout - elapsed
        if seconds_left <= 0:
            raise errors.JobTimeoutError(
                f"job {self.job_id} was not done in {elapsed:.0f} s",
                hint="It goes on at the server: wait again with its id, or allow a longer timeout",
                job_id=self.job_id,
                elapsed=elapsed,
            )
        return min(self._interval, seconds_left)

    def _elapsed(self) -> float:
        return self._monotonic() - self._start


def _check_seconds(argument: str, seconds: float) -> float:
    """Return `seconds` if it is a positive number; raises ArgumentError otherwise."""
    # The type itself, because true is an int as well; `not >` catches NaN.
    if type(seconds) not in (int, float) or not seconds > 0:
        raise errors.ArgumentError(f"{argument}: {seconds!r} is not a positive number of seconds")
    return seconds


def _parameters(wait: Wait[Any], job_id: str, job_context: Fields, fields: Fields) -> dict[str, object]:
    """Return the parameters of status and result requests: the id, and fields of the caller or the job."""
    available = {**job_context, **{name: value for name, value in fields.items() if value is not None}}
    parameters: dict[str, object] = {}
    for name, source in wait.parameters.items():
        if source == "id":
            parameters[name] = job_id
        elif source in available:
            parameters[name] = available[source]
        else:
            raise errors.ArgumentError(f"{source}: is needed to ask for a job by its id alone")
    return parameters
