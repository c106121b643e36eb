"""The command `batch`: many requests with a journal, how far they are, and a page about them."""

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from ..batch.errors import RowsError
from ..batch.folder import open_journal
from ..batch.methods import BatchSdk
from ..batch.on_dask import ClusterRun
from ..batch.options import BatchOptions
from ..batch.progress import show_progress
from ..batch.report import write_report
from ..batch.rows import STATES, Counts
from ..batch.running import AsyncBatch, Batch
from .commands import Program, load
from .messages import NOT_UNDERSTOOD, UsageError
from .options import FLAG, ThisProgram

_FAILED, _UNKNOWN = 1, 3


def batch(
    rows: Annotated[str, Parameter(help="JSONL, CSV or Parquet; or `status`, `report`.")],
    folder: Annotated[Path | None, Parameter(help="The batch, for `status` and `report`.")] = None,
    /,
    *,
    output: Annotated[Path | None, Parameter(name=["--output", "-o"], help="The folder for results.")] = None,
    concurrency: Annotated[int, Parameter(help="Rows that are with the server at a time.")] = 8,
    requests_per_minute: Annotated[float | None, Parameter(help="No more than these.")] = None,
    budget: Annotated[
        int | None, Parameter(help="Stop after so many requests that may be billed, over all runs.")
    ] = None,
    credit_budget: Annotated[
        float | None, Parameter(help="Stop after so many credits, if the answers state them.")
    ] = None,
    max_failures: Annotated[int, Parameter(help="Stop after so many failures in a row.")] = 20,
    retry_unknown: Annotated[
        bool, FLAG, Parameter(help="Send rows of unknown outcome again; they may be billed again.")
    ] = False,
    retry_rejected: Annotated[bool, FLAG, Parameter(help="Send rows again that were refused.")] = False,
    retry_failed: Annotated[
        bool, FLAG, Parameter(help="Send rows again that were carried out without a usable result.")
    ] = False,
    allow_duplicates: Annotated[bool, FLAG, Parameter(help="Take equal rows without an id.")] = False,
    results: Annotated[
        str | None, Parameter(help="Where files go, as a URL of fsspec such as s3://bucket/folder.")
    ] = None,
    dask: Annotated[str | None, Parameter(help="The address of a scheduler of Dask.")] = None,
    base_url: Annotated[str | None, Parameter(help="The server.")] = None,
    program: ThisProgram,
) -> int:
    """Send the rows of a file and go on where the last run ended, or show a batch; return the exit status."""
    if folder is not None and rows in ("status", "report"):
        return _show_status(folder) if rows == "status" else _write_report(folder)
    if output is None or folder is not None:
        message = "name the rows and a folder: batch ROWS -o DIR; or: batch status DIR, batch report DIR"
        raise UsageError(message)
    options = BatchOptions(
        concurrency=concurrency,
        requests_per_minute=requests_per_minute,
        budget=budget,
        credit_budget=credit_budget,
        max_failures=max_failures,
        retry_unknown=retry_unknown,
        retry_rejected=retry_rejected,
        retry_failed=retry_failed,
        allow_duplicates=allow_duplicates,
        results=results,
    )
    sdk = _sdk_of(program, base_url)
    title = f"{program.name} batch"
    on_problem = partial(_print_problem, title)
    run: Batch | ClusterRun
    if dask is None:
        run = Batch(lambda: AsyncBatch(sdk, rows, output, None, options, on_problem))
    else:
        run = ClusterRun(sdk, rows, output, dask, options, on_problem)
    return _follow(run, title, output)


def _follow(run: Batch | ClusterRun, title: str, output: Path) -> int:
    """Show a run until it ends; return the exit status."""
    try:
        with run, show_progress(title) as show:
            for _ in run:
                show(run.counts)
    except RowsError as error:  # each problem of a row is printed already
        message = f"{error.count} rows cannot be sent, and nothing was sent" if error.count else str(error)
        print(f"{title}: {message}", file=sys.stderr)
        return NOT_UNDERSTOOD
    except KeyboardInterrupt:
        print(f"{title}: stopped: all that came is saved, and the same command goes on", file=sys.stderr)
        raise
    counts = _counts_of(output)
    if run.stop_reason is not None:
        print(f"{title}: stopped: {run.stop_reason}; the same command goes on", file=sys.stderr)
    print(f"{title}: {_describe(counts)}; see {output / 'index.jsonl'}", file=sys.stderr)
    if counts.unknown:
        return _UNKNOWN
    return 0 if counts.done == counts.total else _FAILED


def _sdk_of(program: Program, base_url: str | None) -> BatchSdk:
    package = program.client.partition(".")[0]
    sdk: BatchSdk = load(f"{package}.batch:SDK")
    return sdk if base_url is None else sdk._replace(client=partial(sdk.client, base_url=base_url))


def _print_problem(title: str, line: int, problem: str) -> None:
    print(f"{title}: line {line}: {problem}", file=sys.stderr)


def _counts_of(folder: Path) -> Counts:
    journal = open_journal(folder)
    try:
        return journal.counts()
    finally:
        journal.close()


def _describe(counts: Counts) -> str:
    states = ", ".join(f"{number} {state}" for state in STATES if (number := getattr(counts, state)))
    return f"{counts.total} rows: {states}"


def _show_status(folder: Path) -> int:
    counts = _counts_of(folder)
    print(_describe(counts))
    print(f"{counts.requests} requests that may have been billed, {counts.credits:g} credits")
    return 0


def _write_report(folder: Path) -> int:
    print(write_report(folder))
    return 0
