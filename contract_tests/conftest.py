"""Options and fixtures of the contract suite: who is judged, and by which contract."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from capturing import CapturingServer
from eigen_contract import report
from eigen_contract.errors import BudgetSpentError, CannotJudgeError, StoppedError
from eigen_contract.models import Models
from eigen_contract.oracle import Oracle
from eigen_contract.runner import Plan
from eigen_contract.spec import Contract
from eigen_contract.targets import Capability, Choice, Target, open_target
from judging import Judging, packed, share, write

JUDGED = pytest.StashKey[list[bytes]]()
"""What was judged: by this process, and by the workers that it controls."""
GENERATED = "test_server_generated.py"
"""The module of what is sent last, where a budget limits how much is sent."""
HERE = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("contract", "who is judged, and how much is sent")
    group.addoption("--target", default="reference", help="reference, recorded or live:URL")
    group.addoption("--only-target", action="store_true", help="leave out what is the same for every target")
    group.addoption("--budget", type=int, default=None, help="the most requests for a live target")
    group.addoption("--draw-seed", type=int, default=1, help="same seed, same generated requests")
    group.addoption("--cases", type=int, default=1000, help="requests to draw")
    group.addoption(
        "--corpus", type=Path, default=None, metavar="DIR", help="keep generated requests for the next run"
    )
    group.addoption("--allow-negative", action="store_true", help="send a live target what it must refuse")
    group.addoption("--rate", type=float, default=None, help="the most requests a second for a live target")
    group.addoption("--models", type=Path, default=None, metavar="FILE", help="the models to ask for, by job")
    group.addoption(
        "--model", action="append", default=[], metavar="JOB=ID", help="the model to ask for in one job"
    )
    group.addoption(
        "--origin", choices=("vendor", "deployment"), default=None, help="whose server a live target is"
    )
    group.addoption(
        "--strict-evidence",
        action="store_true",
        help="let findings fail that rest on an assumption (the default, except for the vendor's own server)",
    )
    group.addoption(
        "--weigh-evidence", action="store_true", help="let no finding fail that rests on an assumption"
    )
    group.addoption("--report", type=Path, default=None, metavar="DIR", help="write a report")
    group.addoption("--require-complete", action="store_true", help="let an example fail that the tape lacks")
    group.addoption(
        "--max-age",
        type=float,
        default=None,
        metavar="DAYS",
        help="let older exchanges on the tape fail",
    )
    group.addoption("--tape", type=Path, default=HERE / "recordings", help="the tape of the target recorded")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[JUDGED] = []
    folder: Path | None = config.getoption("--report")
    if folder is not None and not hasattr(config, "workerinput"):
        try:
            report.prepare(folder)
        except CannotJudgeError as error:
            pytest.exit(f"could not judge: {error}", returncode=2)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With `--only-target`, leave out what does not use the target; spend a budget in the plan's order."""
    if config.getoption("--budget") is not None:
        items.sort(key=lambda item: item.path.name == GENERATED)
    if config.getoption("--only-target"):
        kept: list[pytest.Item] = []
        left_out: list[pytest.Item] = []
        for item in items:
            uses_target = isinstance(item, pytest.Function) and "target" in item.fixturenames
            (kept if uses_target else left_out).append(item)
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Leave out what the budget does not reach, and end where nothing more may be sent."""
    try:
        return (yield)
    except BudgetSpentError as error:
        pytest.skip(f"{item.name}: {error}")
    except StoppedError as error:
        pytest.exit(f"could not judge: {error}", returncode=2)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker of xdist judged."""
    node.config.stash[JUDGED] += getattr(node, "workeroutput", {}).get("judged", [])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what was judged, or write the report of it."""
    config = session.config
    folder: Path | None = config.getoption("--report")
    handed_over: dict[str, Any] | None = getattr(config, "workeroutput", None)
    if handed_over is not None:
        handed_over["judged"] = config.stash[JUDGED]
    elif folder is not None:
        oracle, key = Oracle.of(Contract.load()), os.environ.get("EIGENAI_API_KEY", "")
        write(folder, oracle, config.stash[JUDGED], strict=strictness(config), key=key)


def strictness(config: pytest.Config) -> bool | None:
    """Return whether every finding fails, whatever it rests on; None leaves it to who answers."""
    if config.getoption("--weigh-evidence"):
        return False
    return bool(config.getoption("--strict-evidence")) or None


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
    worker: dict[str, Any] = getattr(request.config, "workerinput", {"workercount": 1, "workerid": "gw0"})
    number = int(worker["workerid"].removeprefix("gw"))
    choice = Choice(
        target=str(option("--target")),
        budget=share(option("--budget"), worker["workercount"], number),
        allow_negative=bool(option("--allow-negative")),
        rate=option("--rate"),
        key=os.environ.get("EIGENAI_API_KEY"),
        tape=option("--tape"),
    )
    try:
        opened = open_target(choice)
    except CannotJudgeError as error:
        pytest.exit(f"could not judge: {error}", returncode=2)
    with opened:
        yield opened


@pytest.fixture(scope="session")
def judging(request: pytest.FixtureRequest, oracle: Oracle, target: Target) -> Iterator[Judging]:
    """The server under judgement, with a memory of what it was sent."""

    def option(name: str) -> Any:
        return request.config.getoption(name)

    try:
        models = Models.read(option("--models"), option("--model"))
    except CannotJudgeError as error:
        pytest.exit(f"could not judge: {error}", returncode=2)
    plan = Plan(
        seed=option("--draw-seed"),
        models=models,
        origin=option("--origin"),
        require_complete=bool(option("--require-complete")),
        max_age=option("--max-age"),
    )
    judging = Judging.of(oracle, target, plan, option("--corpus"), strictness(request.config))
    yield judging
    request.config.stash[JUDGED].append(packed(judging.judgement()))


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
