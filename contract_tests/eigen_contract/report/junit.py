"""A judgement as JUnit XML, for continuous integration: a test case for each check and operation."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence

from eigen_contract.checks import CHECKS
from eigen_contract.report.bodies import BodyFiles
from eigen_contract.report.commands import curl
from eigen_contract.report.provenance import recorded, seconds_of, target_of, versions
from eigen_contract.report.result import Group, Result
from eigen_contract.report.rules import rule_of
from eigen_contract.scenarios import SCENARIOS

NO_OPERATION = "no operation"
"""Class of the cases whose requests fit no operation of the contract, or that sent nothing."""
Case = tuple[str, str]
"""An operation id, and the name of a check or a scenario."""
PACKAGE = "eigen_contract"


def as_junit(result: Result, files: BodyFiles) -> str:
    """Return the document: failed where it failed, skipped where nothing was judged.

    Args:
        files: names the bodies that the commands send.
    """
    suite = ET.Element("testsuite", name=f"eigen-contract {target_of(result)}")
    found = found_cases(result)
    judged = [case for case in result.judgement.survey.judged if case not in found]
    for case in sorted([*found, *judged]):
        add_case(suite, case, found.get(case, ()), files)
    for case in sorted(not_judged(result, [*found, *judged])):
        reason = f"nothing was judged: this run has no exchange for it. {rule_of(case[1])}"
        skipped = ET.SubElement(case_element(suite, case), "skipped", message=reason)
        skipped.text = rule_of(case[1])
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", "0")
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    suite.set("time", f"{seconds_of(result):.3f}")
    suite.set("timestamp", recorded(result).removesuffix("+00:00"))
    suite.insert(0, properties(result))
    whole = ET.Element("testsuites")
    whole.append(suite)
    return ET.tostring(whole, encoding="unicode", xml_declaration=True) + "\n"


def properties(result: Result) -> ET.Element:
    """Return what the run was: target, seed, contract, versions."""
    listed = ET.Element("properties")
    judgement = result.judgement
    values = {"target": target_of(result), "seed": str(judgement.seed), "spec_sha256": judgement.spec_sha256}
    for name, value in {**values, **versions(result)}.items():
        ET.SubElement(listed, "property", name=name, value=printable(value))
    return listed


def found_cases(result: Result) -> dict[Case, list[Group]]:
    """Return the groups of findings of each case; a group that is about two operations is in both."""
    cases: dict[Case, list[Group]] = {}
    for group in result.groups:
        for operation in dict.fromkeys(operations_of(result, group)):
            cases.setdefault((operation, group.check), []).append(group)
    return cases


def operations_of(result: Result, group: Group) -> Iterable[str]:
    """Yield the operation of each finding of a group."""
    for finding in group.findings:
        if finding.exchange is None:
            yield ""
            continue
        request = finding.exchange.request
        operation = result.oracle.contract.operation(request.method, request.path)
        yield operation.id if operation else ""


def not_judged(result: Result, known: Iterable[Case]) -> set[Case]:
    """Return the checks that judged nothing of an operation, and the scenarios that were not run."""
    listed = set(known)
    operations = [operation.id for operation in result.oracle.contract.operations]
    checks = {(operation, check.name) for operation in operations for check in CHECKS}
    names = {name for _, name in listed}
    scenarios = {("", scenario.name) for scenario in SCENARIOS if scenario.name not in names}
    return (checks - listed) | scenarios


def add_case(suite: ET.Element, case: Case, groups: Sequence[Group], files: BodyFiles) -> None:
    """Add a case: passed, failed, or skipped if all that was found speaks against the contract alone."""
    element = case_element(suite, case)
    failing = [group for group in groups if not group.excused]
    excused = [group for group in groups if group.excused]
    if shown := failing or excused:
        kind = "failure" if failing else "skipped"
        times = sum(len(group.findings) for group in shown)
        message = shown[0].first.message if times == 1 else f"{shown[0].first.message} ({times} findings)"
        outcome = ET.SubElement(element, kind, message=printable(message))
        if failing:
            outcome.set("type", failing[0].severity)
        outcome.text = printable(
            "\n\n".join([rule_of(case[1]), *(describe(group, files) for group in shown)])
        )


def case_element(suite: ET.Element, case: Case) -> ET.Element:
    operation, name = case
    return ET.SubElement(suite, "testcase", classname=f"{PACKAGE}.{operation or NO_OPERATION}", name=name)


def describe(group: Group, files: BodyFiles) -> str:
    """Write what was found, where, how often, and the command that shows it again."""
    lines = [f"{group.severity}, {len(group.findings)} times at {group.pointer}: {group.first.message}"]
    if group.cause:
        lines.append(f"It probably follows from finding {group.cause} of report.html.")
    if group.exchange:
        lines.append(curl(group.exchange, files.names(group.exchange)[0]))
    return "\n".join(lines)


def printable(text: str) -> str:
    """Replace the characters that XML 1.0 cannot hold (section 2.2)."""
    return "".join(letter if allowed(letter) else "\ufffd" for letter in text)


def allowed(letter: str) -> bool:
    return (
        letter in "\t\n" or " " <= letter <= "\ud7ff" or "\ue000" <= letter <= "\ufffd" or letter > "\uffff"
    )
