"""How long answers took."""

from eigen_contract.report.markup import Markup, element
from eigen_contract.report.result import Result
from eigen_contract.report.sections.frame import section
from eigen_contract.report.tables import row, table

NAMES = ("operation", "status", "media type", "answers", "median", "p95", "longest")
NOTE = (
    "Seconds from the request to the last byte of the answer, by operation and kind of answer: the median, "
    "the time within which 95 % of the answers came, and the longest."
)


def latency(result: Result) -> Markup:
    """Show a row for each kind of answer."""
    rows = [
        row(
            *(kind.operation or "none", str(kind.status), kind.media_type or "none", f"{kind.count}"),
            *(f"{seconds:.3f}" for seconds in (kind.median, kind.p95, kind.longest)),
        )
        for kind in result.judgement.survey.latencies.summary()
    ]
    if not rows:
        return section("latency", element("p", "No times: the answers come from a tape.", class_="empty"))
    return section("latency", element("p", NOTE, class_="note"), table("Latency", NAMES, rows))
