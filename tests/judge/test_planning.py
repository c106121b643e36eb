"""What a budget buys: the steps of a run, their order, and how many requests each really sends."""

from collections.abc import Iterator

import pytest
from attrs import evolve

from eigen_contract.errors import BudgetSpentError, CannotJudgeError, NoAnswerError, StoppedError
from eigen_contract.exchange import Exchange, Request, Response
from eigen_contract.known_answers import KnownAnswers
from eigen_contract.oracle import Oracle
from eigen_contract.planning import (
    LEAST,
    PHASES,
    PlannedStep,
    Planner,
    Selection,
    affordable,
    plan_lines,
    summary_lines,
    within,
)
from eigen_contract.runner import PhaseResult, Plan, Run, run
from eigen_contract.scenarios import SCENARIOS
from eigen_contract.spec import Contract
from eigen_contract.targets import Capability, Target
from eigen_contract.targets.budget import RequestBudget
from eigen_contract.targets.reference import load, over

ORACLE = Oracle.of(Contract.load())
ALL: frozenset[Capability] = frozenset({"requests", "refusals"})
SMALL, LARGE = PlannedStep("scenarios", "small", 3, "x"), PlannedStep("scenarios", "large", 40, "x")
SHARE = PlannedStep("walk", "walk", 500, "x", "both", is_divisible=True)


def test_steps_are_bought_in_order_and_smaller_ones_fill_the_rest() -> None:
    bought, left_out = within([SMALL, LARGE, evolve(SMALL, name="last")], 10)
    assert [step.name for step in bought] == ["small", "last"]
    assert left_out == (LARGE,)


@pytest.mark.parametrize(
    ("left", "part"), [(None, 500), (500, 500), (499, 499), (LEAST, LEAST), (LEAST - 1, 0), (0, 0)]
)
def test_a_divisible_step_is_bought_in_part(left: int | None, part: int) -> None:
    assert affordable(SHARE, left) == part
    _, left_out = within([SHARE], left)
    assert sum(step.requests for step in left_out) == 500 - part


@pytest.mark.parametrize("budget", [1, 11, 60, 200, 1000])
@pytest.mark.parametrize("capabilities", [ALL, frozenset[Capability]({"requests"})])
def test_a_plan_never_costs_more_than_the_budget(budget: int, capabilities: frozenset[Capability]) -> None:
    schedule = Planner(ORACLE, capabilities, 2000).schedule(budget)
    assert 0 < schedule.requests <= budget
    phases = [step.phase for step in schedule.steps]
    assert phases == sorted(phases, key=PHASES.index)
    if "refusals" not in capabilities:
        assert not [step for step in schedule.steps if step.sends == "refusals"]


def test_200_requests_buy_what_finds_most() -> None:
    """Every kind of answer is judged, and every kind of refusal, with a budget that a nightly run can pay."""
    names = {step.name for step in Planner(ORACLE, ALL, 2000).schedule(200).steps}
    assert names >= {scenario.name for scenario in SCENARIOS[:30]}
    assert {"bad_keys_are_refused", "broken_bodies_are_refused", "bounds_are_enforced"} <= names


def test_without_refusals_200_requests_buy_every_scenario_of_valid_requests() -> None:
    names = {step.name for step in Planner(ORACLE, frozenset({"requests"}), 2000).schedule(200).steps}
    assert names >= {scenario.name for scenario in SCENARIOS if scenario.sends == "requests"}


def test_an_unknown_name_is_one_line_with_the_nearest() -> None:
    planner = Planner(ORACLE, ALL, 10, Selection(names=frozenset({"the_prompt_maters"})))
    with pytest.raises(CannotJudgeError, match="did you mean the_prompt_matters"):
        planner.schedule(10)


def test_a_plan_names_every_step_with_what_it_finds() -> None:
    planner = Planner(ORACLE, frozenset({"requests"}), 2000)
    schedule = planner.schedule(50)
    lines = list(plan_lines(schedule, 50))
    assert len(lines) == len(planner.selected) - 1 + 3 + len(
        {step.name for step in schedule.steps} & {step.name for step in schedule.left_out}
    )
    assert any(line.startswith("beyond the budget") for line in lines)
    assert any(line.startswith("not sent without --allow-negative") for line in lines)
    summary = list(summary_lines(schedule, 50))
    assert [line.startswith("plan: ") for line in summary] == [True] * 3


