"""Thousands of requests that nobody thought of: every field and keyword in turn, then drawn ones."""

import pytest

from eigen_contract.exchange import describe
from eigen_contract.runner import Plan
from eigen_contract.targets import Capability
from judging import Judging

GENERATED = pytest.mark.parametrize("capability", ["generated"], indirect=True)


@GENERATED
def test_coverage_of_the_spec_finds_nothing(capability: Capability, judging: Judging) -> None:
    phase_result = judging.phase_result("coverage")
    judging.run().coverage(phase_result)
    assert phase_result.exchanges > 500, f"{capability} requests should walk every field"
    findings = judging.failing(phase_result)
    assert not findings, describe(findings)


@GENERATED
@pytest.mark.parametrize("half", [1, 2])
def test_fuzzing_finds_nothing(
    half: int, capability: Capability, judging: Judging, request: pytest.FixtureRequest
) -> None:
    seed, cases = int(request.config.option.draw_seed), int(request.config.option.cases)
    phase_result = judging.phase_result("fuzz")
    judging.run(Plan(seed * 2 + half, cases // 2)).fuzz(phase_result)
    assert phase_result.exchanges, f"{capability} requests should be drawn"
    findings = judging.failing(phase_result)
    assert not findings, describe(findings)
