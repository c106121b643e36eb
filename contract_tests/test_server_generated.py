"""Thousands of requests that nobody thought of: every field and keyword in turn, then drawn ones."""

import pytest

from eigen_contract.exchange import describe
from eigen_contract.oracle import Oracle
from eigen_contract.runner import Plan, Run, Tally
from eigen_contract.targets import Capability, Target

GENERATED = pytest.mark.parametrize("capability", ["generated"], indirect=True)


@GENERATED
def test_coverage_of_the_spec_finds_nothing(capability: Capability, oracle: Oracle, target: Target) -> None:
    tally = Tally("coverage")
    Run(oracle, target).coverage(tally)
    assert tally.exchanges > 500, f"{capability} requests should walk every field"
    assert not tally.findings, describe(tally.findings)


@GENERATED
@pytest.mark.parametrize("half", [1, 2])
def test_fuzzing_finds_nothing(
    half: int, capability: Capability, oracle: Oracle, target: Target, request: pytest.FixtureRequest
) -> None:
    seed, cases = int(request.config.option.draw_seed), int(request.config.option.cases)
    tally = Tally("fuzz")
    Run(oracle, target, Plan(seed * 2 + half, cases // 2)).fuzz(tally)
    assert tally.exchanges, f"{capability} requests should be drawn"
    assert not tally.findings, describe(tally.findings)
