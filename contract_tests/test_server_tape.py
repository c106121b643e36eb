"""Everything on a tape is as the spec at hand says, whatever spec it was recorded under."""

import pytest

from eigen_contract.exchange import describe
from eigen_contract.targets import Capability
from judging import Judging


@pytest.mark.parametrize("capability", ["replay"], indirect=True)
def test_no_exchange_on_the_tape_contradicts_the_spec(capability: Capability, judging: Judging) -> None:
    tally = judging.tally("tape")
    judging.run().tape(tally)
    assert tally.exchanges, f"a target with {capability} should have exchanges"
    findings = judging.failing(tally)
    assert not findings, describe(findings)
