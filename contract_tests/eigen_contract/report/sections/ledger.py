"""How each statement of the contract stands after the run."""

from eigen_contract.report.filters import filters
from eigen_contract.report.markup import Markup, element
from eigen_contract.report.result import Result
from eigen_contract.report.sections.frame import section
from eigen_contract.report.tables import row, table

LEDGER = (
    "Every statement of the contract says how it is known. Only answers of the vendor's service confirm or "
    "contradict one; answers of the reference server are consistent with it or not. A property of a request "
    "counts as confirmed or consistent when a request that holds it succeeds."
)


def ledger(result: Result) -> Markup:
    """Show how each statement of the contract stands."""
    entries = result.ledger.entries
    rows = [
        row(
            *(entry.fact.label, entry.standing, str(entry.times), entry.fact.says, entry.fact.pointer),
            marked=entry.standing,
            evidence=entry.fact.label,
            standing=entry.standing,
        )
        for entry in entries
    ]
    choices: dict[str, list[str]] = {
        "evidence": [entry.fact.label for entry in entries],
        "standing": [entry.standing for entry in entries],
    }
    return section(
        "ledger",
        element("p", LEDGER, class_="note"),
        filters("ledger", choices),
        table(
            "Statements", ("evidence", "standing", "times", "says", "place in the spec"), rows, "ledger-items"
        ),
    )
