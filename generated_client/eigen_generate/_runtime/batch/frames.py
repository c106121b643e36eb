"""Frames in and out, by way of Arrow: pandas and polars both speak it.

https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html
"""

from typing import Any

from .index import arrow_schema, to_arrow
from .optional import import_optional
from .running import Batch


def run_frame(frame: Any, batch: Batch) -> Any:
    """Return what became of the rows of a frame, as a frame of the same kind and in the same order."""
    schema = arrow_schema()
    results = sorted(batch, key=lambda result: result.line)
    table = import_optional("pyarrow").Table.from_batches([to_arrow(results, schema)], schema)
    library = type(frame).__module__.partition(".")[0]
    if library == "pandas":
        return table.to_pandas()
    if library == "polars":
        return import_optional("polars").from_arrow(table)
    return table
