"""Formats a comparison as text for people, and as JSON for programs."""

import json
from collections.abc import Iterable
from typing import Any

from attrs import frozen

from ..loading.document import Document
from ..validation.pruning import RemovedPart
from .change import Change, Severity
from .kinds import UNANNOUNCED
from .version import next_version

# Limits that keep each line of the text report short; the JSON report has everything.
_MOST_NAMES = 3
_MOST_CHARACTERS = 60


# The change of the number itself, from which no version follows.
VERSION_CHANGED = "sdk-version-changed"


@frozen
class Comparison:
    """All changes between two contracts, breaking changes first.

    `version` is the SDK's version in the old document, `declared_version` the one in the new document.
    `signature_diff` are the lines of the signatures that differ, as a unified diff. `old_left_out` and
    `new_left_out` are the parts of the documents that no client has, because they cannot be built.
    """

    old: Document
    new: Document
    changes: tuple[Change, ...]
    version: str
    declared_version: str
    signature_diff: tuple[str, ...] = ()
    old_left_out: tuple[RemovedPart, ...] = ()
    new_left_out: tuple[RemovedPart, ...] = ()

    @property
    def is_breaking(self) -> bool:
        """Whether a program that worked may fail."""
        return any(change.severity is Severity.BREAKING for change in self.changes)

    @property
    def next_version(self) -> str:
        """The version that the next release of the SDK should have, whatever the new document declares."""
        changes = [change for change in self.changes if change.kind != VERSION_CHANGED]
        return next_version(self.version, changes)


def format_json(comparison: Comparison) -> str:
    """Return a comparison as one JSON object, which report.schema.json describes."""
    report: dict[str, Any] = {
        "old": {
            "path": str(comparison.old.path),
            "version": comparison.version,
            "left_out": _left_out_as_json(comparison.old_left_out),
        },
        "new": {
            "path": str(comparison.new.path),
            "version": comparison.declared_version,
            "left_out": _left_out_as_json(comparison.new_left_out),
        },
        "breaking": comparison.is_breaking,
        "next_version": comparison.next_version,
        "changes": [change.as_json() for change in comparison.changes],
    }
    return json.dumps(report, indent=2, ensure_ascii=False, default=str)


def _left_out_as_json(removed_parts: Iterable[RemovedPart]) -> list[dict[str, str]]:
    return [{"pointer": part.pointer, "why": part.fault.problem} for part in removed_parts]


def format_text(comparison: Comparison) -> str:
    """Return a comparison as text: a paragraph for each severity that occurs, then the version."""
    if not comparison.changes:
        return f"Nothing changes for callers. The version stays {comparison.version}."
    paragraphs: list[str] = []
    for severity in Severity:
        changes = [change for change in comparison.changes if change.severity is severity]
        if changes:
            heading = f"{severity.value} ({len(changes)})"
            paragraphs.append(
                "\n".join([heading, *(_format_change(comparison, change) for change in changes)])
            )
    paragraphs.append(f"version {comparison.version} -> {comparison.next_version}")
    return "\n\n".join(paragraphs)


def _format_change(comparison: Comparison, change: Change) -> str:
    """Return the lines of a change: names, kind with values, reason, place in the file."""
    document = comparison.new if change.document == "new" else comparison.old
    place = f"{document.path}:{change.line}" if change.line is not None else f"{document.path}"
    names = ", ".join(change.names[:_MOST_NAMES])
    if len(change.names) > _MOST_NAMES:
        names += f" and {len(change.names) - _MOST_NAMES} more"
    values = ""
    if change.before is not None or change.after is not None:
        values = f": {_format_value(change.before)} -> {_format_value(change.after)}"
    lines = [names, f"{change.kind}{values}", change.why]
    if change.unannounced:
        lines.append(UNANNOUNCED)
    return "\n      ".join(["  " + lines[0], *lines[1:], f"{place} #{change.pointer}"])


def _format_value(value: Any) -> str:
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 3]}..."
