"""A judgement for a terminal."""

from collections.abc import Iterator

from eigen_contract.ledger import WEAK, Ledger
from eigen_contract.one_line import as_one_line
from eigen_contract.report.commands import curl, needs_file
from eigen_contract.report.provenance import recorded, target_of, versions
from eigen_contract.report.result import Group, Result
from eigen_contract.report.trend import EarlierFinding, Trend

LISTED = 12
"""Statements that a terminal lists as never touched; a report lists all."""


def as_text(result: Result, *, is_whole: bool = False) -> str:
    """Write a judgement as text: the worst finding first, and what follows from it below it.

    Args:
        is_whole: whether all statements that nothing touched are listed; a terminal shows the first of them.
    """
    judgement = result.judgement
    lines = [*head_lines(result), *map(as_one_line, judgement.notes)]
    lines += [
        f"  {phase_result.phase:<9} {phase_result.exchanges:>6} exchanges "
        f"{len(phase_result.findings):>5} findings {phase_result.seconds:>7.1f} s"
        for phase_result in judgement.phase_results
    ]
    for group in result.causes:
        lines += ["", *group_lines(group), *(effect_line(effect) for effect in result.effects(group))]
    if result.trend.is_known:
        lines += ["", *trend_lines(result, result.trend)]
    lines += ["", *ledger_lines(result.ledger, None if is_whole else LISTED)]
    return "\n".join([*lines, "", f"{judgement.exchanges} exchanges: {result.verdict}"])


def head_lines(result: Result) -> Iterator[str]:
    judgement = result.judgement
    budget = "" if judgement.budget is None else f", budget {judgement.budget}"
    yield (
        f"target {target_of(result)}, spec {judgement.spec_sha256[:12]}, seed {judgement.seed}{budget}, "
        f"{recorded(result)}"
    )
    yield ", ".join(f"{name} {version}" for name, version in versions(result).items())


def group_lines(group: Group) -> Iterator[str]:
    """Write one group of findings."""
    speaks = "for the ledger: " if group.excused else ""
    yield as_one_line(
        f"{speaks}{group.check} at {group.pointer} ({group.severity}): {times(group)}{answered(group)}"
    )
    yield f"  {as_one_line(group.first.message)}"
    if group.facts:
        yield f"  rests on what is {group.label}: {group.facts[0].pointer}"
    if group.exchange:
        yield f"  from {group.exchange.label}"
        in_file = needs_file(group.exchange.request.body)
        yield (
            "  its body is too long for a command line; --report DIR keeps it"
            if in_file
            else f"  {curl(group.exchange)}"
        )


def answered(group: Group) -> str:
    return f", answered {group.answer}" if group.answer else ""


def effect_line(group: Group) -> str:
    return f"  probably follows from it: {group.check}, {times(group)}: {as_one_line(group.first.message)}"


def times(group: Group) -> str:
    count = len(group.findings)
    return "once" if count == 1 else f"{count} times"


def trend_lines(result: Result, trend: Trend) -> Iterator[str]:
    """Write what changed since the earlier report."""
    yield f"compared with the report of {trend.since}:"
    checks = {group.number: group for group in result.groups}
    for number in sorted(trend.new):
        yield f"  new: {checks[number].check} at {checks[number].pointer}, {times(checks[number])}"
    for number, before in trend.remaining:
        yield (
            f"  still there: {checks[number].check} at {checks[number].pointer}, {before} times before, "
            + (f"{times(checks[number])} now")
        )
    yield from (f"  fixed: {earlier(finding)}" for finding in trend.fixed)
    yield from (f"  not judged this time: {earlier(finding)}" for finding in trend.not_judged)


def earlier(finding: EarlierFinding) -> str:
    return f"{finding.check} at {finding.pointer}, {finding.times} times before"


def ledger_lines(ledger: Ledger, listed: int | None) -> Iterator[str]:
    """Write how the statements of the spec stand: counts for each label, then what is open or denied."""
    yield f"the ledger, from answers of origin {ledger.origin}:"
    for label, counted in ledger.count().items():
        shown = ", ".join(f"{number} {standing}" for standing, number in sorted(counted.items()))
        yield f"  {label:<9} {shown or 'none'}"
    for entry in ledger.standing("contradicted", "inconsistent"):
        yield f"  {entry.standing}: {entry.fact.pointer} ({entry.fact.label})"
    open_facts = [
        entry for entry in ledger.standing("never touched") if entry.fact.label in {*WEAK, "observed"}
    ]
    for entry in open_facts[:listed]:
        yield f"  never touched: {entry.fact.pointer} ({entry.fact.label})"
    if listed is not None and len(open_facts) > listed:
        yield f"  … and {len(open_facts) - listed} more of these labels; --report DIR lists all"
