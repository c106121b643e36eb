"""What a report shows: findings grouped by their likely cause, with the statements that they rest on."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from eigen_contract.exchange import Exchange, Finding
from eigen_contract.ledger import Fact, Ledger, facts_of, grounded, weighed
from eigen_contract.oracle import Oracle
from eigen_contract.runner import Judgement


@frozen
class Group:
    """Findings of one check at one place of the spec: they have one cause, most likely."""

    number: int
    check: str
    pointer: str
    findings: tuple[Finding, ...]
    facts: tuple[Fact, ...]
    """The labelled statements that the first finding rests on; none if it rests on none."""
    excused: bool
    """Whether it speaks against the spec, and does not fail the run."""

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def exchange(self) -> Exchange | None:
        return self.first.exchange

    @property
    def label(self) -> str:
        """How the weakest statement is known that the finding rests on; empty if it rests on none."""
        return self.facts[0].label if self.facts else ""


@frozen
class Result:
    """A judgement weighed: what fails the run, what is for the ledger alone, and the ledger."""

    judgement: Judgement
    groups: tuple[Group, ...]
    ledger: Ledger

    @classmethod
    def of(
        cls, oracle: Oracle, judgement: Judgement, findings: Sequence[Finding], *, strict: bool = False
    ) -> "Result":
        """Weigh the findings of a judgement that nobody has accepted beforehand.

        Args:
            strict: let every finding fail the run, whatever it rests on.
        """
        survey = judgement.survey
        ledger = Ledger.of(
            oracle, judgement.origin, survey.touched, judgement.findings, survey.touched_by_vendor
        )
        failing, excused = weighed(oracle, judgement.origin, findings, strict=strict)
        groups = [*grouped(oracle, failing, 1, excused=False)]
        groups += grouped(oracle, excused, len(groups) + 1, excused=True)
        return cls(judgement, tuple(groups), ledger)

    @property
    def failing(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if not group.excused)

    @property
    def excused(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.excused)

    @property
    def verdict(self) -> str:
        """The outcome in a few words."""
        count = sum(len(group.findings) for group in self.failing)
        return f"{count} finding{'s' if count > 1 else ''}" if count else "clean"


def grouped(oracle: Oracle, findings: Sequence[Finding], start: int, *, excused: bool) -> Iterator[Group]:
    """Group findings in the order of their first appearance, numbered from `start`."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.check, finding.pointer), []).append(finding)
    known = facts_of(oracle.contract)
    for number, ((check, pointer), found) in enumerate(groups.items(), start):
        [(_, facts)] = grounded(oracle, known, found[:1])
        yield Group(number, check, pointer, tuple(found), facts, excused)
