"""Keep jobs in a SQLite file, so that they outlive the server, also one that is killed."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from attrs import frozen

FILE = "jobs.sqlite3"
VERSION = 1
TABLE = """
CREATE TABLE IF NOT EXISTS jobs (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT UNIQUE NOT NULL,
    model TEXT NOT NULL,
    state TEXT NOT NULL,
    submitted TEXT NOT NULL,
    start_time TEXT,
    end_time TEXT,
    error TEXT,
    ordered BLOB,
    output BLOB
)
"""
COLUMNS = "id, model, state, submitted, start_time, end_time, error, ordered, output"
KEEP = f"""
INSERT INTO jobs ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET state = excluded.state, start_time = excluded.start_time,
    end_time = excluded.end_time, error = excluded.error, ordered = excluded.ordered, output = excluded.output
"""


class DatabaseError(Exception):
    """The file cannot be used. The message says why."""


@frozen
class Row:
    """A job as it is kept. `ordered` is what it was ordered with, until it is done."""

    id: str
    model: str
    state: str
    submitted: datetime
    start_time: datetime | None
    end_time: datetime | None
    error: str | None
    ordered: bytes | None
    output: bytes | None


class JobDatabase:
    """The jobs of one server, in one file of a folder that no other server uses. Its caller holds a lock."""

    def __init__(self, folder: Path) -> None:
        """Open the file, or make it. Raises DatabaseError."""
        path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=2)
            self._prepare(path)
        except OSError as error:
            raise DatabaseError(f"{folder}: {error.strerror}") from error
        except sqlite3.OperationalError as error:
            raise DatabaseError(f"{path}: {error}; is another server using it?") from error
        except sqlite3.Error as error:
            raise DatabaseError(f"{path}: {error}") from error

    def _prepare(self, path: Path) -> None:
        # Nobody else may write: two servers would each forget what the other keeps.
        self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        # With a log, what is committed outlives a process that is killed, without waiting for the disk.
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version not in (0, VERSION):
            raise DatabaseError(f"{path} is of version {version}, and this server knows {VERSION}")
        self._connection.execute(TABLE)
        self._connection.execute(f"PRAGMA user_version = {VERSION}")

    def rows(self) -> Iterator[Row]:
        """Yield the jobs, oldest first."""
        for row in self._connection.execute(f"SELECT {COLUMNS} FROM jobs ORDER BY place"):
            job_id, model, state, submitted, start, end, error, ordered, output = row
            yield Row(
                job_id, model, state, datetime.fromisoformat(submitted), _time(start), _time(end), error,
                ordered, output,
            )  # fmt: skip

    def keep(self, row: Row) -> None:
        """Keep a job, or how it stands now."""
        start, end = row.start_time and row.start_time.isoformat(), row.end_time and row.end_time.isoformat()
        values = (row.id, row.model, row.state, row.submitted.isoformat(), start, end)
        self._connection.execute(KEEP, (*values, row.error, row.ordered, row.output))

    def forget(self, job_id: str) -> None:
        """Forget a job."""
        self._connection.execute("DELETE FROM jobs WHERE id = ?", (job_id,))

    def close(self) -> None:
        """Close the file."""
        with suppress(sqlite3.Error):
            self._connection.close()


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
