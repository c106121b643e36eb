"""Thousands of generated requests: each property alone, every keyword in turn, then drawn ones.

They come after everything else, where a budget may not reach them; see `pytest_collection_modifyitems`.
"""

import pytest
from attrs import evolve

from eigen_contract.exchange import describe
from judging import Judging


def test_the_walk_of_every_property_finds_nothing(judging: Judging) -> None:
    phase_result, findings = judging.perform("walk", "walk")
    assert phase_result.exchanges
    assert not findings, describe(findings)


def test_coverage_of_the_spec_finds_nothing(judging: Judging) -> None:
    phase_result, findings = judging.perform("coverage", "coverage")
    if judging.run.target.budget is None:
        assert phase_result.exchanges > 500, "it should walk every field"
    assert not findings, describe(findings)


@pytest.mark.parametrize("half", [1, 2])
def test_fuzzing_finds_nothing(half: int, judging: Judging, request: pytest.FixtureRequest) -> None:
    seed, cases = int(request.config.option.draw_seed), int(request.config.option.cases)
    plan = evolve(judging.run.plan, seed=seed * 2 + half, cases=cases // 2)
    phase_result, findings = judging.perform("fuzz", "fuzz", plan)
    assert phase_result.exchanges, "requests should be drawn"
    assert not findings, describe(findings)
