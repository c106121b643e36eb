"""What takes more than one request to see: keys, methods, limits, seeds, forms of answers, videos."""

import pytest

from eigen_contract.exchange import describe
from eigen_contract.scenarios import SCENARIOS, Scenario
from eigen_contract.targets import Capability
from judging import Judging


@pytest.mark.parametrize(
    ("scenario", "capability"),
    [pytest.param(scenario, scenario.needs, id=scenario.name) for scenario in SCENARIOS],
    indirect=["capability"],
)
def test_a_scenario_finds_nothing(scenario: Scenario, capability: Capability, judging: Judging) -> None:
    phase_result = judging.phase_result("scenarios")
    judging.run().scenario(phase_result, scenario)
    assert phase_result.exchanges, f"{scenario.name} needs {capability} and sent nothing"
    findings = judging.failing(phase_result)
    assert not findings, describe(findings)
