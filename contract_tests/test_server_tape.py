"""Everything on a tape is as the spec at hand says, whatever spec it was recorded under."""

import pytest

from eigen_contract.exchange import describe
from eigen_contract.targets import Capability
from judging import Judging


@pytest.mark.parametrize("capability", ["replay"], indirect=True)
def test_no_exchange_on_the_tape_contradicts_the_spec(capability: Capability, judging: Judging) -> None:
    phase_result = judging.phase_result("tape")
    judging.run().tape(phase_result)
    assert phase_result.exchanges, f"a target with {capability} should have exchanges"
    findings = judging.failing(phase_result)
    assert not findings, describe(findings)
