"""Every named example of the spec works, and its answer is as the spec says."""

import pytest

from eigen_contract.examples import examples
from eigen_contract.exchange import describe
from eigen_contract.spec import Contract
from judging import Judging


@pytest.mark.parametrize("name", [example.name for example in examples(Contract.load())])
def test_an_example_is_answered_as_the_spec_says(name: str, judging: Judging) -> None:
    _, findings = judging.perform("examples", name)
    assert not findings, describe(findings)
    if unrecorded := judging.run.unrecorded(judging.run.examples[name]):
        labels = ", ".join(found.label for found in unrecorded)
        pytest.skip(f"unrecorded: {labels}; eigen-contract record --missing records it")
