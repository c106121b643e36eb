"""Writes an entry of the changelog, in the manner of https://keepachangelog.com/en/1.1.0/."""

import json
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from generator.diffing.change import Change, Severity
from generator.diffing.diff import Comparison

from .repository import RefusedError

SECTIONS = ("Added", "Changed", "Deprecated", "Removed", "Fixed")
_UNRELEASED = "## [Unreleased]"


def section(change: Change) -> str:
    """The heading under which a change stands."""
    if change.kind.endswith("deprecated") and "no-longer" not in change.kind:
        return "Deprecated"
    if change.kind.endswith("-added") and change.severity is Severity.ADDITIVE:
        return "Added"
    return (
        "Removed" if change.kind.endswith("-removed") and change.severity is Severity.BREAKING else "Changed"
    )


def entry(comparison: Comparison) -> str:
    """The sections of an entry, from what changed; breaking changes say so. Words alone are counted."""
    listed: dict[str, list[str]] = {name: [] for name in SECTIONS}
    for change in comparison.changes:
        if change.severity is not Severity.DOCUMENTATION:
            listed[section(change)].append(_line(change))
    texts = sum(change.severity is Severity.DOCUMENTATION for change in comparison.changes)
    if texts:
        listed["Changed"].append(f"- What {texts} places of the documentation say.")
    if not comparison.changes:
        listed["Fixed"].append("- The client's own workings; what it takes and gives is the same.")
    return _sections(listed)


def _line(change: Change) -> str:
    breaking = "**Breaking.** " if change.severity is Severity.BREAKING else ""
    if change.unannounced:
        breaking = "**Breaking, without a release in which it was deprecated.** "
    names = ", ".join(f"`{name}`" for name in change.names[:3])
    return f"- {breaking}{names}: {change.kind.replace('-', ' ')}{_values(change)}. {change.why}"


def _values(change: Change) -> str:
    """Return what is before and after a change, such as a status, if it is short enough for one line."""
    values = [value for value in (change.before, change.after) if value is not None]
    if not values or any(
        not isinstance(value, str | int | float) or len(str(value)) > 40 for value in values
    ):
        return ""
    # JSON writes `true`, as the contract does.
    return (
        f": {' → '.join(f'`{value if isinstance(value, str) else json.dumps(value)}`' for value in values)}"
    )


def _sections(listed: dict[str, list[str]]) -> str:
    blocks = [f"### {name}\n\n" + "\n".join(lines) for name, lines in listed.items() if lines]
    return "\n\n".join(blocks) + "\n"


def insert(path: Path, version: str, new: str, today: date) -> None:
    """Turn what is unreleased, and the entry, into the version's section.

    Raises RefusedError if there is no place for it.
    """
    text = path.read_text(encoding="utf-8")
    head, mark, rest = text.partition(f"{_UNRELEASED}\n")
    if not mark:
        raise RefusedError(f"{path.name} has no line `{_UNRELEASED}`; add one above the newest version")
    following = re.search(r"^## \[", rest, re.MULTILINE)
    unreleased, older = (rest[: following.start()], rest[following.start() :]) if following else (rest, "")
    merged = _sections(_merge(_read(unreleased), _read(new)))
    tail = f"\n{older}" if older else ""
    path.write_text(
        f"{head}{mark}\n## [{version}] - {today.isoformat()}\n\n{merged}{tail}",
        encoding="utf-8",
        newline="\n",
    )


def _read(text: str) -> dict[str, list[str]]:
    """The lines below each heading."""
    found: dict[str, list[str]] = {}
    for block in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        name, _, lines = block.partition("\n")
        found[name.strip()] = lines.strip().splitlines()
    return found


def _merge(*given: dict[str, list[str]]) -> dict[str, list[str]]:
    """Sections of one name become one; what people wrote comes first."""
    return {name: [line for one in given for line in one.get(name, ())] for name in _headings(given)}


def _headings(given: Iterable[dict[str, list[str]]]) -> list[str]:
    return list(dict.fromkeys([*SECTIONS, *(name for one in given for name in one)]))
