"""What was sent, against what, and what came of it, in numbers."""

from collections import Counter
from collections.abc import Iterable

from eigen_contract.report.markup import Markup, element
from eigen_contract.report.provenance import recorded, seconds_of, target_of, versions
from eigen_contract.report.result import Result
from eigen_contract.report.sections.frame import section, term
from eigen_contract.report.severity import MEANINGS, SEVERITIES
from eigen_contract.report.tables import row, table


def summary(result: Result) -> Markup:
    """Show the run in numbers."""
    judgement = result.judgement
    phases = [
        row(
            phase_result.phase,
            str(phase_result.exchanges),
            str(len(phase_result.findings)),
            f"{phase_result.seconds:.1f}",
        )
        for phase_result in judgement.phase_results
    ]
    return section(
        "summary",
        element("dl", *cards(result), class_="cards"),
        *severities(result),
        element("dl", *(part for pair in facts(result) for part in pair), class_="terms run"),
        *(element("p", sentence(note), class_="note") for note in judgement.notes),
        table("Phases", ("phase", "exchanges", "findings", "seconds"), phases),
    )


def cards(result: Result) -> Iterable[Markup]:
    judgement = result.judgement
    states = judgement.survey.coverage.states()
    never = sum(entry.standing == "never touched" for entry in result.ledger.entries)
    values = (
        ("exchanges", f"{judgement.exchanges:,}"),
        ("causes", f"{sum(not group.excused for group in result.causes):,}"),
        ("findings", f"{sum(len(group.findings) for group in result.failing):,}"),
        ("for the ledger", f"{sum(len(group.findings) for group in result.excused):,}"),
        ("keywords touched both ways", f"{states['both']} of {states.total()}"),
        ("statements touched", f"{len(result.ledger.entries) - never} of {len(result.ledger.entries)}"),
    )
    return [element("div", element("dt", name), element("dd", value)) for name, value in values]


def severities(result: Result) -> Iterable[Markup]:
    """List the severities of the causes, the worst first, with what each means."""
    counted = Counter(group.severity for group in result.causes if not group.excused)
    listed = [
        element(
            "li",
            element("span", severity, class_=f"severity {severity.replace(' ', '-')}"),
            f" {counted[severity]}: {MEANINGS[severity]}",
        )
        for severity in SEVERITIES
        if counted[severity]
    ]
    if listed:
        yield element("ul", *listed, class_="severities")


def facts(result: Result) -> Iterable[Iterable[Markup]]:
    """Say what was judged, when and by what."""
    judgement = result.judgement
    yield term("Target", element("code", target_of(result)), f" (origin {judgement.origin})")
    yield term("Recorded", element("time", recorded(result), datetime=recorded(result)))
    yield term("Duration", f"{seconds_of(result):.1f} s")
    yield term("Seed", str(judgement.seed))
    budget = "no limit" if judgement.budget is None else f"{judgement.budget:,} requests"
    yield term("Budget", budget)
    yield term("Contract", element("code", judgement.spec_sha256[:12]), f" ({result.spec_path})")
    yield term("Versions", ", ".join(f"{name} {version}" for name, version in versions(result).items()))


def sentence(note: str) -> str:
    return f"{note[:1].upper()}{note[1:]}."
