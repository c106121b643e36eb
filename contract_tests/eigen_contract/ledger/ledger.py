"""What a run makes of every fact, and which findings are the spec's own affair."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Literal

from attrs import frozen

from eigen_contract.exchange import Finding, Origin
from eigen_contract.ledger.facts import LABELS, WEAK, Fact, facts_of
from eigen_contract.ledger.resting import Grounds
from eigen_contract.ledger.touching import Facts
from eigen_contract.oracle import Oracle

Standing = Literal["confirmed", "consistent", "contradicted", "inconsistent", "never touched"]
"""The vendor's own answers confirm or contradict; anybody else's are consistent with a fact or not."""


@frozen
class Entry:
    """One fact, how it stands after a run, in how many exchanges it was borne out, and what spoke against."""

    fact: Fact
    standing: Standing
    times: int
    against: tuple[Finding, ...] = ()


@frozen
class Ledger:
    """Every fact of a contract after a run whose answers came from `origin`."""

    origin: Origin
    entries: tuple[Entry, ...]

    @classmethod
    def of(
        cls,
        oracle: Oracle,
        origin: Origin,
        touched: Mapping[str, int],
        findings: Iterable[Finding],
        touched_by_vendor: Container[str] = (),
    ) -> "Ledger":
        """Balance what exchanges bore out against what findings contradict.

        Args:
            origin: who answered, where an exchange does not name its own origin.
            touched: how often each fact was touched, by its pointer.
            touched_by_vendor: pointers of what answers of the vendor touched, where others answered too.
        """
        known = facts_of(oracle.contract)
        against: dict[str, list[Finding]] = {}
        for finding, facts in grounded(oracle, known, findings):
            for fact in facts:
                against.setdefault(fact.pointer, []).append(finding)
        entries: list[Entry] = []
        for pointer, fact in known.items():
            times, speaking = touched.get(pointer, 0), tuple(against.get(pointer, ()))
            is_of_vendor = (
                any(origin_of(finding, origin) == "vendor" for finding in speaking)
                if speaking
                else origin == "vendor" or pointer in touched_by_vendor
            )
            standing = stands(times, contradicted=bool(speaking), by_vendor=is_of_vendor)
            entries.append(Entry(fact, standing, times, speaking))
        return cls(origin, tuple(entries))

    def count(self) -> dict[str, Counter[Standing]]:
        """Count the standings for each label, the strongest label first."""
        counted: dict[str, Counter[Standing]] = {label: Counter() for label in LABELS}
        for entry in self.entries:
            counted[entry.fact.label][entry.standing] += 1
        return counted

    def standing(self, *standings: Standing) -> list[Entry]:
        """List the entries of some standings, the weakest labels first."""
        found = [entry for entry in self.entries if entry.standing in standings]
        return sorted(found, key=lambda entry: -entry.fact.strength)


def origin_of(finding: Finding, origin: Origin) -> Origin:
    """Say whose answer a finding speaks of; `origin` stands where its exchange does not say."""
    return (finding.exchange.origin if finding.exchange is not None else None) or origin


def stands(times: int, *, contradicted: bool, by_vendor: bool) -> Standing:
    """Say how a fact stands."""
    if contradicted:
        return "contradicted" if by_vendor else "inconsistent"
    if times:
        return "confirmed" if by_vendor else "consistent"
    return "never touched"


def grounded(
    oracle: Oracle, known: Mapping[str, Fact], findings: Iterable[Finding]
) -> list[tuple[Finding, tuple[Fact, ...]]]:
    """Pair findings with the facts that they rest on."""
    grounds = Grounds(oracle, Facts.of(oracle.contract), known)
    return [(finding, grounds.of(finding)) for finding in findings]


def weighed(
    oracle: Oracle, origin: Origin, findings: Sequence[Finding], *, strict: bool | None = None
) -> tuple[list[Finding], list[Finding]]:
    """Part findings into those that fail a run and those that are for the ledger alone.

    The vendor's service cannot be at fault for what the contract merely expects or assumes of it: such a
    finding says that the contract has to change. Any other server is to obey the contract as it stands.

    Args:
        strict: whether every finding fails the run, whatever it rests on; by the origin if None.
    """
    if strict:
        return list(findings), []
    failing: list[Finding] = []
    excused: list[Finding] = []
    for finding, facts in grounded(oracle, facts_of(oracle.contract), findings):
        is_weighed = strict is False or origin_of(finding, origin) == "vendor"
        is_excused = is_weighed and bool(facts) and facts[0].label in WEAK
        (excused if is_excused else failing).append(finding)
    return failing, excused