@pytest.fixture(scope="module")
def reference() -> Iterator[Target]:
    with over(load()) as target:
        yield target


@pytest.mark.deep
def test_the_steps_send_what_they_are_planned_with(reference: Target) -> None:
    """A plan of fewer requests than are sent would overdraw a budget; a plan of more would waste it."""
    counted = evolve(reference, budget=RequestBudget(10_000))
    current_run = Run(ORACLE, counted, Plan(phases=frozenset({"examples", "scenarios"})))
    wrong: list[str] = []
    for step in current_run.planner.allowed:
        before = current_run.sent
        phase_result = PhaseResult(step.phase)
        current_run.step(step, phase_result)
        assert phase_result.findings == []
        sent = current_run.sent - before
        slack = 8 if step.name.startswith("videos") else 0  # how often one asks for a job is chance
        if not step.requests - slack <= sent <= step.requests + slack:
            wrong.append(f"{step.name} sends {sent}, planned are {step.requests}")
    assert wrong == []


class Scripted(Target):
    """A target whose answers a test writes."""

    def send(self, request: Request) -> Response:
        assert self.budget is not None
        self.budget.take()
        return self.answer(request)

    def answer(self, request: Request) -> Response:
        del request
        return Response(200, (("content-type", "application/json"),), b"{}")


class Silent(Scripted):
    """Answers the first request, and then never."""

    def answer(self, request: Request) -> Response:
        assert self.budget is not None
        if self.budget.sent > 1:
            raise NoAnswerError("no whole answer")
        return super().answer(request)


class Stopping(Scripted):
    """Ends the run at the fifth request."""

    def answer(self, request: Request) -> Response:
        assert self.budget is not None
        if self.budget.sent == 5:
            raise StoppedError("the account takes no more")
        return super().answer(request)


def scripted(kind: type[Scripted], reference: Target, budget: int) -> Scripted:
    allowed: frozenset[Capability] = frozenset({"requests"})
    return kind(
        "live", "http://judged.invalid", reference.transport, "k", allowed, budget=RequestBudget(budget)
    )


def test_what_was_not_judged_is_named(reference: Target) -> None:
    judgement = run(scripted(Scripted, reference, 12), ORACLE)
    assert judgement.exchanges == 12
    assert judgement.stopped is None
    assert not judgement.is_whole
    assert {step.name for step in judgement.not_judged} >= {"the_prompt_matters", "walk", "coverage", "fuzz"}
    assert "not judged within the budget of 12 requests: " in judgement.notes[-1]


def test_a_server_that_falls_silent_is_a_finding_and_then_the_end(reference: Target) -> None:
    judgement = run(scripted(Silent, reference, 100), ORACLE)
    silent = [finding for finding in judgement.findings if finding.check == "requests_are_answered"]
    assert len(silent) == 2
    assert "3 requests in a row without an answer" in str(judgement.stopped)
    assert judgement.findings, "what was judged until then stands"


def test_what_was_judged_before_a_stop_stands(reference: Target) -> None:
    judgement = run(scripted(Stopping, reference, 100), ORACLE)
    assert judgement.exchanges == 4
    assert str(judgement.stopped) == "the account takes no more"
    assert "not finished: the account takes no more" in judgement.notes


def test_answers_beyond_the_limit_are_not_remembered() -> None:
    known = KnownAnswers(limit=10)
    first, second = (Exchange(Request("GET", f"/{n}"), Response(200, (), bytes(8))) for n in range(2))
    known.keep(first)
    known.keep(second)
    assert known.get(first.request) is first
    assert known.get(second.request) is None


def test_a_budget_gives_out_no_more_than_it_has() -> None:
    budget = RequestBudget(2)
    budget.take()
    budget.take()
    with pytest.raises(BudgetSpentError, match="give a larger --budget"):
        budget.take()
    assert budget.left == 0
