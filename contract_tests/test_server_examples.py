"""Every named example of the spec works, and its answer is as the spec says."""

import pytest

from eigen_contract.examples import Example, examples
from eigen_contract.exchange import describe
from eigen_contract.oracle import Oracle
from eigen_contract.runner import Run, Tally
from eigen_contract.spec import Contract
from eigen_contract.targets import Target


@pytest.mark.parametrize("example", list(examples(Contract.load())), ids=lambda example: example.name)
def test_an_example_is_answered_as_the_spec_says(example: Example, oracle: Oracle, target: Target) -> None:
    tally = Tally("examples")
    Run(oracle, target).example(tally, example)
    assert not tally.findings, describe(tally.findings)
