"""Records a tape: every example, and one of each kind of refusal, so that errors are on it too."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from attrs import evolve

from eigen_contract.examples import examples
from eigen_contract.exchange import Exchange, Request
from eigen_contract.spec import Contract
from eigen_contract.tape import Origin, Tape
from eigen_contract.targets.target import Target


def record(target: Target, contract: Contract, folder: Path, origin: Origin) -> Tape:
    """Send what belongs on a tape, and write it.

    Raises:
        CannotJudgeError: the target gives no answer, or some answer holds the key.
    """
    exchanges = tuple(
        Exchange(request, target.send(request), label) for label, request in wanted(target, contract)
    )
    tape = Tape(origin, datetime.now(UTC).date().isoformat(), contract.sha256, exchanges)
    tape.save(folder, target.api_key)
    return tape


def wanted(target: Target, contract: Contract) -> Iterator[tuple[str, Request]]:
    """Yield what belongs on a tape, with its label."""
    shown = list(examples(contract))
    for example in shown:
        yield f"example {example.name}", example.request
    if "refusals" not in target.capabilities:
        return
    first = shown[0].request
    yield "refused wrong key", evolve(first, auth="wrong")
    yield "refused no key", evolve(first, auth="missing")
    yield "refused media type", evolve(first, headers=(("content-type", "text/plain"),))
    yield "refused broken JSON", evolve(first, body=first.body[:-1])
    yield "refused no prompt", evolve(first, body=b'{"model": "eigen-image"}')
    yield "refused method", Request("GET", first.path)
