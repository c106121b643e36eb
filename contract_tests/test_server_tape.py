"""Everything on a tape is as the spec at hand says, whatever spec it was recorded under."""

import pytest

from eigen_contract.exchange import describe
from eigen_contract.oracle import Oracle
from eigen_contract.runner import Run, Tally
from eigen_contract.targets import Capability, Target


@pytest.mark.parametrize("capability", ["replay"], indirect=True)
def test_no_exchange_on_the_tape_contradicts_the_spec(
    capability: Capability, oracle: Oracle, target: Target
) -> None:
    tally = Tally("tape")
    Run(oracle, target).tape(tally)
    assert tally.exchanges, f"a target with {capability} should have exchanges"
    assert not tally.findings, describe(tally.findings)
