"""A judgement as JUnit XML, for continuous integration."""

import xml.etree.ElementTree as ET

from eigen_contract.report.bodies import Bodies
from eigen_contract.report.commands import curl
from eigen_contract.report.result import Group, Result
from eigen_contract.report.rules import rule_of


def as_junit(result: Result) -> str:
    """Return a test for each phase, which passed as far as no finding says otherwise, and for each group."""
    judgement = result.judgement
    suite = ET.Element("testsuite", name=f"eigen-contract {judgement.target}")
    for phase_result in judgement.phase_results:
        ET.SubElement(
            suite,
            "testcase",
            classname=judgement.target,
            name=phase_result.phase,
            time=f"{phase_result.seconds:.3f}",
        )
    for group in result.groups:
        add(suite, group)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(result.failing)))
    suite.set("skipped", str(len(result.excused)))
    return ET.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def add(suite: ET.Element, group: Group) -> None:
    """Add a group: a failure, or a skipped test if it speaks against the spec alone."""
    case = ET.SubElement(suite, "testcase", classname=group.check, name=group.pointer)
    kind = "skipped" if group.excused else "failure"
    outcome = ET.SubElement(case, kind, message=printable(group.first.message))
    command = curl(group.exchange, Bodies.of(group).request) if group.exchange else ""
    outcome.text = printable("\n".join([rule_of(group.check), f"{len(group.findings)} times", command]))


def printable(text: str) -> str:
    """Replace the characters that XML 1.0 cannot hold (section 2.2)."""
    return "".join(letter if allowed(letter) else "\ufffd" for letter in text)


def allowed(letter: str) -> bool:
    return (
        letter in "\t\n" or " " <= letter <= "\ud7ff" or "\ue000" <= letter <= "\ufffd" or letter > "\uffff"
    )
