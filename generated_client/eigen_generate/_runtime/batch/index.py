"""The index of a batch: a line for each row that has ended, as JSONL and as Parquet."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from ..response.saving import atomic_writer
from .optional import import_optional
from .rows import RowResult

# Rows that are in memory at a time.
_ROWS_AT_A_TIME = 1_000


def check_arrow() -> None:
    """Raise BatchError if the index could not be written in the end.

    The first conversion makes pyarrow import pandas where it is installed, which takes 50 MB of memory. They
    are taken before the first request leaves, so that a lack of memory does not cost an index at the end.
    """
    import_optional("pyarrow.parquet")
    to_arrow((), arrow_schema())


def write_index(folder: Path, results: Iterable[RowResult]) -> None:
    """Write `index.jsonl` and `index.parquet`; each is replaced when the new one is complete."""
    parquet, schema = import_optional("pyarrow.parquet"), arrow_schema()
    with (
        atomic_writer(folder / "index.jsonl") as lines,
        atomic_writer(folder / "index.parquet") as table,
        parquet.ParquetWriter(_ArrowFile(table), schema, compression="zstd") as writer,
    ):
        for rows in _in_batches(results):
            text = "".join(json.dumps(row.as_json(), ensure_ascii=False) + "\n" for row in rows)
            lines.write(text.encode(errors="replace"))
            writer.write_batch(to_arrow(rows, schema))
        lines.finish()
        writer.close()
        table.finish()


def _in_batches(results: Iterable[RowResult]) -> Iterator[list[RowResult]]:
    iterator = iter(results)
    while rows := list(islice(iterator, _ROWS_AT_A_TIME)):
        yield rows


def arrow_schema() -> Any:
    """Return the columns of the index."""
    arrow = import_optional("pyarrow")
    types = {
        "line": arrow.int64(),
        "size": arrow.int64(),
        "attempts": arrow.int64(),
        "status_code": arrow.int64(),
        "elapsed": arrow.float64(),
        "credits": arrow.float64(),
    }
    names = [name for name in RowResult._fields if name != "result"]
    return arrow.schema([(name, types.get(name, arrow.string())) for name in names])


def to_arrow(results: Iterable[RowResult], schema: Any) -> Any:
    """Return rows of the index as a record batch of Arrow; `data` is text in JSON there."""
    rows = [result.as_json() for result in results]
    for row in rows:
        row["data"] = None if row["data"] is None else json.dumps(row["data"], ensure_ascii=False)
    return import_optional("pyarrow").RecordBatch.from_pylist(rows, schema=schema)


class _ArrowFile:
    """A writer as pyarrow takes files."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer
        self.closed = False

    def write(self, content: Any) -> int:
        view = memoryview(content)
        self._writer.write(view)
        return len(view)

    def tell(self) -> int:
        return int(self._writer.size)

    def flush(self) -> None:
        """Do nothing: the writer has no buffer."""

    def close(self) -> None:
        self.closed = True

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False
