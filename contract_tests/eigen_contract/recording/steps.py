"""What belongs on a tape: every example in each form that the SDK sends it in, and refusals.

What follows a job depends on its answer, so `following.py` says that.
"""

from collections.abc import Iterator

from attrs import evolve, frozen

from eigen_contract.compose import compose
from eigen_contract.examples import Example, examples
from eigen_contract.exchange import Request
from eigen_contract.spec import Contract


@frozen
class Step:
    """One request that belongs on a tape."""

    label: str
    request: Request
    pointer: str
    """Where the contract shows it."""
    is_refusal: bool = False


def is_planned(label: str) -> bool:
    """Say whether a label is one that recordings of a contract give."""
    return label.startswith(("example ", "refused "))


def steps(contract: Contract, *, refusals: bool) -> tuple[Step, ...]:
    """List what belongs on a tape of a contract, in the order of the contract.

    Args:
        refusals: with one of each kind of request that is to be refused.
    """
    shown = [step for example in examples(contract) for step in steps_of(example)]
    return (*shown, *(refusal_steps(shown[0]) if refusals and shown else ()))


def steps_of(example: Example) -> Iterator[Step]:
    """Yield an example as the contract shows it, and as the SDK's method sends it if that is another form."""
    names = {
        variant.name for variant in example.body.variants if set(example.value) <= set(variant.properties)
    }
    methods = [method for method in example.operation.methods if names & set(method.get("variants", ()))]
    pointer = f"{example.body.pointer.removesuffix('/schema')}/examples/{example.name}"
    yield Step(f"example {example.name}", example.request, pointer)
    uploads = example.filled != example.value
    for encoding in dict.fromkeys(method.get("encoding", example.body.media_type) for method in methods):
        if encoding != example.body.media_type and encoding in example.operation.bodies and not uploads:
            label = f"example {example.name} as {encoding.rpartition('/')[2]}"
            yield Step(label, compose(example.operation, encoding, example.value), pointer)


def refusal_steps(shown: Step) -> Iterator[Step]:
    """Yield one of each kind of request that is to be refused, made of one that is not."""
    request = shown.request
    kinds = {
        "wrong key": evolve(request, auth="wrong"),
        "no key": evolve(request, auth="missing"),
        "media type": evolve(request, headers=(("content-type", "text/plain"),)),
        "broken JSON": evolve(request, body=request.body[:-1]),
        "no prompt": evolve(request, body=b'{"model": "eigen-image"}'),
        "method": Request("GET", request.path),
    }
    for kind, refused in kinds.items():
        yield Step(f"refused {kind}", refused, shown.pointer, is_refusal=True)
