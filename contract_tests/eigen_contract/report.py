"""Writes a judgement down: text for a terminal, JSON for programs, JUnit for continuous integration."""

import json
import shlex
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from eigen_contract.exchange import Exchange, Finding
from eigen_contract.runner import Judgement

SHOWN = 400
"""Bytes of a body that a report quotes."""


@frozen
class Group:
    """Findings of one check at one place of the spec: they have one cause, most likely."""

    check: str
    pointer: str
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        return self.findings[0]


def grouped(findings: Sequence[Finding]) -> list[Group]:
    """Group findings, in the order of their first appearance."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.check, finding.pointer), []).append(finding)
    return [Group(check, pointer, tuple(members)) for (check, pointer), members in groups.items()]


def as_text(judgement: Judgement, findings: Sequence[Finding]) -> str:
    """Write a judgement for a terminal."""
    lines = [f"target {judgement.target}, spec {judgement.spec_sha256[:12]}, seed {judgement.seed}"]
    lines += judgement.notes
    lines += [
        f"  {one.phase:<9} {one.exchanges:>6} exchanges {len(one.findings):>5} findings {one.seconds:>7.1f} s"
        for one in judgement.tallies
    ]
    for group in grouped(findings):
        lines += [
            "",
            f"{group.check} at {group.pointer}: {len(group.findings)} times",
            f"  {group.first.message}",
        ]
        if group.first.exchange:
            lines += [f"  from {group.first.exchange.label}", f"  {curl(group.first.exchange)}"]
    verdict = "clean" if not findings else f"{len(findings)} findings"
    return "\n".join([*lines, "", f"{judgement.exchanges} exchanges: {verdict}"])


def curl(exchange: Exchange, base_url: str = "$BASE_URL") -> str:
    """Write the command that sends a request again; the key and the host are the reader's."""
    request = exchange.request
    words = ["curl", "-sS", "-X", request.method, f'"{base_url}{request.target}"']
    if request.auth == "good":
        words += ["-H", '"Authorization: Bearer $EIGENAI_API_KEY"']
    words += [word for name, value in request.headers for word in ("-H", shlex.quote(f"{name}: {value}"))]
    if request.body:
        text = request.body.decode("utf-8", "backslashreplace")
        words += ["--data-binary", shlex.quote(text if len(text) <= SHOWN else text[:SHOWN] + "…")]
    return " ".join(words)


def as_json(judgement: Judgement, findings: Sequence[Finding]) -> dict[str, Any]:
    """Return a judgement as a JSON document. Seconds are the only values that change from run to run."""
    return {
        "target": judgement.target,
        "spec_sha256": judgement.spec_sha256,
        "seed": judgement.seed,
        "notes": list(judgement.notes),
        "phases": [
            {"name": tally.phase, "exchanges": tally.exchanges, "seconds": round(tally.seconds, 3)}
            for tally in judgement.tallies
        ],
        "findings": [
            {
                "check": group.check,
                "pointer": group.pointer,
                "times": len(group.findings),
                "message": group.first.message,
                "exchange": exchange_as_json(group.first.exchange),
            }
            for group in grouped(findings)
        ],
    }


def exchange_as_json(exchange: Exchange | None) -> dict[str, Any] | None:
    if exchange is None:
        return None
    request, response = exchange.request, exchange.response
    return {
        "label": exchange.label,
        "request": {
            "method": request.method,
            "target": request.target,
            "auth": request.auth,
            "headers": [list(pair) for pair in request.headers],
            "body": quoted(request.body),
        },
        "response": {
            "status": response.status,
            "headers": [list(pair) for pair in response.headers],
            "body": quoted(response.body),
        },
        "curl": curl(exchange),
    }


def quoted(body: bytes) -> str:
    """Quote the beginning of a body as text."""
    return body[:SHOWN].decode("utf-8", "backslashreplace")


def as_junit(judgement: Judgement, findings: Sequence[Finding]) -> str:
    """Return a judgement as JUnit XML: a test for each phase that passed and for each group of findings."""
    suite = ET.Element("testsuite", name=f"eigen-contract {judgement.target}")
    for tally in judgement.tallies:
        ET.SubElement(suite, "testcase", classname=judgement.target, name=tally.phase)
    for group in grouped(findings):
        case = ET.SubElement(suite, "testcase", classname=group.check, name=group.pointer)
        failure = ET.SubElement(case, "failure", message=printable(group.first.message))
        failure.text = printable(curl(group.first.exchange)) if group.first.exchange else ""
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(grouped(findings))))
    return ET.tostring(suite, encoding="unicode", xml_declaration=True)


def printable(text: str) -> str:
    """Replace the characters that XML 1.0 cannot hold."""
    return "".join(letter if letter in "\t\n" or " " <= letter <= "\ud7ff" else "\ufffd" for letter in text)


def write(folder: Path, judgement: Judgement, findings: Sequence[Finding]) -> None:
    """Write all reports into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    document = json.dumps(as_json(judgement, findings), indent=1, ensure_ascii=True)
    (folder / "report.json").write_text(document + "\n", "utf-8")
    (folder / "report.txt").write_text(
        as_text(judgement, findings) + "\n", "utf-8", errors="backslashreplace"
    )
    (folder / "junit.xml").write_text(as_junit(judgement, findings), "utf-8")
