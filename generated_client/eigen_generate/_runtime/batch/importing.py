"""From rows that were read to a journal. All of them are checked before the first is sent."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator

from .errors import JournalError, RowsError, StoppedError
from .journal import Journal
from .methods import Methods
from .options import BatchOptions
from .reading import FileSource, Source
from .rows import RawRow, Row

# Problems that an error holds; `on_problem` gets all.
_MOST_PROBLEMS = 20

OnProblem = Callable[[int, str], None]


def fill(
    journal: Journal,
    source: Source,
    methods: Methods,
    options: BatchOptions,
    on_problem: OnProblem | None = None,
    is_interrupted: Callable[[], bool] = lambda: False,
) -> None:
    """Put the rows of a source into a journal that is empty, or check that they are there.

    Args:
        journal: The journal.
        source: Where the rows come from.
        methods: What checks them.
        options: Whether rows without an id may be the same.
        on_problem: Called with the line and the problem of each row that cannot be sent.
        is_interrupted: Whether to give up; asked for each row, because a million take minutes.

    Raises:
        RowsError: Rows cannot be sent. None of them is in the journal.
        StoppedError: It was interrupted. No row is in the journal.
        JournalError: The journal has other rows.
        BatchError: The source cannot be read.
    """
    # The hash of a file is made before its rows are read, so that a change in between shows in the next run.
    digest = source.digest() if isinstance(source, FileSource) or journal.is_complete() else None
    if journal.is_complete():
        if journal.value("digest") != digest:
            raise JournalError(
                f"{journal.path.parent}: {source.title} does not hold the rows that this batch began with",
                hint="Restore them to go on, or name another folder",
            )
        return
    with journal.importing():
        rows = _until(is_interrupted, source.rows())
        _add_rows(journal, source.title, rows, methods, options, on_problem)
        journal.set_value("digest", digest or source.digest())


def _until(is_interrupted: Callable[[], bool], rows: Iterable[RawRow]) -> Iterator[RawRow]:
    for row in rows:
        if is_interrupted():
            raise StoppedError("stopped before all rows were checked, and nothing was sent")
        yield row


def _add_rows(
    journal: Journal,
    title: str,
    rows: Iterable[RawRow],
    methods: Methods,
    options: BatchOptions,
    on_problem: OnProblem | None,
) -> None:
    problems: list[str] = []
    count = row_count = 0
    for raw in rows:
        row_count += 1
        row = methods.check(raw)
        problem = row if isinstance(row, str) else journal.add(row, _content(row, options))
        if problem is None:
            continue
        count += 1
        if on_problem is not None:
            on_problem(raw.line, problem)
        if len(problems) < _MOST_PROBLEMS:
            problems.append(f"line {raw.line}: {problem}")
    if count:
        more = f"; and {count - len(problems)} more" if count > len(problems) else ""
        raise RowsError(
            f"{title}: {count} of {row_count} rows cannot be sent, and nothing was: "
            + "; ".join(problems)
            + more,
            problems=problems,
            count=count,
        )
    if not row_count:
        raise RowsError(f"{title}: there are no rows in it")


def _content(row: Row, options: BatchOptions) -> bytes | None:
    """Return a hash of a row that must be the only one of its kind; None for one that need not."""
    if row.has_own_id or options.allow_duplicates:
        return None
    return hashlib.sha256(json.dumps([row.job, row.arguments], sort_keys=True).encode()).digest()
