"""What takes more than one request to see: keys, methods, limits, seeds, forms of answers, videos."""

import pytest

from eigen_contract.exchange import describe
from eigen_contract.scenarios import SCENARIOS
from judging import Judging


@pytest.mark.parametrize("name", [scenario.name for scenario in SCENARIOS])
def test_a_scenario_finds_nothing(name: str, judging: Judging) -> None:
    _, findings = judging.perform("scenarios", name)
    assert not findings, describe(findings)
