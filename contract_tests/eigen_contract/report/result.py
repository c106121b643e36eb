"""What a report shows: findings grouped by check and place, sorted by severity, with causes and changes."""

from collections.abc import Iterator, Sequence

from attrs import evolve, field, frozen

from eigen_contract.exchange import Exchange, Finding
from eigen_contract.ledger import Fact, Ledger, facts_of, grounded, weighed
from eigen_contract.oracle import Oracle
from eigen_contract.report.causes import causes_of
from eigen_contract.report.severity import SEVERITIES, Severity, worst
from eigen_contract.report.trend import NO_TREND, Earlier, Trend
from eigen_contract.runner import Judgement


@frozen
class Group:
    """Findings of one check at one place of the spec about one kind of answer, in the order of the run."""

    number: int
    check: str
    pointer: str
    findings: tuple[Finding, ...]
    facts: tuple[Fact, ...]
    """The labelled statements that the first finding rests on; none if it rests on none."""
    excused: bool
    """Whether it speaks against the spec, and does not fail the run."""
    severity: Severity
    answer: str
    """Status and media type of the answers; empty if nothing was sent."""
    cause: int = 0
    """The number of the group that it follows from; 0 if it stands for itself."""

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
    """Each cause, followed by the groups that follow from it; the worst causes first."""
    ledger: Ledger
    oracle: Oracle = field(repr=False)
    spec_path: str = "openapi.yaml"
    """Where the contract lies, as a path of the reader's repository."""
    trend: Trend = NO_TREND

    @classmethod
    def of(
        cls,
        oracle: Oracle,
        judgement: Judgement,
        findings: Sequence[Finding],
        *,
        strict: bool | None = None,
        earlier: Earlier | None = None,
        spec_path: str = "openapi.yaml",
    ) -> "Result":
        """Weigh the findings of a judgement that no ledger or baseline accepts.

        Args:
            strict: whether every finding fails the run, whatever it rests on; if None, unless the vendor
                answered.
            earlier: the report of an earlier run to compare with.
            spec_path: where the contract lies, as a path of the reader's repository.
        """
        survey = judgement.survey
        ledger = Ledger.of(
            oracle, judgement.origin, survey.touched, judgement.findings, survey.touched_by_vendor
        )
        failing, excused = weighed(oracle, judgement.origin, findings, strict=strict)
        groups = [*grouped(oracle, failing, excused=False), *grouped(oracle, excused, excused=True)]
        numbered = tuple(numbered_in_order(groups))
        judged = frozenset(name for _, name in judgement.survey.judged)
        keys = {(group.check, group.pointer, group.answer): group.number for group in numbered}
        trend = earlier.compare(keys, judged) if earlier else NO_TREND
        return cls(judgement, numbered, ledger, oracle, spec_path, trend)

    @property
    def failing(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if not group.excused)

    @property
    def excused(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.excused)

    @property
    def causes(self) -> tuple[Group, ...]:
        """The groups that follow from no other."""
        return tuple(group for group in self.groups if not group.cause)

    def effects(self, cause: Group) -> tuple[Group, ...]:
        """Return the groups that follow from one."""
        return tuple(group for group in self.groups if group.cause == cause.number)

    @property
    def verdict(self) -> str:
        """The outcome in a few words."""
        count = sum(len(group.findings) for group in self.failing)
        causes = sum(not group.cause for group in self.failing)
        if not count:
            return "clean"
        what = f"{count} finding{'s' if count > 1 else ''}"
        return what if causes == count else f"{what} from {causes} cause{'s' if causes > 1 else ''}"


def grouped(oracle: Oracle, findings: Sequence[Finding], *, excused: bool) -> Iterator[Group]:
    """Group findings in the order of their first appearance; `cause` is the index of the cause, plus one."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.check, finding.pointer, answer_of(finding)), []).append(finding)
    known, listed = facts_of(oracle.contract), [*groups.values()]
    causes = causes_of(listed)
    for index, ((check, pointer, answer), members) in enumerate(groups.items()):
        [(_, facts)] = grounded(oracle, known, members[:1])
        cause = causes[index] + 1 if index in causes else 0
        yield Group(index + 1, check, pointer, tuple(members), facts, excused, worst(members), answer, cause)


def answer_of(finding: Finding) -> str:
    """Return the kind of answer that a finding is about, in words."""
    if finding.exchange is None:
        return ""
    response = finding.exchange.response
    return f"{response.status} {response.media_type}".strip()


def numbered_in_order(groups: Sequence[Group]) -> Iterator[Group]:
    """Yield the groups in the order of a report, numbered from 1.

    What fails the run comes first, then the worst, then what was found most often. A group that follows from
    another comes right behind it.
    """

    def weight(group: Group) -> tuple[bool, int, int]:
        return group.excused, SEVERITIES.index(group.severity), -len(group.findings)

    number = 0
    for cause in sorted((group for group in groups if not group.cause), key=weight):
        number += 1
        cause_number = number
        yield evolve(cause, number=number)
        effects = [group for group in groups if (group.excused, group.cause) == (cause.excused, cause.number)]
        for effect in sorted(effects, key=weight):
            number += 1
            yield evolve(effect, number=number, cause=cause_number)
