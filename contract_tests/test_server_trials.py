"""What takes more than one request to see: keys, methods, limits, seeds, forms of answers, films."""

import pytest

from eigen_contract.exchange import describe
from eigen_contract.targets import Capability
from eigen_contract.trials import TRIALS, Trial
from judging import Judging


@pytest.mark.parametrize(
    ("trial", "capability"),
    [pytest.param(trial, trial.needs, id=trial.name) for trial in TRIALS],
    indirect=["capability"],
)
def test_a_trial_finds_nothing(trial: Trial, capability: Capability, judging: Judging) -> None:
    tally = judging.tally("trials")
    judging.run().trial(tally, trial)
    assert tally.exchanges, f"{trial.name} needs {capability} and sent nothing"
    findings = judging.failing(tally)
    assert not findings, describe(findings)
