"""One reference application for all tests of the reports, and judgements of it."""

from collections.abc import Iterator

import pytest
from starlette.types import ASGIApp

from eigen_contract.oracle import Oracle
from eigen_contract.spec import Contract
from eigen_reference.app import create_app
from eigen_reference.engines.engines import Engines
from tests.report.judging import Lasting


@pytest.fixture(scope="session")
def contract() -> Contract:
    return Contract.load()


@pytest.fixture(scope="session")
def oracle(contract: Contract) -> Oracle:
    return Oracle.of(contract)


@pytest.fixture(scope="session")
def app() -> Iterator[ASGIApp]:
    """The reference, which outlives the targets and servers that it is put into."""
    engines = Engines()
    yield Lasting(create_app(engines=engines))
    engines.close()


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    """The key of the tests, in the environment."""
    monkeypatch.setenv("EIGENAI_API_KEY", "test-key")
    return "test-key"
