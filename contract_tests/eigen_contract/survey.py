"""Takes note of everything that a run sends: what it touched, and who answered."""

from collections import Counter

from attrs import define

from eigen_contract.blame import sole_faults
from eigen_contract.checks import Subject
from eigen_contract.coverage import Coverage
from eigen_contract.ledger.touching import Facts
from eigen_contract.spec import Contract

ENGINE = "x-reference-engine"
"""The header by which the reference server says that it is not the vendor's service."""


@define
class Survey:
    """What the exchanges of a run have touched. Give it every exchange once."""

    coverage: Coverage
    facts: Facts
    touched: Counter[str]
    by_reference: bool = False
    """Whether some answer said that the reference server made it."""

    @classmethod
    def of(cls, contract: Contract) -> "Survey":
        return cls(Coverage.of(contract), Facts.of(contract), Counter())

    def see(self, subject: Subject) -> None:
        """Take note of one exchange."""
        faults = sole_faults(subject)
        self.coverage.see(subject, faults)
        self.touched.update(self.facts.touched(subject, faults))
        self.by_reference = self.by_reference or subject.response.header(ENGINE) is not None

    def add(self, other: "Survey") -> None:
        """Take over what another run over the same contract has noted."""
        self.coverage.add(other.coverage.keywords, other.coverage.answers)
        self.touched.update(other.touched)
        self.by_reference = self.by_reference or other.by_reference
