"""Parts of docs/benchmarks.md that a command of their own measures, and that outlive a run of the others."""

import re
from collections.abc import Sequence

REFERENCE_SERVER = "The reference server"
KEPT = (REFERENCE_SERVER,)
"""Headings of the sections that a full run of the bench leaves as they are."""


def with_section(page: str, heading: str, lines: Sequence[str]) -> str:
    """Return the page with this section in the place of the one before, or at its end."""
    section = "\n".join([f"## {heading}", "", *lines, ""])
    before = section_of(page, heading)
    if not before:
        return f"{page.rstrip()}\n\n{section}"
    is_last = page.endswith(before)
    return page.replace(before, section if is_last else f"{section}\n")


def with_kept_sections(page: str, earlier: str) -> str:
    """Return a new page with those sections of the earlier one that it does not measure."""
    kept = [section_of(earlier, heading).rstrip() for heading in KEPT]
    return "\n\n".join([page.rstrip(), *filter(None, kept)]) + "\n"


def section_of(page: str, heading: str) -> str:
    """Return a section with its heading, up to the next one; empty if there is none."""
    found = re.search(rf"^## {re.escape(heading)}\n.*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    return found[0] if found else ""
