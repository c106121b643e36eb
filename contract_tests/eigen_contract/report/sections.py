"""The sections of the page."""

from collections.abc import Iterable, Mapping, Sequence

from eigen_contract.exchange import Exchange, Finding
from eigen_contract.report.bodies import Bodies, quoted
from eigen_contract.report.commands import curl
from eigen_contract.report.document import steady
from eigen_contract.report.filters import filters
from eigen_contract.report.markup import Markup, element, joined
from eigen_contract.report.result import Group, Result
from eigen_contract.report.rules import rule_of
from eigen_contract.report.tables import row, table

OTHERS = 20
"""Findings of a group that are listed after its first."""


def summary(result: Result) -> Markup:
    """Show what was sent, and what came of it, in numbers."""
    judgement = result.judgement
    states = judgement.survey.coverage.states()
    never = sum(entry.standing == "never touched" for entry in result.ledger.entries)
    cards = (
        ("exchanges", str(judgement.exchanges)),
        ("findings", str(sum(len(group.findings) for group in result.failing))),
        ("for the ledger", str(sum(len(group.findings) for group in result.excused))),
        ("keywords touched both ways", f"{states['both']} of {states.total()}"),
        ("statements touched", f"{len(result.ledger.entries) - never} of {len(result.ledger.entries)}"),
    )
    shown = [element("div", element("dt", name), element("dd", value)) for name, value in cards]
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
        element("dl", *shown, class_="cards"),
        *(element("p", note, class_="note") for note in judgement.notes),
        table("Phases", ("phase", "exchanges", "findings", "seconds"), phases),
    )


def findings(result: Result) -> Markup:
    """Show each group of findings with everything that is needed to see it again."""
    if not result.groups:
        return section(
            "findings", element("p", "None: every answer is as the contract says.", class_="empty")
        )
    choices = {
        "check": [group.check for group in result.groups],
        "kind": [kind_of(group) for group in result.groups],
        "evidence": [group.label or "none" for group in result.groups],
    }
    buttons = element("button", "Unfold all", type="button", data_unfold="findings-items")
    return section(
        "findings",
        filters("findings", choices, buttons),
        element("div", *(finding(group) for group in result.groups), id="findings-items"),
    )


def kind_of(group: Group) -> str:
    return "for the ledger" if group.excused else "fails the run"


def finding(group: Group) -> Markup:
    """Show one group, folded."""
    head = element(
        "summary",
        element("span", group.check, class_="check"),
        element("span", f"{len(group.findings)} times", class_="times"),
        element("span", group.first.message, class_="message"),
    )
    return element(
        "details",
        head,
        element("dl", *terms(group), class_="terms"),
        *(shown_exchange(group.exchange, Bodies.of(group)) if group.exchange else ()),
        *others(group.findings[1:]),
        id=f"finding-{group.number}",
        class_="finding" + (" excused" if group.excused else ""),
        data_item=True,
        data_check=group.check,
        data_kind=kind_of(group),
        data_evidence=group.label or "none",
    )


def terms(group: Group) -> Iterable[Markup]:
    """Show the rule, the place in the spec, and how the contract knows it."""
    rests: list[str] = [joined(fact.label, ": ", element("code", fact.pointer)) for fact in group.facts]
    yield from term("Rule", rule_of(group.check))
    yield from term("Place in the spec", element("code", group.pointer))
    yield from term("Rests on", *(element("div", one) for one in rests or ["no labelled statement"]))
    if group.exchange:
        yield from term("Sent by", group.exchange.label)


def term(name: str, *values: str) -> Iterable[Markup]:
    return element("dt", name), element("dd", *values)


def shown_exchange(exchange: Exchange, bodies: Bodies) -> Iterable[Markup]:
    """Show a request, its response, and the command that repeats them."""
    request, response = exchange.request, exchange.response
    asked = f"{request.method} {request.target}"
    key = [("authorization", f"a key that is {request.auth}")]
    yield message("Request", asked, [*steady(request.headers), *key], quoted(request.body), bodies.request)
    status = str(response.status)
    yield message("Response", status, steady(response.headers), quoted(response.body), bodies.response)
    yield element("h3", "Send it again")
    yield element(
        "p",
        "In the folder of this page, with ",
        element("code", "BASE_URL"),
        " and ",
        element("code", "EIGENAI_API_KEY"),
        " set:",
    )
    yield element("pre", element("code", curl(exchange, bodies.request)), tabindex="0", class_="command")


def message(title: str, first: str, headers: Sequence[Sequence[str]], body: str, file: str) -> Markup:
    """Show a request or a response as it stood on the wire."""
    lines = "\n".join([first, *(f"{name}: {value}" for name, value in headers), "", body])
    link = [element("p", element("a", "The whole body", href=file))] if file else []
    return joined(element("h3", title), element("pre", lines, tabindex="0"), *link)


def others(findings: Sequence[Finding]) -> Iterable[Markup]:
    """List further findings of a group."""
    if findings:
        listed = [element("li", seen(one)) for one in findings[:OTHERS]]
        more = [element("li", f"and {len(findings) - OTHERS} more")] if len(findings) > OTHERS else []
        yield element("h3", "Seen as well")
        yield element("ul", *listed, *more)


def seen(finding: Finding) -> str:
    """Say of a further finding what differs from the first."""
    return f"{finding.message} ({finding.exchange.label})" if finding.exchange else finding.message


def coverage(result: Result) -> Markup:
    """Show which keywords of which fields, and which answers, the run has touched."""
    touched = result.judgement.survey.coverage
    keywords = [
        row(
            *(one.operation, one.media_type, one.variant, one.field or "(the body)", one.keyword),
            *(touch.state, str(touch.positive), str(touch.negative), statuses(touch.statuses)),
            marked=touch.state,
            operation=one.operation,
            variant=one.variant,
            media_type=one.media_type,
            touched=touch.state,
        )
        for one, touch in touched.keywords.items()
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
        "operation": [one.operation for one in touched.keywords],
        "media_type": [one.media_type for one in touched.keywords],
        "variant": [one.variant for one in touched.keywords],
        "touched": ["both", "positively", "negatively", "never"],
    }
    answers = [
        row(
            one.operation,
            one.status,
            one.media_type or "any",
            str(times),
            marked="both" if times else "never",
        )
        for one, times in touched.answers.items()
    ]
    return section(
        "coverage",
        element("p", COVERAGE, class_="note"),
        filters("coverage", choices),
        table("Keywords of requests", names, keywords, "coverage-items"),
        table("Answers", ("operation", "status", "media type", "times"), answers),
    )


COVERAGE = (
    "A keyword is touched positively by a request that the contract accepts and that holds its field, and "
    "negatively by one that is to be refused for the sake of that keyword alone."
)
LEDGER = (
    "Every statement of the contract says how it is known. Only answers of the vendor's service confirm or "
    "contradict one; answers of the reference server are consistent with it or not. A member of a request is "
    "borne out when a request that holds it succeeds."
)


def statuses(counted: Mapping[int, int]) -> str:
    return ", ".join(f"{status}:\u00a0{counted[status]}" for status in sorted(counted))


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


def section(name: str, *children: str) -> Markup:
    title = element("h2", name.capitalize(), id=f"{name}-title")
    return element("section", title, *children, id=name, aria_labelledby=f"{name}-title")
