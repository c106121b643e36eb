"""What a caller can choose for a batch."""

from typing import NamedTuple, TypedDict

from .errors import BatchError


class BatchKeywords(TypedDict, total=False):
    """The keywords of `run`; see BatchOptions."""

    concurrency: int
    requests_per_minute: float | None
    budget: int | None
    credit_budget: float | None
    max_failures: int
    retry_unknown: bool
    retry_rejected: bool
    retry_failed: bool
    allow_duplicates: bool
    job_timeout: float
    job_interval: float | None
    stop_timeout: float
    results: str | None


class BatchOptions(NamedTuple):
    """How a batch is sent, and when it stops.

    Attributes:
        concurrency: Rows that are with the server at a time, at most.
        requests_per_minute: How fast requests may follow each other; None is no limit.
        budget: Requests that the server may have carried out, over all runs of the folder.
        credit_budget: Credits, over all runs of the folder; refused if the answers do not carry them.
        max_failures: Failures in a row after which the run stops.
        retry_unknown: Send rows of unknown outcome again. They may have been carried out and billed.
        retry_rejected: Send rows again that were refused.
        retry_failed: Send rows again that were carried out without a usable result. They are paid for again.
        allow_duplicates: Take rows without an id that are the same as another one.
        job_timeout: Seconds to wait for a job; a later run goes on waiting.
        job_interval: Seconds between two questions about a job; None is what the method has.
        stop_timeout: Seconds that running requests have to end when the run is stopped.
        results: Where the files of results go, as a URL that fsspec knows; None is the folder itself.
    """

    concurrency: int = 8
    requests_per_minute: float | None = None
    budget: int | None = None
    credit_budget: float | None = None
    max_failures: int = 20
    retry_unknown: bool = False
    retry_rejected: bool = False
    retry_failed: bool = False
    allow_duplicates: bool = False
    job_timeout: float = 3600.0
    job_interval: float | None = None
    stop_timeout: float = 30.0
    results: str | None = None

    def check(self) -> None:
        """Raise BatchError for a number that cannot be used."""
        for name in ("concurrency", "max_failures"):
            if getattr(self, name) < 1:
                raise BatchError(f"{name}: {getattr(self, name)} is not a number of 1 or more")
        for name in ("requests_per_minute", "job_timeout", "job_interval"):
            seconds = getattr(self, name)
            if seconds is not None and not seconds > 0:
                raise BatchError(f"{name}: {seconds} is not a positive number")
        for name in ("budget", "credit_budget", "stop_timeout"):
            limit = getattr(self, name)
            if limit is not None and not limit >= 0:
                raise BatchError(f"{name}: {limit} is negative")
