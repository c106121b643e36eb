"""What was judged: a check counts where it had something to look at, and nowhere else."""

import pytest
from starlette.types import ASGIApp

from eigen_contract.checks import CHECKS
from eigen_contract.oracle import Oracle
from eigen_contract.runner import Plan, run
from eigen_contract.scenarios import SCENARIOS
from eigen_contract.targets.reference import over
from tests.report.judging import Counted


def judged_names(oracle: Oracle, app: ASGIApp, *phases: str) -> dict[tuple[str, str], int]:
    with over(Counted(app)) as target:
        return dict(run(target, oracle, Plan(phases=frozenset(phases))).survey.judged)


def test_a_check_without_anything_to_look_at_has_judged_nothing(oracle: Oracle, app: ASGIApp) -> None:
    judged = judged_names(oracle, app, "examples")
    assert judged["generate", "media_is_whole"] > 1
    assert judged["generate", "media_is_whole"] < judged["generate", "status_is_documented"]
    absent = {"errors_have_a_message", "refusals_say_what_would_do", "errors_keep_keys_to_themselves"}
    assert not [name for _, name in judged if name in absent]
    assert not [operation for operation, _ in judged if operation == "getResult"]


@pytest.mark.deep
def test_the_scenarios_leave_no_check_unused(oracle: Oracle, app: ASGIApp) -> None:
    """Every check and scenario of the reference server is counted under its name."""
    judged = judged_names(oracle, app, "examples", "scenarios")
    names = {name for _, name in judged}
    assert names >= {check.name for check in CHECKS} | {scenario.name for scenario in SCENARIOS}
    assert {operation for operation, _ in judged} >= {"generate", "getStatus", "getResult", ""}
