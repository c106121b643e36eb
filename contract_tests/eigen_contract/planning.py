"""What a run sends, step by step, before it sends anything.

A step is one example, one scenario, or a share of what is generated. Steps that we
expect to find most for their requests come first, so that a budget buys as much as it can. What it does not
buy is said before the run, and again at its end.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import cached_property
from itertools import groupby
from typing import Literal

from attrs import evolve, field, frozen

from eigen_contract.errors import CannotJudgeError
from eigen_contract.examples import examples
from eigen_contract.exchange import Request
from eigen_contract.oracle import Oracle
from eigen_contract.scenarios import SCENARIOS, walk
from eigen_contract.targets.target import Capability

Sends = Literal["nothing", "requests", "refusals", "both"]
"""What a step sends: `requests` are valid, `refusals` have to be refused; a step of `both` can do without the
refusals."""
PhaseName = Literal["tape", "examples", "scenarios", "coverage", "fuzz", "walk"]
PHASES: tuple[PhaseName, ...] = ("tape", "examples", "scenarios", "walk", "coverage", "fuzz")
"""Every phase; what we expect to find most for its requests comes first."""
LEAST = 10
"""Requests below which a share of a generated step is not worth the time that it takes to generate."""
COVERAGE = 1_800
VALID_COVERAGE = 250
"""About how many requests the coverage phase makes of the packaged contract, and how many of them are valid.
To know it of another contract means to generate them, which takes seconds."""
NAMED = 8
"""Names of steps that one line of a plan shows."""


@frozen
class PlannedStep:
    """One step of a run: what it sends, about how much, and what it can find."""

    phase: PhaseName
    name: str
    requests: int
    """How many requests it is expected to send; a job that is waited for may take some more."""
    finds: str
    sends: Sends = "requests"
    is_divisible: bool = False
    """Whether any part of it is worth sending."""
    is_alone: bool = False
    """Whether nothing else may be sent at the same time, for it looks at the time or at the credits."""


@frozen
class Schedule:
    """The steps that a budget buys, and those that it does not, in the order of the plan."""

    steps: tuple[PlannedStep, ...]
    left_out: tuple[PlannedStep, ...] = ()
    withheld: tuple[PlannedStep, ...] = ()
    """Steps that the target does not allow."""

    @property
    def requests(self) -> int:
        return sum(step.requests for step in self.steps)


@frozen
class Selection:
    """Which steps are asked for: of these phases, of these names; all if None."""

    phases: frozenset[str] | None = None
    names: frozenset[str] | None = None

    @property
    def is_everything(self) -> bool:
        return self.phases is None and self.names is None

    def takes(self, step: PlannedStep) -> bool:
        """Say whether a step is asked for."""
        is_of_phase = self.phases is None or step.phase in self.phases
        return is_of_phase and (self.names is None or step.name in self.names)


@frozen
class Planner:
    """Makes the steps of a run over one contract."""

    oracle: Oracle
    capabilities: frozenset[Capability]
    cases: int
    selection: Selection = field(factory=Selection)

    def schedule(self, budget: int | None) -> Schedule:
        """Lay out a run within a budget of requests.

        Raises:
            CannotJudgeError: a name that is asked for is no step's.
        """
        bought, left_out = within(self.allowed, budget)
        withheld = tuple(step for step in self.selected if not self.allows(step))
        return Schedule(bought, left_out, withheld)

    @cached_property
    def selected(self) -> tuple[PlannedStep, ...]:
        """The steps that are asked for. Raises CannotJudgeError if a name that is asked for is no step's."""
        everything = tuple(self.steps())
        self._refuse_unknown_names(everything)
        return tuple(step for step in everything if self.selection.takes(step))

    @property
    def allowed(self) -> tuple[PlannedStep, ...]:
        """The steps that are asked for and that the target may be sent, in their order."""
        return tuple(step for step in self.selected if self.allows(step))

    def allows(self, step: PlannedStep) -> bool:
        """Say whether the target may be sent a step."""
        if "replay" in self.capabilities:
            return step.phase in ("tape", "examples")
        if step.sends == "nothing":
            return False
        return step.sends != "refusals" or "refusals" in self.capabilities

    def steps(self) -> Iterator[PlannedStep]:
        """Yield every step there is, in the order of the phases."""
        yield PlannedStep("tape", "tape", 0, "answers on the tape that contradict the contract", "nothing")
        for example in examples(self.oracle.contract):
            finds = f"that the example {example.name} of the contract is not answered as it says"
            yield PlannedStep("examples", example.name, 1, finds)
        for scenario in SCENARIOS:
            yield PlannedStep(
                "scenarios",
                scenario.name,
                scenario.requests,
                scenario.finds,
                scenario.sends,
                is_alone=scenario.is_alone,
            )
        yield from self._generated_steps()

    def _generated_steps(self) -> Iterator[PlannedStep]:
        refuses = "refusals" in self.capabilities
        walked = sum(refuses or self.accepts(request) for request in walk.requests_of(self.oracle.contract))
        finds = "a single property that is not taken within its bounds, or is taken beyond them"
        yield PlannedStep("walk", "walk", walked, finds, "both", is_divisible=True)
        covered = COVERAGE if refuses else VALID_COVERAGE
        finds = "a keyword of a property that is not obeyed beside others"
        yield PlannedStep("coverage", "coverage", covered, finds, "both", is_divisible=True)
        finds = "what only unexpected values show"
        yield PlannedStep("fuzz", "fuzz", self.cases, finds, "both", is_divisible=True)

    def accepts(self, request: Request) -> bool:
        """Say whether a request is valid for sure."""
        return self.oracle.judge(request).ruling == "accept"

    def _refuse_unknown_names(self, steps: Sequence[PlannedStep]) -> None:
        known = [step.name for step in steps]
        for name in sorted(self.selection.names or ()):
            if name not in known:
                near = get_close_matches(name, known, 1, 0.5)
                hint = f"did you mean {near[0]}?" if near else "--dry-run lists them all"
                raise CannotJudgeError(
                    f"--only {name!r}: there is no example, scenario or phase of it; {hint}"
                )


