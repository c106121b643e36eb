"""Opens the target that a command line names."""

from pathlib import Path

from attrs import frozen

from eigen_contract.errors import CannotJudgeError
from eigen_contract.targets.live import live
from eigen_contract.targets.recorded import recorded
from eigen_contract.targets.reference import load, over
from eigen_contract.targets.target import Target

RECORDINGS = "recordings"


@frozen
class Choice:
    """What a command line says about the target: `rate` in requests a second, `timeout` in seconds."""

    target: str = "reference"
    budget: int | None = None
    key: str | None = None
    allow_negative: bool = False
    rate: float | None = None
    concurrency: int = 1
    timeout: float = 300.0
    tape: Path | None = None
    spec: Path | None = None


def open_target(choice: Choice) -> Target:
    """Open a target by its name: `reference`, `recorded` or `live:URL`.

    Raises:
        CannotJudgeError: there is no such target, or it lacks what it needs.
    """
    kind, _, url = choice.target.partition(":")
    if kind == "reference" and not url:
        return over(load(str(choice.spec) if choice.spec else None))
    if kind == "recorded" and not url:
        return recorded(choice.tape or find_recordings())
    if kind == "live" and url:
        return live(
            url,
            key=choice.key,
            budget=choice.budget,
            allow_negative=choice.allow_negative,
            rate=choice.rate,
            concurrency=choice.concurrency,
            timeout=choice.timeout,
        )
    raise CannotJudgeError(f"{choice.target!r} is no target; take reference, recorded or live:URL")


def find_recordings() -> Path:
    """Find the tape in this package, or beside it.

    Raises:
        CannotJudgeError: there is none.
    """
    here = Path(__file__).resolve().parents[1]
    for folder in (here / RECORDINGS, here.parent / RECORDINGS):
        if folder.is_dir():
            return folder
    raise CannotJudgeError("there is no tape in the package; name one with --tape")
