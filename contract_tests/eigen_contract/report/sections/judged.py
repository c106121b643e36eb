"""What was judged: how many exchanges each check and scenario had to look at, for each operation."""

from eigen_contract.checks import CHECKS
from eigen_contract.report.markup import Markup, element
from eigen_contract.report.result import Result
from eigen_contract.report.sections.frame import section
from eigen_contract.report.tables import Row, row, table
from eigen_contract.scenarios import SCENARIOS

NOTE = (
    "How many exchanges each check and scenario has judged, by operation. Where nothing was judged, nothing "
    "is proved: the run had no answer for the check to look at, or it did not run the scenario."
)


def judged(result: Result) -> Markup:
    """Show a row for each check and scenario."""
    counted = result.judgement.survey.judged
    operations = [operation.id for operation in result.oracle.contract.operations]
    named = [*operations, *([""] if any(not operation for operation, _ in counted) else [])]
    known = [check.name for check in CHECKS] + [scenario.name for scenario in SCENARIOS]
    others = sorted({name for _, name in counted} - {*known})
    failed = {group.check for group in result.failing}
    rows: list[Row] = []
    for name in [*known, *others]:
        counts = [counted[operation, name] for operation in named]
        state = "failed" if name in failed else "passed" if any(counts) else "not judged"
        rows.append(row(name, state, *(str(count or "-") for count in counts), marked=state))
    columns = ("check", "state", *(operation or "no operation" for operation in named))
    return section("judged", element("p", NOTE, class_="note"), table("Checks and scenarios", columns, rows))
