"""Options and fixtures of the contract suite: who is judged, and by which contract."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from capturing import CapturingServer
from eigen_contract.errors import CannotJudgeError
from eigen_contract.oracle import Oracle
from eigen_contract.spec import Contract
from eigen_contract.targets import Capability, Choice, Target, open_target

HERE = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("contract", "who is judged, and how much is sent")
    group.addoption("--target", default="reference", help="reference, recorded or live:URL")
    group.addoption("--budget", type=int, default=None, help="the most requests for a live target")
    group.addoption("--draw-seed", type=int, default=1, help="same seed, same generated requests")
    group.addoption("--cases", type=int, default=1000, help="requests to draw")
    group.addoption("--tape", type=Path, default=HERE / "recordings", help="the tape of the target recorded")


@pytest.fixture(scope="session")
def contract() -> Contract:
    return Contract.load()


@pytest.fixture(scope="session")
def oracle(contract: Contract) -> Oracle:
    return Oracle.of(contract)


@pytest.fixture(scope="session")
def target(request: pytest.FixtureRequest) -> Iterator[Target]:
    """The server under judgement."""
    option = request.config.getoption
    choice = Choice(
        target=str(option("--target")),
        budget=option("--budget"),
        key=os.environ.get("EIGENAI_API_KEY"),
        tape=option("--tape"),
    )
    try:
        opened = open_target(choice)
    except CannotJudgeError as error:
        pytest.exit(f"could not judge: {error}", returncode=2)
    with opened:
        yield opened


@pytest.fixture
def capability(request: pytest.FixtureRequest, target: Target) -> Capability:
    """The capability that a test is parametrised with; the test is left out where the target lacks it."""
    needed: Capability = request.param
    if needed not in target.capabilities:
        pytest.skip(f"the target {target.name} does not allow {needed}")
    return needed


@pytest.fixture
def capturing() -> Iterator[CapturingServer]:
    """A loopback server that keeps what it is sent."""
    with CapturingServer() as server:
        yield server
