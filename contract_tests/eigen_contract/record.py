"""Records a tape: every example in each form that the SDK sends it in, what follows, and refusals."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from attrs import evolve

from eigen_contract import __version__
from eigen_contract.compose import compose
from eigen_contract.examples import Example, examples
from eigen_contract.exchange import Exchange, Request
from eigen_contract.oracle import Oracle
from eigen_contract.runner import origin_of
from eigen_contract.scenarios.context import ScenarioContext
from eigen_contract.scenarios.jobs import document_of, video_of, waited_for
from eigen_contract.spec import Contract
from eigen_contract.survey import Survey
from eigen_contract.tape import Origin, Provenance, Tape, TapeEntry
from eigen_contract.targets.target import Target


def record(target: Target, contract: Contract, folder: Path, origin: Origin | None = None) -> Tape:
    """Send what belongs on a tape, and write it.

    Args:
        origin: who answers; without it whoever the answers say.

    Raises:
        CannotJudgeError: the target gives no answer, or some answer holds the key.
    """
    survey = Survey.of(contract)
    context = ScenarioContext(Oracle.of(contract), target.send, see=survey.see)
    exchanges = [evolve(exchange, label=label) for label, exchange in recorded(context, target)]
    tools = (f"eigen-contract/{__version__}",)
    provenance = Provenance(origin or origin_of(target, survey), datetime.now(UTC), contract.sha256, tools)
    tape = Tape(tuple(TapeEntry(exchange, provenance) for exchange in exchanges))
    tape.save(folder, target.api_key)
    return tape


def recorded(context: ScenarioContext, target: Target) -> Iterator[tuple[str, Exchange]]:
    """Send what belongs on a tape, in the order in which it follows from itself."""
    shown = list(examples(context.oracle.contract))
    for label, request in [pair for example in shown for pair in forms_of(example)]:
        exchange = context.send(request)
        yield label, exchange
        yield from followed(context, label, exchange)
    if "refusals" in target.capabilities:
        for label, request in refusals(shown[0].request):
            yield label, context.send(request)


def forms_of(example: Example) -> Iterator[tuple[str, Request]]:
    """Yield an example as the spec shows it, and as the SDK's method sends it if that is another form."""
    yield f"example {example.name}", example.request
    names = {
        variant.name for variant in example.body.variants if set(example.value) <= set(variant.properties)
    }
    for method in example.operation.methods:
        encoding = method.get("encoding", example.body.media_type)
        if encoding != example.body.media_type and names & set(method.get("variants", ())):
            uploads = example.filled != example.value
            if encoding in example.operation.bodies and not uploads:
                label = f"example {example.name} as {encoding.rpartition('/')[2]}"
                yield label, compose(example.operation, encoding, example.value)


def followed(context: ScenarioContext, label: str, exchange: Exchange) -> Iterator[tuple[str, Exchange]]:
    """Follow a job to its video."""
    task = document_of(context, exchange).get("task_id")
    if isinstance(task, str):
        yield f"{label}, status", waited_for(context, task)
        yield f"{label}, video", video_of(context, task)


def refusals(request: Request) -> Iterator[tuple[str, Request]]:
    """Yield one of each kind of request that is to be refused."""
    yield "refused wrong key", evolve(request, auth="wrong")
    yield "refused no key", evolve(request, auth="missing")
    yield "refused media type", evolve(request, headers=(("content-type", "text/plain"),))
    yield "refused broken JSON", evolve(request, body=request.body[:-1])
    yield "refused no prompt", evolve(request, body=b'{"model": "eigen-image"}')
    yield "refused method", Request("GET", request.path)
