"""Says in a sentence what each check asks for: the check's own first line, so that it cannot drift."""

from collections.abc import Callable
from typing import Any

from eigen_contract.checks import CHECKS
from eigen_contract.scenarios import SCENARIOS

OTHERS = {
    "examples_succeed": "Every named example of the contract is answered with 200.",
    "examples_are_on_the_tape": "Every named example of the contract is on the tape.",
    "recordings_are_recent": "No exchange on the tape is older than --max-age allows.",
    "deviations": "Each finding that the baseline accepts is still there.",
}
"""Checks that are not functions of their own."""
STOCK = "An answer conforms to the operation's responses (a check of Schemathesis)."


def rule_of(check: str) -> str:
    """Return what a check asks for, in one sentence."""
    functions: list[Callable[..., Any]] = [check.run for check in CHECKS]
    functions += [scenario.run for scenario in SCENARIOS]
    sentences = {function.__name__: first_line(function) for function in functions}
    return {**sentences, **OTHERS}.get(check, STOCK)


def first_line(function: Callable[..., Any]) -> str:
    return (function.__doc__ or "").strip().split("\n")[0]
