"""Every named example of the spec works, and its answer is as the spec says."""

import pytest

from eigen_contract.examples import Example, examples
from eigen_contract.exchange import describe
from eigen_contract.spec import Contract
from judging import Judging


@pytest.mark.parametrize("example", list(examples(Contract.load())), ids=lambda example: example.name)
def test_an_example_is_answered_as_the_spec_says(example: Example, judging: Judging) -> None:
    phase_result = judging.phase_result("examples")
    unrecorded = judging.run().example(phase_result, example)
    findings = judging.failing(phase_result)
    assert not findings, describe(findings)
    if unrecorded:
        labels = ", ".join(found.label for found in unrecorded)
        pytest.skip(f"unrecorded: {labels}; eigen-contract record --missing records it")
