"""What a server was asked, for assertions: method, job, fields and files, and never the key."""

import hashlib
import itertools
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from attrs import asdict, define, field, frozen

from .forms import Upload

MOST_ENTRIES = 1_000
MOST_CHARACTERS = 2_000
"""Of a text that is kept whole; of a longer one its beginning is."""


@frozen
class File:
    """A file as it came: its field, its name, its Content-Type, its bytes and their SHA-256 in hex."""

    field: str
    name: str
    media_type: str
    size: int
    sha256: str


@define
class Entry:
    """One request, and the status of its answer once that has begun.

    `job` is `generate`, `edit`, `transcribe`, `speak` or `video`; None for a request that was refused before
    it was known, and for other paths. `fields` hold all but the files, read by their types.
    """

    number: int
    time: datetime
    method: str
    path: str
    query: dict[str, str] = field(factory=dict[str, str])
    job: str | None = None
    model: str | None = None
    fields: dict[str, Any] = field(factory=dict[str, Any])
    files: list[File] = field(factory=list[File])
    status: int | None = None
    fault: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the entry as JSON has it."""
        return {**asdict(self), "time": self.time.isoformat()}


class Journal:
    """The latest requests of one server, oldest first. Safe to share between threads."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=MOST_ENTRIES)
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def begin(self, method: str, path: str, query: dict[str, str]) -> Entry:
        """Keep a request that has come, and return its entry."""
        entry = Entry(next(self._numbers), datetime.now(UTC), method, path, query)
        with self._lock:
            self._entries.append(entry)
        return entry

    def entries(self) -> list[Entry]:
        """Return the entries as they stand."""
        with self._lock:
            return list(self._entries)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._entries.clear()


def describe(
    entry: Entry, job: str, values: Mapping[str, Any], files: Mapping[str, Sequence[Upload]]
) -> None:
    """Add to an entry what its request asks for."""
    entry.job = job
    entry.model = str(values.get("model", ""))
    entry.fields = {name: _shortened(value) for name, value in values.items() if name not in files}
    entry.files = [file for name, uploads in files.items() for file in _files(name, uploads)]


def _files(name: str, uploads: Sequence[Upload]) -> Iterator[File]:
    for upload in uploads:
        digest = hashlib.sha256(upload.content).hexdigest()
        yield File(name, upload.filename, upload.media_type, len(upload.content), digest)


def _shortened(value: Any) -> Any:
    if isinstance(value, str) and len(value) > MOST_CHARACTERS:
        return f"{value[:MOST_CHARACTERS]}… ({len(value)} characters)"
    return value
