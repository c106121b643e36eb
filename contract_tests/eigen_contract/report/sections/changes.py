"""What changed since the report of an earlier run."""

from collections.abc import Iterable, Sequence

from eigen_contract.report.markup import Markup, element, joined
from eigen_contract.report.result import Group, Result
from eigen_contract.report.sections.frame import section, times
from eigen_contract.report.tables import Row, row, table
from eigen_contract.report.trend import EarlierFinding

NAMES = ("state", "check", "answer", "before", "now", "place in the spec")


def changes(result: Result) -> Markup:
    """Show each group of this run and of the earlier one, and what became of it."""
    trend = result.trend
    groups = {group.number: group for group in result.groups}
    before = dict(trend.remaining)
    rows = [current(groups[number], 0, "new") for number in sorted(trend.new)]
    rows += [current(groups[number], before[number], "still there") for number in sorted(before)]
    rows += [*gone(trend.fixed, "fixed"), *gone(trend.not_judged, "not judged")]
    counts = (
        f"Compared with the report of {trend.since}: {len(trend.new)} new, {len(before)} still there, "
        f"{len(trend.fixed)} fixed, {len(trend.not_judged)} not judged this time."
    )
    return section("changes", element("p", counts, class_="note"), table("Changes", NAMES, rows))


def current(group: Group, before: int, state: str) -> Row:
    link = element("a", group.check, href=f"#finding-{group.number}")
    return row(
        state,
        link,
        group.answer,
        times(before) if before else "never",
        times(len(group.findings)),
        group.pointer,
        marked=state,
    )


def gone(findings: Sequence[EarlierFinding], state: str) -> Iterable[Row]:
    for finding in findings:
        check = joined(finding.check, ": ", finding.message)
        now = "never" if state == "fixed" else "unknown"
        yield row(state, check, finding.answer, times(finding.times), now, finding.pointer, marked=state)
