"""Which keywords of which fields, and which answers, the run has touched."""

from collections.abc import Mapping

from eigen_contract.report.filters import filters
from eigen_contract.report.markup import Markup, element
from eigen_contract.report.result import Result
from eigen_contract.report.sections.frame import section
from eigen_contract.report.tables import row, table

COVERAGE = (
    "A keyword is touched positively by a request that the contract accepts and that holds its field, and "
    "negatively by one that violates that keyword and nothing else."
)


def coverage(result: Result) -> Markup:
    """Show which keywords of which fields, and which answers, the run has touched."""
    touched = result.judgement.survey.coverage
    keywords = [
        row(
            *(
                keyword.operation,
                keyword.media_type,
                keyword.variant,
                keyword.field or "(the body)",
                keyword.keyword,
            ),
            *(touch.state, str(touch.positive), str(touch.negative), statuses(touch.statuses)),
            marked=touch.state,
            operation=keyword.operation,
            variant=keyword.variant,
            media_type=keyword.media_type,
            touched=touch.state,
        )
        for keyword, touch in touched.keywords.items()
    ]
    names = (
        "operation",
        "media type",
        "variant",
        "field",
        "keyword",
        "touched",
        "accepted",
        "refused",
        "statuses",
    )
    choices = {
        "operation": [keyword.operation for keyword in touched.keywords],
        "media_type": [keyword.media_type for keyword in touched.keywords],
        "variant": [keyword.variant for keyword in touched.keywords],
        "touched": ["both", "positively", "negatively", "never"],
    }
    answers = [
        row(
            answer.operation,
            answer.status,
            answer.media_type or "any",
            str(times),
            marked="both" if times else "never",
        )
        for answer, times in touched.answers.items()
    ]
    return section(
        "coverage",
        element("p", COVERAGE, class_="note"),
        filters("coverage", choices),
        table("Keywords of requests", names, keywords, "coverage-items"),
        table("Answers", ("operation", "status", "media type", "times"), answers),
    )


def statuses(counted: Mapping[int, int]) -> str:
    return ", ".join(f"{status}:\u00a0{counted[status]}" for status in sorted(counted))
