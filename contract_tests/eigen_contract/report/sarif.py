"""A judgement as SARIF 2.1.0, for code scanning: each group of findings at its line of the contract."""

from typing import Any

from eigen_contract import __version__
from eigen_contract.identity import message_shape
from eigen_contract.report.lines import Lines
from eigen_contract.report.provenance import target_of
from eigen_contract.report.result import Group, Result
from eigen_contract.report.rules import rule_of
from eigen_contract.report.severity import MEANINGS, SEVERITIES

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(result: Result) -> dict[str, Any]:
    """Return the log, with one run."""
    lines = Lines.of(result.oracle.contract.data)
    checks = {group.check: group for group in reversed(result.groups)}
    driver = {
        "name": "eigen-contract",
        "version": __version__,
        "rules": [rule(group) for group in checks.values()],
    }
    numbers = {check: number for number, check in enumerate(checks)}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "automationDetails": {"id": f"eigen-contract/{target_of(result)}"},
                "columnKind": "unicodeCodePoints",
                "results": [
                    finding(group, numbers[group.check], result.spec_path, lines) for group in result.groups
                ],
            }
        ],
    }


def rule(group: Group) -> dict[str, Any]:
    """Describe a check; its severity is that of its worst group, which stands first."""
    severity = group.severity
    return {
        "id": group.check,
        "shortDescription": {"text": rule_of(group.check)},
        "fullDescription": {"text": f"{rule_of(group.check)} {MEANINGS[severity]}"},
        "defaultConfiguration": {"level": level(group)},
        "properties": {"tags": [severity], "problem.severity": problem_severity(group)},
    }


def finding(group: Group, rule_index: int, path: str, lines: Lines) -> dict[str, Any]:
    """Return one result: a group of findings at the line that its place of the contract has."""
    times = len(group.findings)
    message = group.first.message if times == 1 else f"{group.first.message} ({times} findings)"
    region = {"startLine": lines.of_pointer(group.pointer)}
    location = {
        "physicalLocation": {"artifactLocation": {"uri": path}, "region": region},
        "logicalLocations": [{"fullyQualifiedName": group.pointer}],
    }
    return {
        "ruleId": group.check,
        "ruleIndex": rule_index,
        "level": level(group),
        "message": {"text": message},
        "locations": [location],
        "occurrenceCount": times,
        "rank": float(100 - 20 * SEVERITIES.index(group.severity)),
        "partialFingerprints": {
            "checkAndPlace/v1": f"{group.check} {group.pointer}",
            "message/v1": message_shape(group.first.message),
        },
    }


def problem_severity(group: Group) -> str:
    """Return the word by which GitHub sorts rules that are not about security."""
    return {"note": "recommendation"}.get(level(group), level(group))


def level(group: Group) -> str:
    if group.excused:
        return "note"
    return "warning" if group.severity == "protocol" else "error"
