"""The folder of a batch: its journal, its lock, its results and its index."""

import contextlib
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

from .errors import BatchError, JournalError
from .journal import Journal
from .optional import import_optional

JOURNAL = "journal.sqlite3"
LOCK = "lock"
INDEX = "index"
REPORT = "report.html"
# What may be there before the first row is in the journal.
_OURS = (JOURNAL, f"{JOURNAL}-wal", f"{JOURNAL}-shm", LOCK)


@contextlib.contextmanager
def open_folder(folder: Path) -> Generator[Journal]:
    """Open the journal of a folder, which is made if there is none; no other run can use it meanwhile.

    Raises BatchError for a folder that holds something else, and JournalError if another run has it open.
    """
    is_new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if _is_missing_or_empty(folder / JOURNAL):
            _check_empty(folder)
        with _locked(folder):
            journal = Journal(folder / JOURNAL)
            try:
                yield journal
            finally:
                is_empty = not journal.is_complete()
                journal.close()
                if is_empty:  # nothing was sent, so nothing is to be remembered
                    _remove(folder, with_folder=is_new)
    except OSError as error:
        raise BatchError(f"{folder}: cannot be used: {error.strerror or error}") from error


def open_journal(folder: Path) -> Journal:
    """Open the journal of a folder for reading, also during a run; raises BatchError if there is none."""
    path = folder / JOURNAL
    if not path.is_file():
        raise BatchError(f"{folder}: there is no batch in it: {JOURNAL} is missing")
    journal = Journal(path, read_only=True)
    if journal.is_complete():
        return journal
    journal.close()
    raise BatchError(f"{folder}: its rows are not checked yet")


def _is_missing_or_empty(journal: Path) -> bool:
    # A file of no bytes is a good journal of no rows for SQLite; beside results it means that theirs is lost.
    return not journal.exists() or journal.stat().st_size == 0


def _check_empty(folder: Path) -> None:
    """Raise BatchError for a folder that holds foreign files."""
    files: Iterator[Path] = (path for path in folder.iterdir() if path.name not in _OURS)
    foreign_file = next(files, None)
    if foreign_file is not None:
        raise BatchError(
            f"{folder}: is not empty: it holds {foreign_file.name} and no rows in {JOURNAL}",
            hint="Name another folder",
        )


@contextlib.contextmanager
def _locked(folder: Path) -> Generator[None]:
    filelock: Any = import_optional("filelock")
    lock = filelock.FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        raise JournalError(
            f"{folder}: another run uses it", hint="Wait for its end, or name another folder"
        ) from None
    try:
        yield
    finally:
        lock.release()


def _remove(folder: Path, *, with_folder: bool) -> None:
    (folder / JOURNAL).unlink(missing_ok=True)
    if with_folder:
        with contextlib.suppress(OSError):
            (folder / LOCK).unlink(missing_ok=True)
            folder.rmdir()
