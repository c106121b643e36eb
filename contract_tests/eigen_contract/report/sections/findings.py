"""The findings: each cause with everything that is needed to see it again, and what follows from it."""

from collections.abc import Iterable, Sequence

from attrs import frozen

from eigen_contract.evidence import MEANING
from eigen_contract.exchange import Finding
from eigen_contract.report.filters import filters
from eigen_contract.report.lines import Lines
from eigen_contract.report.markup import Markup, element, joined
from eigen_contract.report.result import Group, Result
from eigen_contract.report.rules import rule_of
from eigen_contract.report.sections.exchanges import ExchangeView
from eigen_contract.report.sections.frame import section, term, times

SHOWN = 20
"""Findings of a cause that the page shows with their exchanges; report.json has more."""
SHOWN_OF_EFFECTS = 3
"""The same, of what follows from a cause: its exchanges are those of the cause, mostly."""


def findings(result: Result, view: ExchangeView) -> Markup:
    """Show each cause, the worst first."""
    if not result.groups:
        return section(
            "findings", element("p", "None: every answer is as the contract says.", class_="empty")
        )
    causes = result.causes
    choices: dict[str, list[str]] = {
        "severity": [group.severity for group in causes],
        "check": [group.check for group in causes],
        "kind": [kind_of(group) for group in causes],
        "evidence": [group.label or "none" for group in causes],
    }
    buttons = element("button", "Unfold all", type="button", data_unfold="findings-items")
    page = FindingsView(result, view, Lines.of(result.oracle.contract.data))
    return section(
        "findings",
        filters("findings", choices, buttons),
        element("div", *(page.show(group) for group in causes), id="findings-items"),
    )


def following(count: int) -> str:
    """Say how many groups follow from a cause."""
    return "" if not count else "1 more follows from it" if count == 1 else f"{count} more follow from it"


def kind_of(group: Group) -> str:
    return "for the ledger" if group.excused else "fails the run"


@frozen
class FindingsView:
    """Shows groups of findings of one result."""

    result: Result
    exchanges: ExchangeView
    lines: Lines

    def show(self, group: Group) -> Markup:
        """Show a cause, folded, with what follows from it inside."""
        effects = self.result.effects(group)
        heading = element("h3", f"What probably follows from it ({len(effects)})")
        return element(
            "details",
            self.summary(group, following(len(effects))),
            *self.content(group, SHOWN),
            *([heading] if effects else []),
            *(self.show_effect(effect) for effect in effects),
            id=f"finding-{group.number}",
            class_="finding" + (" excused" if group.excused else ""),
            data_item=True,
            data_severity=group.severity,
            data_check=group.check,
            data_kind=kind_of(group),
            data_evidence=group.label or "none",
        )

    def show_effect(self, group: Group) -> Markup:
        return element(
            "details",
            self.summary(group, ""),
            *self.content(group, SHOWN_OF_EFFECTS),
            id=f"finding-{group.number}",
            class_="finding effect",
        )

    def summary(self, group: Group, effects: str) -> Markup:
        marks = [element("span", group.severity, class_=f"severity {group.severity.replace(' ', '-')}")]
        if group.number in self.result.trend.new:
            marks.append(element("span", "new", class_="new"))
        return element(
            "summary",
            *marks,
            element("span", group.check, class_="check"),
            element("span", group.answer, class_="answer"),
            element("span", times(len(group.findings)), class_="times"),
            *([element("span", effects, class_="times")] if effects else []),
            element("span", group.first.message, class_="message"),
        )

    def content(self, group: Group, most: int) -> Iterable[Markup]:
        """Show the place and the grounds of a group, its first finding, and others folded."""
        yield element("dl", *self.terms(group), class_="terms")
        if group.exchange:
            yield from self.exchanges.show(group.exchange)
        yield from self.others(group.findings[1:], most)

    def terms(self, group: Group) -> Iterable[Markup]:
        rests: list[str] = [
            joined(element("strong", fact.label), f": {MEANING[fact.label]} ", element("code", fact.pointer))
            for fact in group.facts
        ]
        yield from term("Rule", rule_of(group.check))
        line = f" (line {self.lines.of_pointer(group.pointer)} of {self.result.spec_path})"
        yield from term("Place in the spec", element("code", group.pointer), line)
        yield from term(
            "Evidence", *(element("div", ground) for ground in rests or ["HTTP and the file formats alone"])
        )
        if group.exchange:
            yield from term("Sent by", group.exchange.label)

    def others(self, more: Sequence[Finding], most: int) -> Iterable[Markup]:
        """Show the further findings of a group, each folded."""
        if not more:
            return
        yield element("h3", f"Found as well ({len(more):,})")
        for finding in more[:most]:
            exchange = finding.exchange
            shown = self.exchanges.show(exchange) if exchange else ()
            label = f" ({exchange.label})" if exchange else ""
            summary = element("summary", f"{finding.message}{label}")
            yield element("details", summary, *shown, class_="occurrence")
        if len(more) > most:
            yield element("p", f"{len(more) - most:,} more are in report.json.", class_="note")
