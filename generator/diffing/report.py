"""Says a comparison to people, and to programs."""

import json
from typing import Any

from attrs import frozen

from ..spec import Document
from .change import Change, Severity
from .version import next_version


@frozen
class Comparison:
    """All changes, the heaviest first, and the version that the next release of the SDK should have."""

    old: Document
    new: Document
    changes: tuple[Change, ...]
    version: str
    declared: str

    @property
    def is_breaking(self) -> bool:
        """Whether a program that worked may fail."""
        return any(change.severity is Severity.BREAKING for change in self.changes)

    @property
    def next_version(self) -> str:
        """The version that follows from the old one."""
        return next_version(self.version, self.changes)


def as_json(comparison: Comparison) -> str:
    """One JSON object, of the shape that report.schema.json says."""
    said: dict[str, Any] = {
        "old": {"path": str(comparison.old.path), "version": comparison.version},
        "new": {"path": str(comparison.new.path), "version": comparison.declared},
        "breaking": comparison.is_breaking,
        "next_version": comparison.next_version,
        "changes": [change.as_json() for change in comparison.changes],
    }
    return json.dumps(said, indent=2, ensure_ascii=False, default=str)


def as_text(comparison: Comparison) -> str:
    """A paragraph for each severity that occurs, then the version."""
    if not comparison.changes:
        return f"nothing changes for callers; the version stays {comparison.version}"
    blocks: list[str] = []
    for severity in Severity:
        changes = [change for change in comparison.changes if change.severity is severity]
        if changes:
            blocks.append(
                "\n".join(
                    [f"{severity.value} ({len(changes)})", *(_lines(comparison, one) for one in changes)]
                )
            )
    blocks.append(f"version {comparison.version} -> {comparison.next_version}")
    return "\n\n".join(blocks)


def _lines(comparison: Comparison, change: Change) -> str:
    document = comparison.new if change.document == "new" else comparison.old
    place = f"{document.path}:{change.line}" if change.line is not None else f"{document.path}"
    names = ", ".join(change.names[:3]) + (
        f" and {len(change.names) - 3} more" if len(change.names) > 3 else ""
    )
    values = [_short(value) for value in (change.before, change.after)]
    became = f": {values[0]} -> {values[1]}" if change.before is not None or change.after is not None else ""
    return f"  {names}\n      {change.kind}{became}\n      {change.why}\n      {place} #{change.pointer}"


def _short(value: Any) -> str:
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:57]}..."
