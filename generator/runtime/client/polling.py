"""Waiting for a job: what to ask next, and when to stop. No I/O."""

from collections.abc import Callable
from typing import Any, cast

from .. import errors
from ..contract import Fields, Wait
from ..response.json_pointer import first_value
from ..response.results import Job
from ..response.unexpected import UnexpectedResponseError
from ..settings.options import PollOptions

# Failures of asking, not of the job: it goes on, and may be asked for again.
TRANSIENT_ERRORS = (
    errors.NotSentError,
    errors.OutcomeUnknownError,
    errors.RateLimitError,
    errors.ServiceUnavailableError,
)
_MOST_FAILURES = 3
# What the last question, asked when all the time is used up, may take.
_LAST = 1.0


class Polling:
    """The state of one wait. Times are in seconds."""

    def __init__(
        self,
        plan: Wait[Any],
        job: Job | str,
        fields: Fields,
        options: PollOptions,
        monotonic: Callable[[], float],
        redact: Callable[[object], object],
    ) -> None:
        self._plan = plan
        self._timeout = _positive("timeout", plan.timeout if options.timeout is None else options.timeout)
        self._interval = _positive(
            "interval", plan.interval if options.interval is None else options.interval
        )
        self._monotonic = monotonic
        self._redact = redact
        self._began = monotonic()
        self._failures = 0
        job_id = cast("object", job.id if isinstance(job, Job) else job)
        if not isinstance(job_id, str) or not job_id:
            raise errors.ArgumentError(f"job: {job_id!r} is no job, and names none")
        self.job_id = job_id
        self.parameters = _parameters(plan, job, fields)

    def is_done(self, status: object) -> bool:
        """Judge a status answer; raises JobFailedError if the job has failed."""
        self._failures = 0
        state = first_value(status, (self._plan.state,))
        if not isinstance(state, str):
            raise UnexpectedResponseError(
                f"job {self.job_id}: the status answer holds no state at {self._plan.state}"
            )
        if state in self._plan.failed:
            status = self._redact(status)
            message = first_value(status, (self._plan.message,))
            reason = message if isinstance(message, str) else "the server gave no reason"
            raise errors.JobFailedError(
                f"job {self.job_id} {state}: {reason}", job_id=self.job_id, data=status
            )
        return state in self._plan.done

    def tolerate(self, error: errors.SDKError) -> None:
        """Let a failure to ask pass, but not the third in a row."""
        self._failures += 1
        if self._failures >= _MOST_FAILURES:
            raise error

    def seconds_left(self) -> float:
        """Give the seconds that a question may take."""
        return max(_LAST, self._timeout - self._elapsed())

    def pause(self) -> float:
        """Give the seconds until the next question; raises JobTimeoutError if none is left."""
        elapsed = self._elapsed()
        left = self._timeout - elapsed
        if left <= 0:
            raise errors.JobTimeoutError(
                f"job {self.job_id} was not done in {elapsed:.0f} s",
                hint="It goes on at the server: wait again with its id, or allow a longer timeout",
                job_id=self.job_id,
                elapsed=elapsed,
            )
        return min(self._interval, left)

    def _elapsed(self) -> float:
        return self._monotonic() - self._began


def _positive(argument: str, seconds: float) -> float:
    if type(seconds) not in (int, float) or not seconds > 0:
        raise errors.ArgumentError(f"{argument}: {seconds!r} is not a positive number of seconds")
    return seconds


def _parameters(plan: Wait[Any], job: Job | str, fields: Fields) -> dict[str, object]:
    """Gather what both questions need: the job's id, and what its request or the caller gave."""
    known = dict(job.context) if isinstance(job, Job) else {}
    known |= {name: value for name, value in fields.items() if value is not None}
    parameters: dict[str, object] = {}
    for name, source in plan.parameters.items():
        if source == "id":
            parameters[name] = job.id if isinstance(job, Job) else job
        elif source in known:
            parameters[name] = known[source]
        else:
            raise errors.ArgumentError(f"{source}: is needed to ask for a job by its id alone")
    return parameters
