"""What a run says about how the contract is known.

Every statement of the spec carries `x-evidence`: a `Fact`. Each exchange touches some of them (`touching`),
each finding rests on some (`resting`), and the `Ledger` says of every fact whether the run confirmed it,
contradicted it or never came near it. Read `facts.py` first.
"""

from eigen_contract.ledger.facts import LABELS, WEAK, Fact, facts_of
from eigen_contract.ledger.ledger import Entry, Ledger, Standing, grounded, weighed

__all__ = ["LABELS", "WEAK", "Entry", "Fact", "Ledger", "Standing", "facts_of", "grounded", "weighed"]
