"""Everything on a tape is as the spec at hand says, whatever spec it was recorded under."""

from eigen_contract.exchange import describe
from judging import Judging


def test_no_exchange_on_the_tape_contradicts_the_spec(judging: Judging) -> None:
    phase_result, findings = judging.perform("tape", "tape")
    assert phase_result.exchanges, "a tape should have exchanges"
    assert not findings, describe(findings)
