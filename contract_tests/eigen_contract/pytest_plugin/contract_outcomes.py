"""Judges a deployment once, and says what came of each check and scenario."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import pytest
from attrs import frozen

from eigen_contract import report
from eigen_contract.checks import CHECKS
from eigen_contract.errors import BudgetSpentError, CannotJudgeError
from eigen_contract.oracle import Oracle
from eigen_contract.redaction import Redaction
from eigen_contract.report.commands import curl, needs_file
from eigen_contract.report.junit import found_cases
from eigen_contract.report.result import Group, Result
from eigen_contract.report.rules import rule_of
from eigen_contract.runner import Judgement, Plan, run
from eigen_contract.scenarios import SCENARIOS
from eigen_contract.spec import Contract
from eigen_contract.targets import Choice, open_target

Outcome = tuple[Literal["passed", "failed", "skipped"], str]
"""What came of a case, and why; plain values, because workers of pytest-xdist are sent them."""
RUN = "the deployment can be judged"
OTHERS = "no other finding"
EXAMPLES = "examples_succeed"


@frozen
class Settings:
    """What the options of the command line say."""

    url: str
    budget: int
    allow_negative: bool
    folder: Path | None

    @classmethod
    def of(cls, config: pytest.Config) -> "Settings":
        folder: Path | None = config.getoption("--eigen-contract-report")
        budget: int = config.getoption("--eigen-contract-budget") or 0
        return cls(
            str(config.getoption("--eigen-contract-url")),
            budget,
            bool(config.getoption("--eigen-contract-allow-negative")),
            config.invocation_params.dir / folder if folder else None,
        )


def list_cases() -> list[str]:
    """List the names of all cases: whether there is an outcome, each scenario, each check and operation."""
    checks = [EXAMPLES, *(check.name for check in CHECKS)]
    operations = [operation.id for operation in Contract.load().operations]
    return [
        RUN,
        *(f"scenario {scenario.name}" for scenario in SCENARIOS),
        *(f"{operation} {check}" for operation in operations for check in checks),
        OTHERS,
    ]


def judge(settings: Settings) -> dict[str, Outcome]:
    """Send the deployment what the budget buys; return the outcome of each case."""
    key = os.environ.get("EIGENAI_API_KEY", "")
    redaction = Redaction(key)
    try:
        result = judged(settings, key)
    except CannotJudgeError as error:
        message = redaction.text(" ".join(str(error).split()))
        return {RUN: ("failed", f"could not judge: {message}")}
    return {name: (kind, redaction.text(why)) for name, (kind, why) in outcomes_of(result).items()}


def judged(settings: Settings, key: str) -> Result:
    """Judge the deployment, and write the reports that were asked for. Raises CannotJudgeError."""
    oracle = Oracle.of(Contract.load())
    if settings.folder:
        report.prepare(settings.folder)
    choice = Choice(
        target=f"live:{settings.url}",
        budget=settings.budget,
        key=key,
        allow_negative=settings.allow_negative,
    )
    with open_target(choice) as target:
        judgement = run(target, oracle, Plan())
    # It is a team's own server, so nothing that it does speaks against the contract.
    result = Result.of(oracle, judgement, judgement.findings, strict=True)
    if settings.folder:
        report.write(settings.folder, result, key)
    return result


def outcomes_of(result: Result) -> dict[str, Outcome]:
    """Return the outcome of each case of a judgement."""
    found = found_cases(result)
    scenarios = {scenario.name for scenario in SCENARIOS}
    outcomes: dict[str, Outcome] = {RUN: outcome_of_run(result.judgement)}
    judged_cases = result.judgement.survey.judged
    outcomes |= {name_of(operation, check, scenarios): ("passed", "") for operation, check in judged_cases}
    others: list[Group] = []
    known = set(list_cases())
    failed: dict[str, list[Group]] = {}
    for (operation, check), groups in found.items():
        name = name_of(operation, check, scenarios)
        if name in known:
            failed.setdefault(name, []).extend(groups)
        else:
            others += groups
    failed |= {OTHERS: others} if others else {}
    outcomes[OTHERS] = ("passed", "")
    for name, groups in failed.items():
        outcomes[name] = ("failed", described(groups))
    return outcomes


def name_of(operation: str, check: str, scenarios: set[str]) -> str:
    return f"scenario {check}" if check in scenarios else f"{operation} {check}"


def outcome_of_run(judgement: Judgement) -> Outcome:
    """Say whether the run came to its end, or to the end of its budget."""
    if judgement.stopped is not None and not isinstance(judgement.stopped, BudgetSpentError):
        return "failed", f"the run ended early: {judgement.stopped}"
    return "passed", ""


def described(groups: list[Group]) -> str:
    """Write what was found: the rule, each finding, and the command that shows it again."""
    distinct = list({group.number: group for group in groups}.values())
    lines = [rule_of(distinct[0].check)]
    for group in distinct:
        times = len(group.findings)
        lines += ["", group.first.message, f"at {group.pointer}" + (f", {times} times" if times > 1 else "")]
        exchange = group.exchange
        if exchange is not None:
            response = exchange.response
            lines.append(f"answered {response.status} {response.media_type}".rstrip())
            if not needs_file(exchange.request.body):
                lines.append(curl(exchange))
    return "\n".join(lines)


def outcome_for(name: str, outcomes: Mapping[str, Outcome]) -> Outcome:
    """Return the outcome of a case; one that has none was not judged."""
    if name in outcomes:
        return outcomes[name]
    if len(outcomes) == 1:
        return "skipped", "the deployment could not be judged"
    return "skipped", "nothing was judged: within the budget no answer shows it"
