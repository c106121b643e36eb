"""From rows that were read to a journal. All of them are checked before the first is sent."""

import hashlib
import json
from collections.abc import Callable

from .errors import JournalError, RowsError
from .journal import Journal
from .methods import Methods
from .options import BatchOptions
from .reading import FileSource, Source
from .rows import Row

# Problems that an error holds; `on_problem` gets all.
_MOST_PROBLEMS = 20

OnProblem = Callable[[int, str], None]


def fill(
    journal: Journal,
    source: Source,
    methods: Methods,
    options: BatchOptions,
    on_problem: OnProblem | None = None,
) -> None:
    """Put the rows of a source into a journal that is empty, or check that they are there.

    Args:
        journal: The journal.
        source: Where the rows come from.
        methods: What checks them.
        options: Whether rows without an id may be the same.
        on_problem: Called with the line and the problem of each row that cannot be sent.

    Raises:
        RowsError: Rows cannot be sent. None of them is in the journal.
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
        _add_rows(journal, source, methods, options, on_problem)
        journal.set_value("digest", digest or source.digest())


def _add_rows(
    journal: Journal, source: Source, methods: Methods, options: BatchOptions, on_problem: OnProblem | None
) -> None:
    problems: list[str] = []
    count = rows = 0
    for raw in source.rows():
        rows += 1
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
            f"{source.title}: {count} of {rows} rows cannot be sent, and nothing was: "
            + "; ".join(problems)
            + more,
            problems=problems,
            count=count,
        )
    if not rows:
        raise RowsError(f"{source.title}: there are no rows in it")


def _content(row: Row, options: BatchOptions) -> bytes | None:
    """Return a hash of a row that must be the only one of its kind; None for one that need not."""
    if row.has_own_id or options.allow_duplicates:
        return None
    return hashlib.sha256(json.dumps([row.job, row.arguments], sort_keys=True).encode()).digest()
