"""The plugin of pytest: options, and fixtures for tests of programs that call the endpoint.

pytest imports this module whenever `eigen-contract` is installed, so it imports no other package but pytest.
What a fixture needs is imported when a test asks for it.
"""

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from eigen_contract.pytest_plugin.recorded_answers import RecordedAnswers

GROUP = "eigen-contract"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the plugin; each has the prefix `--eigen-`, which no other plugin uses."""
    from eigen_contract.pytest_plugin import contract_options, tape_options

    group = parser.getgroup(GROUP, "programs that call the Eigen AI generate endpoint, and deployments of it")
    tape_options.add(parser, group)
    contract_options.add(group)


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers of the plugin known."""
    from eigen_contract.pytest_plugin import tape_options

    config.addinivalue_line("markers", tape_options.MARKER_HELP)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add the tests of a deployment, if there is one to judge; `-k` chooses among them as among all."""
    if config.getoption("--eigen-contract-url"):
        from eigen_contract.pytest_plugin.contract_items import collect_items

        items += collect_items(session)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hand the outcome to a worker of pytest-xdist."""
    if node.config.getoption("--eigen-contract-url") and not node.config.getoption("--collect-only"):
        from eigen_contract.pytest_plugin.contract_items import NAME, outcomes_of

        node.workerinput[NAME] = outcomes_of(node.config)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Fail a test whose program sent what is not on its tape, even if it went on without an answer."""
    result = yield
    recorded: RecordedAnswers | None = getattr(item, "funcargs", {}).get("eigen_generate_tape")
    if recorded is not None and recorded.failures:
        raise recorded.failures[0]
    return result


@pytest.fixture
def eigen_generate_tape(request: pytest.FixtureRequest) -> "Iterator[RecordedAnswers]":
    """Answers what the program under test sends to the endpoint from a tape, or records it.

    Whatever HTTP client of httpx or httpx2 the program makes, its requests to the endpoint are answered here.
    Other requests go where they went before.
    """
    from eigen_contract.pytest_plugin.recorded_answers import answering

    with answering(request) as recorded:
        yield recorded
