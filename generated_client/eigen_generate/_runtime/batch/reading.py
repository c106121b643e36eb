"""Reads rows one at a time: from JSONL, CSV or Parquet, from frames, or from any iterable of mappings."""

import codecs
import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol, cast

from .errors import BatchError
from .optional import import_optional
from .rows import RawRow

FORMATS = (".jsonl", ".ndjson", ".csv", ".parquet")
# Rows of Parquet that are in memory at a time.
_ROWS_AT_A_TIME = 1000
_CHUNK = 1 << 20
# In characters. `csv` refuses longer cells by default at 131,072, and prompts may be long.
_LONGEST_CELL = 1 << 24


class Source(Protocol):
    """Where rows come from. It can be read more than once, unless it is an iterator."""

    @property
    def folder(self) -> Path:
        """What the paths in its rows are relative to."""
        ...

    @property
    def title(self) -> str:
        """What messages call it."""
        ...

    def rows(self) -> Iterator[RawRow]:
        """Yield the rows; raises BatchError if there is nothing to read."""
        ...

    def digest(self) -> str:
        """Return a hash of everything in it, which may read it to its end."""
        ...


def open_source(rows: object) -> Source:
    """Return the source that a caller has named: a path, a frame, or an iterable of mappings."""
    if isinstance(rows, str | Path):
        return FileSource(Path(rows))
    if hasattr(rows, "__arrow_c_stream__"):
        return ArrowSource(rows)
    if isinstance(rows, Iterable) and not isinstance(rows, Mapping):
        return IterableSource(cast("Iterable[object]", rows))
    raise BatchError("rows: are neither a path, nor a frame, nor an iterable of mappings")


class FileSource:
    """A file, read by its suffix; raises BatchError for one that names no format."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.folder = path.absolute().parent
        self.title = str(path)
        if path.suffix.lower() not in FORMATS:
            raise BatchError(f"{path}: is not named like one of {', '.join(FORMATS)}")

    def rows(self) -> Iterator[RawRow]:
        """See Source."""
        suffix = self._path.suffix.lower()
        try:
            if suffix == ".parquet":
                yield from _read_parquet(self._path)
            elif suffix == ".csv":
                yield from _read_csv(self._path)
            else:
                yield from _read_json_lines(self._path)
        except OSError as error:
            raise BatchError(f"{self.title}: cannot be read: {error.strerror or error}") from error
        except UnicodeDecodeError as error:
            raise BatchError(f"{self.title}: is not text in UTF-8: {error}") from error

    def digest(self) -> str:
        """See Source."""
        try:
            with self._path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise BatchError(f"{self.title}: cannot be read: {error.strerror or error}") from error


def _read_json_lines(path: Path) -> Iterator[RawRow]:
    with path.open("rb") as file:
        for line, encoded in enumerate(file, 1):
            # Files from Windows may begin with a byte order mark.
            encoded_row = (encoded.removeprefix(codecs.BOM_UTF8) if line == 1 else encoded).strip()
            if not encoded_row:
                continue
            try:
                values: object = json.loads(encoded_row.decode())
            except UnicodeDecodeError as error:
                yield RawRow(line, None, f"is not text in UTF-8: {error}")
                continue
            except (ValueError, RecursionError) as error:
                yield RawRow(line, None, f"is not JSON: {error}")
                continue
            yield _raw_row(line, values)


def _raw_row(line: int, values: object) -> RawRow:
    if not isinstance(values, Mapping):
        return RawRow(line, None, f"a {type(values).__name__} is not an object with names and values")
    return RawRow(line, cast("Mapping[str, Any]", values))


def _read_csv(path: Path) -> Iterator[RawRow]:
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restkey="", strict=True)
        _check_column_names(path, reader)
        while True:
            try:
                cells: dict[str, Any] | None = next(reader, None)
            except csv.Error as error:
                yield RawRow(reader.line_num, None, f"is not CSV: {error}")
                continue
            if cells is None:
                return
            if cells.pop("", None):
                yield RawRow(reader.line_num, None, "has more cells than the first line has names")
                continue
            # An empty cell is an argument that is left out.
            values = {name: cell for name, cell in cells.items() if cell}
            yield RawRow(reader.line_num, values, is_text=True)


def _check_column_names(path: Path, reader: "csv.DictReader[str]") -> None:
    """Raise BatchError if a column has no name of its own: its cells would be lost."""
    try:
        names = reader.fieldnames or ()
    except csv.Error as error:
        raise BatchError(f"{path}: its first line is not CSV: {error}") from error
    for name in names:
        if not name:
            raise BatchError(f"{path}: its first line has a column without a name")
        if names.count(name) > 1:
            raise BatchError(f"{path}: its first line has {name!r} twice")


def _read_parquet(path: Path) -> Iterator[RawRow]:
    with path.open("rb") as file:
        parquet = import_optional("pyarrow.parquet")
        try:
            batches = parquet.ParquetFile(file).iter_batches(batch_size=_ROWS_AT_A_TIME)
            yield from _rows_of_batches(batches)
        except import_optional("pyarrow").ArrowException as error:
            raise BatchError(f"{path}: cannot be read as Parquet: {error}") from error


def _rows_of_batches(batches: Iterable[Any]) -> Iterator[RawRow]:
    line = 0
    for batch in batches:
        for values in batch.to_pylist():
            line += 1
            # In a table a job has null for the columns of other jobs.
            yield RawRow(line, {name: value for name, value in values.items() if value is not None})


class IterableSource:
    """Mappings of a caller's, in their order. Those of an iterator are read once."""

    def __init__(self, values: Iterable[object]) -> None:
        self._values = values
        self._digest: str | None = None
        self.folder = Path.cwd()
        self.title = "rows"

    def rows(self) -> Iterator[RawRow]:
        """See Source."""
        digest = hashlib.sha256()
        for row in self._read():
            digest.update(json.dumps([row.values, row.problem], default=str, sort_keys=True).encode())
            yield row
        self._digest = digest.hexdigest()

    def digest(self) -> str:
        """See Source."""
        if self._digest is None:
            for _ in self.rows():
                pass
        return self._digest or ""

    def _read(self) -> Iterator[RawRow]:
        for line, values in enumerate(self._values, 1):
            yield _raw_row(line, values)


class ArrowSource(IterableSource):
    """A frame that speaks Arrow, such as those of pandas and polars."""

    def __init__(self, frame: Any) -> None:
        super().__init__(())
        self._frame = frame

    def _read(self) -> Iterator[RawRow]:
        return _rows_of_batches(import_optional("pyarrow").RecordBatchReader.from_stream(self._frame))
