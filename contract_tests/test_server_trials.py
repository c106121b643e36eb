"""What takes more than one request to see: keys, methods, limits, seeds, forms of answers, films."""

import pytest

from eigen_contract.exchange import describe
from eigen_contract.oracle import Oracle
from eigen_contract.runner import Run, Tally
from eigen_contract.targets import Capability, Target
from eigen_contract.trials import TRIALS, Trial


@pytest.mark.parametrize(
    ("trial", "capability"),
    [pytest.param(trial, trial.needs, id=trial.name) for trial in TRIALS],
    indirect=["capability"],
)
def test_a_trial_finds_nothing(trial: Trial, capability: Capability, oracle: Oracle, target: Target) -> None:
    tally = Tally("trials")
    Run(oracle, target).trial(tally, trial)
    assert tally.exchanges, f"{trial.name} needs {capability} and sent nothing"
    assert not tally.findings, describe(tally.findings)
