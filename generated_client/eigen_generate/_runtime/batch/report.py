"""Writes a page about a batch: what became of its rows, by job, and those that need a decision."""

from itertools import islice
from pathlib import Path

from ..response.saving import save
from .folder import REPORT, open_journal
from .optional import import_optional

_TEMPLATE = Path(__file__).with_name("report.html.jinja")
# Rows that a page lists; the index has all.
_MOST_ROWS = 1000


def write_report(folder: Path) -> Path:
    """Write `report.html` into the folder of a batch, also during a run, and return its path.

    Raises BatchError if there is no batch, and SaveError if the file cannot be written.
    """
    environment = import_optional("jinja2").Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    journal = open_journal(folder)
    try:
        problems = list(islice(journal.results(("unknown", "failed", "rejected")), _MOST_ROWS))
        page: str = template.render(
            folder=folder.absolute().name,
            counts=journal.counts(),
            summaries=journal.summaries(),
            problems=problems,
            most_rows=_MOST_ROWS,
        )
    finally:
        journal.close()
    return save(folder / REPORT, page.encode(errors="replace"))
