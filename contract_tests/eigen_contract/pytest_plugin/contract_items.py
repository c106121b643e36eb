"""The tests of a deployment: one for each case, all from one judgement, which the first of them starts."""

from collections.abc import Iterator
from typing import Any, TypeVar

import pytest

from eigen_contract.pytest_plugin.contract_outcomes import Outcome, Settings, judge, list_cases, outcome_for

NAME = "eigen-contract"
N = TypeVar("N", bound=pytest.Collector | pytest.Item)
OUTCOMES = pytest.StashKey[dict[str, Outcome]]()


class DeviationError(Exception):
    """What is wrong, as it is to be read: without a traceback of the judge."""


class ContractItem(pytest.Item):
    """One case: a check of an operation, or a scenario."""

    def runtest(self) -> None:
        """Fail or skip as the judgement says. Raises DeviationError."""
        outcome, reason = outcome_for(self.name, outcomes_of(self.config))
        if outcome == "skipped":
            pytest.skip(reason)
        if outcome == "failed":
            raise DeviationError(reason)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show what was found, and no line of the judge."""
        if isinstance(excinfo.value, DeviationError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[str, None, str]:
        return NAME, None, self.name


class ContractCollector(pytest.Collector):
    """Holds the cases."""

    def collect(self) -> Iterator[ContractItem]:
        for name in list_cases():
            yield make_node(ContractItem, self, name=name)


def collect_items(session: pytest.Session) -> list[pytest.Item]:
    """Make the tests, for a session that has collected its own."""
    return list(make_node(ContractCollector, session, name=NAME, nodeid=NAME).collect())


def make_node(kind: type[N], parent: pytest.Collector, **fields: str) -> N:
    """Make a node of the tree of tests; pytest does not type the one way to do it."""
    untyped: Any = kind
    node: N = untyped.from_parent(parent, **fields)
    return node


def outcomes_of(config: pytest.Config) -> dict[str, Outcome]:
    """Return what came of the judgement, which is started if there is none.

    The controller of pytest-xdist judges for all of its workers, or each of them would spend the budget.
    """
    if OUTCOMES not in config.stash:
        given: dict[str, Any] = getattr(config, "workerinput", {})
        config.stash[OUTCOMES] = given[NAME] if NAME in given else judge(Settings.of(config))
    return config.stash[OUTCOMES]
