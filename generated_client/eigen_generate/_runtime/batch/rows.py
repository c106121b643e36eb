"""Rows: as they are read, as they are sent, and what became of them."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from ..response.results import Result

# The journal's words. `new` is not sent; `sent` is with the server, or was when the last run ended; `done`
# has a result; `rejected` was certainly not carried out; `failed` was carried out and has no usable result;
# of `unknown` it is not known whether it was carried out.
State = Literal["new", "sent", "done", "rejected", "failed", "unknown"]
STATES: tuple[State, ...] = ("new", "sent", "done", "rejected", "failed", "unknown")
ENDS: tuple[State, ...] = ("done", "rejected", "failed", "unknown")


class RawRow(NamedTuple):
    """A row as its source has it: its line, and its values or what is wrong with them.

    `is_text` says that all values are text, as in CSV, and stand for values of other types.
    """

    line: int
    values: Mapping[str, Any] | None
    problem: str = ""
    is_text: bool = False


class Row(NamedTuple):
    """A row that can be sent. `has_own_id` is false if its id was made from its line."""

    line: int
    id: str
    job: str
    arguments: Mapping[str, Any]
    has_own_id: bool


class SentJob(NamedTuple):
    """A job that a row has started: its id, and the request fields that ask for its state."""

    id: str
    context: Mapping[str, Any]


class ClaimedRow(NamedTuple):
    """A row that is to be sent, or whose job is to be waited for."""

    number: int
    line: int
    id: str
    job: str
    arguments: Mapping[str, Any]
    attempts: int = 0
    sent_job: SentJob | None = None


class Outcome(NamedTuple):
    """What became of a row; the fields are those of RowResult."""

    state: State
    path: str | None = None
    sha256: str | None = None
    media_type: str | None = None
    size: int | None = None
    text: str | None = None
    data: Mapping[str, Any] | None = None
    job_id: str | None = None
    elapsed: float | None = None
    credits: float | None = None
    status_code: int | None = None
    request_id: str | None = None
    error: str | None = None


class RowResult(NamedTuple):
    """A row that has ended, as callers see it and as the index has it.

    Attributes:
        id: The id of the row, or `row-` and its line.
        line: Where it stands in the input, from 1.
        job: Resource and method.
        status: `done`, `rejected`, `failed` or `unknown`.
        path: The file with the result, relative to the folder of the batch.
        sha256: The hash of the file, in hex.
        media_type: Of the file.
        size: Of the file, in bytes.
        text: The text, if the result is one.
        data: The JSON that came with the result.
        job_id: The id of the job at the server, if the row started one.
        attempts: The number of requests that were sent for the row.
        elapsed: Seconds from the first request to the result; of a job, those of its last wait.
        credits: What the row cost, if the answers say so.
        status_code: Of the answer.
        request_id: The id that the server gave the request.
        error: What went wrong.
        result: The result itself, in a run without a folder.
    """

    id: str
    line: int
    job: str
    status: str
    path: str | None = None
    sha256: str | None = None
    media_type: str | None = None
    size: int | None = None
    text: str | None = None
    data: Mapping[str, Any] | None = None
    job_id: str | None = None
    attempts: int = 0
    elapsed: float | None = None
    credits: float | None = None
    status_code: int | None = None
    request_id: str | None = None
    error: str | None = None
    result: Result | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the line of the index."""
        values = self._asdict()
        del values["result"]
        return values


class Counts(NamedTuple):
    """How many rows are in each state, and what was spent."""

    new: int = 0
    sent: int = 0
    done: int = 0
    rejected: int = 0
    failed: int = 0
    unknown: int = 0
    requests: int = 0
    credits: float = 0.0

    @property
    def total(self) -> int:
        """The number of all rows."""
        return self.new + self.sent + self.ended

    @property
    def ended(self) -> int:
        """The number of rows that have ended."""
        return self.done + self.rejected + self.failed + self.unknown