def within(
    steps: Iterable[PlannedStep], budget: int | None
) -> tuple[tuple[PlannedStep, ...], tuple[PlannedStep, ...]]:
    """Part steps into those that a budget buys, in their order, and those that it does not.

    A divisible step is bought in part where it does not fit as a whole; the rest of it is left out.
    """
    bought: list[PlannedStep] = []
    left_out: list[PlannedStep] = []
    left = budget
    for step in steps:
        part = affordable(step, left)
        if part:
            bought.append(evolve(step, requests=part))
        if part < step.requests:
            left_out.append(evolve(step, requests=step.requests - part))
        elif not part:
            bought.append(step)  # it sends nothing
        left = None if left is None else left - part
    return tuple(bought), tuple(left_out)


def affordable(step: PlannedStep, left: int | None) -> int:
    """Return how many requests of a step can be sent where so many are left: all, none, or a part."""
    if left is None or step.requests <= left:
        return step.requests
    return left if step.is_divisible and left >= LEAST else 0


def plan_lines(schedule: Schedule, budget: int | None) -> Iterator[str]:
    """Write a plan for a terminal, every step of it."""
    limit = "no budget" if budget is None else f"a budget of {budget}"
    yield f"{count(len(schedule.steps), 'step')}, about {count(schedule.requests, 'request')}, {limit}:"
    for step in schedule.steps:
        yield f"  {step.requests:>5}  {step.phase:<9}  {step.name:<45}  {step.finds}"
    for title, steps in (
        ("beyond the budget", schedule.left_out),
        ("not sent without --allow-negative", refusals_of(schedule)),
    ):
        if steps:
            yield f"{title}:"
            yield from (
                f"  {step.requests:>5}  {step.phase:<9}  {step.name:<45}  {step.finds}" for step in steps
            )


def summary_lines(schedule: Schedule, budget: int | None) -> Iterator[str]:
    """Write in a few lines what a budget buys, and what it does not."""
    if budget is None:
        return
    buys = ", ".join(f"{name} {number}" for name, number in by_phase(schedule.steps))
    yield f"plan: a budget of {budget} buys about {count(schedule.requests, 'request')}: {buys or 'nothing'}"
    if schedule.left_out:
        yield f"plan: it does not buy {listed(schedule.left_out)}"
    if refusals := refusals_of(schedule):
        yield f"plan: not sent without --allow-negative: {listed(refusals)}"


def refusals_of(schedule: Schedule) -> tuple[PlannedStep, ...]:
    """Return the withheld steps that --allow-negative would allow."""
    return tuple(step for step in schedule.withheld if step.sends == "refusals")


def by_phase(steps: Iterable[PlannedStep]) -> Iterator[tuple[str, int]]:
    """Yield the phases of steps in their order, each with the number of its requests."""
    for phase, group in groupby(steps, lambda step: step.phase):
        yield phase, sum(step.requests for step in group)


def listed(steps: Sequence[PlannedStep]) -> str:
    """Name steps in a line, each with its requests."""
    named = [f"{step.name} ({step.requests})" for step in steps[:NAMED]]
    more = [f"{len(steps) - NAMED} more"] if len(steps) > NAMED else []
    return ", ".join([*named, *more])


def count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
