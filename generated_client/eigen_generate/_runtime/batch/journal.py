"""The journal: what is known of each row, in one SQLite file.

A row is marked `sent` before its request leaves, and with its outcome after its result is saved. So a
process that is killed at any instant leaves no row that was sent and looks new. One thread at a time uses a
journal.
"""

import json
import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple

from .errors import JournalError
from .rows import ENDS, ClaimedRow, Counts, Outcome, Row, RowResult, SentJob, State

VERSION = 1
# `content` is a hash of a row without an id of its own. `charges` are the requests that may have been
# carried out.
_SCHEMA = """
CREATE TABLE batch (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE rows (
    number INTEGER PRIMARY KEY,
    line INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE,
    content BLOB UNIQUE,
    job TEXT NOT NULL,
    arguments TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'new',
    attempts INTEGER NOT NULL DEFAULT 0,
    charges INTEGER NOT NULL DEFAULT 0,
    path TEXT, sha256 TEXT, media_type TEXT, size INTEGER, text TEXT, data TEXT,
    job_id TEXT, job_context TEXT,
    elapsed REAL, credits REAL, status_code INTEGER, request_id TEXT, error TEXT
);
CREATE INDEX rows_by_state ON rows (state);
"""
_OUTCOME = (
    "path", "sha256", "media_type", "size", "text", "data", "elapsed", "credits", "status_code", "request_id",
    "error",
)  # fmt: skip
_SET_OUTCOME = ", ".join(f"{name} = :{name}" for name in _OUTCOME)
_CLEAR_OUTCOME = ", ".join(f"{name} = NULL" for name in (*_OUTCOME, "job_id", "job_context"))
_ROWS_AT_A_TIME = 1000
_NO_SPACE = "Make room on its disk, and run the same again"
_DAMAGED = "Restore it from a copy; `index.jsonl` lists what had ended after the last run"
_HINTS = {
    sqlite3.SQLITE_FULL: _NO_SPACE,
    sqlite3.SQLITE_IOERR: _NO_SPACE,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


class Sent(NamedTuple):
    """The request of a row is about to leave."""

    number: int


class Returned(NamedTuple):
    """The request of a row was certainly not carried out, so the row is new again."""

    number: int


class Submitted(NamedTuple):
    """The request of a row has started a job."""

    number: int
    sent_job: SentJob


class Ended(NamedTuple):
    """A row has an outcome."""

    number: int
    outcome: Outcome


Mark = Sent | Returned | Submitted | Ended


class Summary(NamedTuple):
    """The rows of one job in one state. Times are in seconds, and `size` in bytes, over all of them."""

    job: str
    state: str
    rows: int
    mean_elapsed: float | None
    longest_elapsed: float | None
    size: int
    credits: float


class Journal:
    """A journal that is open. Its methods raise JournalError if SQLite cannot do what they ask for."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the journal at `path`, which is made if there is none."""
        self.path = path
        with _naming(path):
            # Whoever closes a journal last merges its files into one. A reader that may not write cannot, and
            # leaves two more; SQLite itself opens a file that is write-protected for reading alone.
            mode = "rw" if read_only else "rwc"
            uri = f"{path.absolute().as_uri()}?mode={mode}"
            # Several threads use it, one after the other.
            self._connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
            if read_only:
                self._connection.execute("PRAGMA query_only = ON")
            else:
                self._connection.execute("PRAGMA journal_mode = WAL")
                # A loss of power must not undo a mark, or its row would be paid for again.
                self._connection.execute("PRAGMA synchronous = FULL")
            self._version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if self._version not in (0, VERSION):
            self.close()
            raise JournalError(
                f"{path}: has version {self._version}, and this client knows version {VERSION}",
                hint="Use the version of the client that began it, or another folder",
            )

    def close(self) -> None:
        """Close it. SQLite then leaves one file."""
        self._connection.close()

    def is_complete(self) -> bool:
        """Whether all rows of its input are in it; if not, none of them was sent."""
        with _naming(self.path):
            return self._version == VERSION and self.value("digest") is not None

    def value(self, name: str) -> str | None:
        """Return something that is known about the whole batch."""
        with _naming(self.path):
            row = self._connection.execute("SELECT value FROM batch WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    @contextmanager
    def importing(self) -> Generator[None]:
        """Put all rows in within a block; if it raises, the journal stays empty."""
        with _naming(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                for statement in _SCHEMA.split(";"):
                    self._connection.execute(statement)
                self._connection.execute(f"PRAGMA user_version = {VERSION}")
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
            self._version = VERSION

    def add(self, row: Row, content: bytes | None) -> str | None:
        """Add a row, or return what it has in common with a row that is there."""
        values = (row.line, row.id, content, row.job, json.dumps(row.arguments, ensure_ascii=False))
        insert = "INSERT INTO rows (line, id, content, job, arguments) VALUES (?, ?, ?, ?, ?)"
        with _naming(self.path):
            try:
                self._connection.execute(insert, values)
            except sqlite3.IntegrityError:
                same_id = self._connection.execute("SELECT line FROM rows WHERE id = ?", (row.id,)).fetchone()
                if same_id is not None:
                    return f"id: {row.id!r} is the id of line {same_id[0]} too"
                same = self._connection.execute(
                    "SELECT line FROM rows WHERE content = ?", (content,)
                ).fetchone()
                return f"is the same as line {same[0]}; give both an id, or allow duplicates"
        return None

    def set_value(self, name: str, value: str) -> None:
        """Keep something about the whole batch."""
        with _naming(self.path):
            self._connection.execute("INSERT OR REPLACE INTO batch VALUES (?, ?)", (name, value))

    def new_rows(self, after: int) -> list[ClaimedRow]:
        """Return some of the new rows whose numbers are higher than `after`, in their order."""
        return self._claimable("state = 'new' AND number > ?", after)

    def running_jobs(self, after: int) -> list[ClaimedRow]:
        """Return some of the rows whose jobs go on at the server, as `new_rows` does."""
        return self._claimable("state = 'sent' AND job_id IS NOT NULL AND number > ?", after)

    def lost_rows(self, state: Literal["sent", "unknown"]) -> list[ClaimedRow]:
        """Return all rows in this state, when no run is at work."""
        return self._claimable(f"state = '{state}' AND number > ?", 0, limit=-1)

    def _claimable(self, condition: str, after: int, limit: int = _ROWS_AT_A_TIME) -> list[ClaimedRow]:
        columns = "number, line, id, job, arguments, attempts, job_id, job_context"
        query = f"SELECT {columns} FROM rows WHERE {condition} ORDER BY number LIMIT ?"
        with _naming(self.path):
            rows = self._connection.execute(query, (after, limit))
            return [
                ClaimedRow(
                    number,
                    line,
                    row_id,
                    job,
                    json.loads(arguments),
                    attempts,
                    None if job_id is None else SentJob(job_id, json.loads(job_context)),
                )
                for number, line, row_id, job, arguments, attempts, job_id, job_context in rows
            ]

    def apply(self, marks: Sequence[Mark]) -> None:
        """Write marks in one transaction, which is on the disk when this returns."""
        with _naming(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                for mark in marks:
                    self._apply(mark)
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _apply(self, mark: Mark) -> None:
        execute = self._connection.execute
        match mark:
            case Sent(number):
                sent = "state = 'sent', attempts = attempts + 1, charges = charges + 1"
                execute(f"UPDATE rows SET {sent} WHERE number = ?", (number,))
            case Returned(number):
                execute("UPDATE rows SET state = 'new', charges = charges - 1 WHERE number = ?", (number,))
            case Submitted(number, sent_job):
                values = (sent_job.id, json.dumps(dict(sent_job.context)), number)
                execute("UPDATE rows SET job_id = ?, job_context = ? WHERE number = ?", values)
            case Ended(number, outcome):
                values_by_name = outcome._asdict()
                if outcome.data is not None:
                    values_by_name["data"] = json.dumps(dict(outcome.data))
                values_by_name |= {"number": number, "refund": outcome.state == "rejected"}
                ended = f"state = :state, charges = charges - :refund, {_SET_OUTCOME}"
                if outcome.job_id is not None:  # a job that no method waits for
                    ended += ", job_id = :job_id"
                execute(f"UPDATE rows SET {ended} WHERE number = :number", values_by_name)

    def reopen(self, states: Sequence[State]) -> None:
        """Make rows in these states new again; wait again for jobs that were not done in time."""
        marks = ", ".join("?" * len(states))
        with _naming(self.path):
            execute = self._connection.execute
            execute("UPDATE rows SET state = 'sent' WHERE state = 'unknown' AND job_context IS NOT NULL")
            execute(
                f"UPDATE rows SET state = 'new', {_CLEAR_OUTCOME} WHERE state IN ({marks})", tuple(states)
            )

    def counts(self) -> Counts:
        """Return how many rows are in each state, and what was spent."""
        with _naming(self.path):
            by_state = dict(self._connection.execute("SELECT state, count(*) FROM rows GROUP BY state"))
            spent = "SELECT coalesce(sum(charges), 0), coalesce(sum(credits), 0) FROM rows"
            requests, credits_spent = self._connection.execute(spent).fetchone()
        return Counts(**by_state, requests=requests, credits=credits_spent)

    def summaries(self) -> list[Summary]:
        """Return what became of the rows of each job, by state."""
        query = (
            "SELECT job, state, count(*), avg(elapsed), max(elapsed), coalesce(sum(size), 0),"
            " coalesce(sum(credits), 0) FROM rows GROUP BY job, state ORDER BY job, state"
        )
        with _naming(self.path):
            return [Summary(*row) for row in self._connection.execute(query)]

    def results(self, states: Sequence[State] = ENDS) -> Iterator[RowResult]:
        """Yield the rows in these states, in their order."""
        columns = [name for name in RowResult._fields if name not in ("status", "result")]
        marks = ", ".join("?" * len(states))
        query = f"SELECT state, {', '.join(columns)} FROM rows WHERE state IN ({marks}) ORDER BY number"
        with _naming(self.path):
            for state, *values in self._connection.execute(query, tuple(states)):
                fields: dict[str, Any] = dict(zip(columns, values, strict=True))
                if fields["data"] is not None:
                    fields["data"] = json.loads(fields["data"])
                yield RowResult(status=state, **fields)


@contextmanager
def _naming(path: Path) -> Generator[None]:
    """Raise JournalError that names the file in place of SQLite's error."""
    try:
        yield
    except sqlite3.Error as error:
        # The low byte is the kind of an error, the others are details.
        kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
        raise JournalError(f"{path}: {error}", hint=_HINTS.get(kind)) from error
