"""Writes a review of a change as a comment of a pull request, in GitHub's Markdown.

Every text of the contract stands in a code span or a code block; see `markdown`.
"""

import json
from typing import Any

from ..errors import GeneratorError
from ..loading.json_data import is_object
from .advice import advise
from .change import Change, Severity
from .evidence_labels import EvidenceChange
from .kinds import UNANNOUNCED
from .markdown import Section, assemble, code_block, code_span
from .report import Comparison
from .review import Review

# A comment is read on a screen. What is longer stands in the files that the pull request shows.
_MAX_SIGNATURE_LINES = 200
_MAX_LINE = 160
_MAX_NAMES = 3
_BREAKING_TWICE = "breaking twice over"


def format_comment(review: Review) -> str:
    """Return the comment on a change: the verdict, then what it rests on."""
    head = "\n\n".join([f"## Contract change: {_name_verdict(review)}", "\n".join(_list_points(review))])
    return assemble(head, _list_sections(review))


def format_fault(error: GeneratorError) -> str:
    """Return the comment on a contract that cannot be used."""
    text = "Nothing can be said about this change until the fault is mended:"
    return assemble(
        "## Contract change: the contract is not valid", [Section(text, (code_block([str(error)]),))]
    )


def _name_verdict(review: Review) -> str:
    changes = review.comparison.changes
    if not changes:
        return "nothing changes for callers"
    if any(change.unannounced for change in changes):
        return _BREAKING_TWICE
    # The changes are sorted, the most severe first.
    return changes[0].severity.value


def _list_points(review: Review) -> list[str]:
    """Return the summary as items: the counts, the version, the client, the examples, the evidence."""
    points = [
        f"- **Changes:** {_count_changes(review.comparison)}",
        f"- **Version:** {_version_point(review)}",
    ]
    left_out_count = len(review.comparison.new_left_out)
    if left_out_count:
        parts = _count(left_out_count, "part")
        points.append(f"- **Left out:** {parts} of the contract that cannot be built; the log lists them.")
    if review.client is not None:
        points.append(f"- **Client:** {_client_point(review)}")
    if review.unrecorded is not None:
        count = len(review.unrecorded)
        text = f"{_count(count, 'named example')} without a recorded answer" if count else "all are recorded"
        points.append(f"- **Examples:** {text}.")
    if review.evidence:
        points.append(f"- **Evidence:** {_evidence_point(review.evidence)}.")
    return points


def _count_changes(comparison: Comparison) -> str:
    if not comparison.changes:
        return "none."
    counts: list[str] = []
    for severity in Severity:
        count = sum(change.severity is severity for change in comparison.changes)
        if count:
            counts.append(f"{count} {severity.value}")
    unannounced = sum(change.unannounced for change in comparison.changes)
    if unannounced:
        counts[0] += f" ({unannounced} of them twice over)"
    return f"{', '.join(counts)}."


def _version_point(review: Review) -> str:
    counted = review.counted
    released = review.since_release
    source = f"the release {code_span(released.old.path)}" if released else "the old contract"
    text = f"{code_span(counted.next_version)} follows from {code_span(counted.version)} of {source}; "
    text += f"{code_span(counted.declared_version)} is declared."
    if review.needs_version:
        text += f" **Refused:** raise `x-sdk.version` to {code_span(counted.next_version)}, or allow the "
        text += "break: `--allow-breaking`, which a label of the pull request stands for."
    elif review.comparison.is_breaking and not review.declares_next_version:
        text += " The break is allowed all the same."
    return text


def _client_point(review: Review) -> str:
    folder = code_span(review.client)
    if not review.drift:
        return f"{folder} is what the contract makes."
    files = _count(len(review.drift), "file")
    return f"**Refused:** {folder} differs from what the contract makes, in {files}; build it and commit it."


def _evidence_point(changes: tuple[EvidenceChange, ...]) -> str:
    added = sum(change.before is None for change in changes)
    removed = sum(change.after is None for change in changes)
    replaced = len(changes) - added - removed
    counts = ((added, "added"), (removed, "removed"), (replaced, "replaced"))
    return ", ".join(f"{_count(count, 'label')} {verb}" for count, verb in counts if count)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _list_sections(review: Review) -> list[Section]:
    comparison = review.comparison
    sections: list[Section] = []
    if comparison.signature_diff:
        lines = [_cut(line) for line in comparison.signature_diff[:_MAX_SIGNATURE_LINES]]
        left_out = len(comparison.signature_diff) - len(lines)
        if left_out:
            lines.append(f" … and {_count(left_out, 'line')} more")
        sections.append(Section("### What callers see", (code_block(lines, "diff"),)))
    for severity in Severity:
        changes = [change for change in comparison.changes if change.severity is severity]
        if changes:
            folded = severity is not Severity.BREAKING
            heading = f"{severity.value.capitalize()} ({len(changes)})"
            entries = tuple(_format_change(comparison, change) for change in changes)
            sections.append(Section(heading if folded else f"### {heading}", entries, folded))
    if review.drift:
        entries = tuple(f"- {code_span(text.splitlines()[0])}" for text in review.drift)
        sections.append(Section(f"Files of the client that differ ({len(entries)})", entries, folded=True))
    if review.unrecorded:
        entries = tuple(
            f"- {code_span(example.name)} at {code_span('#' + example.pointer)}"
            for example in review.unrecorded
        )
        sections.append(Section(f"Examples without a recorded answer ({len(entries)})", entries, folded=True))
    if review.evidence:
        entries = tuple(map(_format_evidence, review.evidence))
        sections.append(Section(f"Labels of evidence ({len(entries)})", entries, folded=True))
    return sections


def _cut(line: str) -> str:
    return line if len(line) <= _MAX_LINE else f"{line[: _MAX_LINE - 1]}…"


def _format_change(comparison: Comparison, change: Change) -> str:
    """Return an item: names, kind with values, reason, what callers must do, place."""
    names = ", ".join(map(code_span, change.names[:_MAX_NAMES]))
    if len(change.names) > _MAX_NAMES:
        names += f" and {len(change.names) - _MAX_NAMES} more"
    values = ""
    if change.before is not None or change.after is not None:
        values = f": {_format_value(change.before)} → {_format_value(change.after)}"
    lines = [f"- {names}: {change.kind.replace('-', ' ')}{values}.", change.why]
    if change.unannounced:
        lines.append(f"**{UNANNOUNCED}**")
    lines.append(f"Callers: {advise(change) or 'nothing to do.'}{_name_replacement(change)}")
    document = comparison.new if change.document == "new" else comparison.old
    place = f"{code_span('#' + change.pointer, limit=400)} in {code_span(document.path)}"
    lines.append(f"{place}, line {change.line}" if change.line is not None else place)
    return "\n  ".join(lines)


def _name_replacement(change: Change) -> str:
    """Return the sentences that say what to use in place of something that became deprecated."""
    if not change.kind.endswith("-deprecated") or not is_object(change.after):
        return ""
    replacement, note = change.after.get("replacement"), change.after.get("note")
    return (f" Use {code_span(replacement)}." if replacement else "") + (
        f" {code_span(note)}" if note else ""
    )


def _format_value(value: Any) -> str:
    return "nothing" if value is None else code_span(json.dumps(value, ensure_ascii=False, default=str))


def _format_evidence(change: EvidenceChange) -> str:
    before, after = (
        "no label" if label is None else code_span(label) for label in (change.before, change.after)
    )
    return f"- {code_span('#' + change.pointer, limit=400)}: {before} → {after}"
