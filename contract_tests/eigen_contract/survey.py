"""Takes note of everything that a run sends: what it touched, and who answered."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import astuple, define, field, frozen

from eigen_contract.attribution import sole_faults
from eigen_contract.checks import CHECKS, CheckContext, checks_for
from eigen_contract.coverage import Answer, Coverage, Keyword
from eigen_contract.exchange import Exchange, Origin, Response
from eigen_contract.identity import request_digest
from eigen_contract.latency import Latencies
from eigen_contract.ledger.touching import Facts
from eigen_contract.shapes import items
from eigen_contract.spec import Contract

ENGINE = "x-reference-engine"
"""The header by which the reference server says that it is not the vendor's service."""


NAMES = tuple(check.name for check in CHECKS)


@frozen
class Sighting:
    """What one exchange touches."""

    status: int
    answer: Answer | None
    positive: tuple[Keyword, ...] = ()
    negative: tuple[Keyword, ...] = ()
    facts: frozenset[str] = frozenset()
    by_reference: bool = False
    checks: tuple[str, ...] = ()
    """Names of the checks that applied."""
    origin: Origin | None = None
    """Who answered, where the exchange says so. It is not packed: generated requests are on no tape."""

    @property
    def operation(self) -> str:
        """The id of the operation; empty if the contract has none for the request."""
        return self.answer.operation if self.answer else ""

    def packed(self, numbers: Mapping[Keyword, int]) -> list[Any]:
        """Pack into plain values, with numbers for keywords."""
        answer = None if self.answer is None else astuple(self.answer)
        touched = [[numbers[one] for one in group] for group in (self.positive, self.negative)]
        checks = [NAMES.index(name) for name in self.checks]
        return [self.status, answer, *touched, sorted(self.facts), self.by_reference, checks]

    @classmethod
    def unpacked(cls, values: Sequence[Any], keywords: Sequence[Keyword]) -> "Sighting":
        """Unpack what `packed` made."""
        status, answer, positive, negative, facts, by_reference, checks = values
        accepted = tuple(keywords[int(number)] for number in items(positive))
        refused = tuple(keywords[int(number)] for number in items(negative))
        known = None if answer is None else Answer(*answer)
        names = tuple(NAMES[int(number)] for number in items(checks))
        return cls(status, known, accepted, refused, frozenset(items(facts)), by_reference, names)


@define
class Survey:
    """What the exchanges of a run have touched. Give it every exchange once."""

    coverage: Coverage
    facts: Facts
    touched: Counter[str]
    touched_by_vendor: set[str] = field(factory=set[str])
    """What exchanges touched that name the vendor as their origin."""
    by_reference: bool = False
    """Whether some answer said that the reference server made it."""
    judged: Counter[tuple[str, str]] = field(factory=Counter[tuple[str, str]])
    """How many exchanges were judged, by operation id and check or scenario."""
    latencies: Latencies = field(factory=Latencies)
    requests: set[str] = field(factory=set[str], repr=False)
    """Digests of the requests that were judged."""

    @classmethod
    def of(cls, contract: Contract) -> "Survey":
        return cls(Coverage.of(contract), Facts.of(contract), Counter())

    def see(self, context: CheckContext) -> Sighting:
        """Take note of one exchange."""
        sighting = self.sighting(context)
        self.requests.add(request_digest(context.request))
        self.take(sighting, context.response)
        return sighting

    def sighting(self, context: CheckContext) -> Sighting:
        """Say what one exchange touches."""
        faults = sole_faults(context)
        positive, negative = self.coverage.touched(context, faults)
        return Sighting(
            context.response.status,
            self.coverage.answer(context),
            positive,
            negative,
            self.facts.touched(context, faults),
            context.response.header(ENGINE) is not None,
            tuple(check.name for check in checks_for(context)),
            context.exchange.origin,
        )

    def take(self, sighting: Sighting, response: Response) -> None:
        """Count what an exchange touches, and how long its answer took."""
        self.judged.update((sighting.operation, name) for name in sighting.checks)
        self.latencies.note(sighting.operation, response)
        self.coverage.count(sighting.answer, sighting.positive, sighting.negative, sighting.status)
        self.touched.update(sighting.facts)
        if sighting.origin == "vendor":
            self.touched_by_vendor |= sighting.facts
        self.by_reference = self.by_reference or sighting.by_reference

    def note_judged(self, name: str, exchanges: Sequence[Exchange]) -> None:
        """Count exchanges as judged by something else than a check, by a scenario for example."""
        for exchange in exchanges:
            self.requests.add(request_digest(exchange.request))
            operation = self.facts.contract.operation(exchange.request.method, exchange.request.path)
            self.judged[operation.id if operation else "", name] += 1

    def add(self, other: "Survey") -> None:
        """Take over what another run over the same contract has noted."""
        self.coverage.add(other.coverage.keywords, other.coverage.answers)
        self.touched.update(other.touched)
        self.touched_by_vendor |= other.touched_by_vendor
        self.by_reference = self.by_reference or other.by_reference
        self.judged.update(other.judged)
        self.latencies.add(other.latencies)
        self.requests |= other.requests
