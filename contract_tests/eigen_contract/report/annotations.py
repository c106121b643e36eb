"""A judgement as annotations of GitHub Actions, which a pull request shows beside the contract's lines."""

from collections.abc import Iterator

from eigen_contract.report.lines import Lines
from eigen_contract.report.result import Group, Result

SHOWN = 10
"""Annotations of one kind that GitHub shows for a step; what goes beyond is only in the log."""


def as_annotations(result: Result) -> str:
    """Return a workflow command for each cause; groups that follow from one are only counted."""
    lines = Lines.of(result.oracle.contract.data)
    return "\n".join(annotation(result, group, lines) for group in result.causes[:SHOWN])


def annotation(result: Result, group: Group, lines: Lines) -> str:
    properties = {
        "file": result.spec_path,
        "line": str(lines.of_pointer(group.pointer)),
        "title": f"{group.check} ({group.severity})",
    }
    written = ",".join(f"{name}={property_text(value)}" for name, value in properties.items())
    return f"::{kind(group)} {written}::{text('. '.join(sentences(result, group)))}"


def sentences(result: Result, group: Group) -> Iterator[str]:
    times = len(group.findings)
    yield group.first.message if times == 1 else f"{group.first.message} ({times} findings)"
    if effects := result.effects(group):
        yield f"From this probably follow: {', '.join(effect.check for effect in effects)}"


def kind(group: Group) -> str:
    if group.excused:
        return "notice"
    return "warning" if group.severity == "protocol" else "error"


def text(value: str) -> str:
    """Escape a text, so that it stays in its line (as `@actions/core` does, in command.ts)."""
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def property_text(value: str) -> str:
    return text(value).replace(":", "%3A").replace(",", "%2C")
