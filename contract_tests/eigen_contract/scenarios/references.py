"""Files that a request names by a path or URL: if the server finds one, it does so in every encoding."""

from collections.abc import Iterator

from eigen_contract.examples import Example, examples
from eigen_contract.exchange import Finding, Request
from eigen_contract.oracle import REFERENCES
from eigen_contract.scenarios.access import refused
from eigen_contract.scenarios.context import ScenarioContext


def references_are_taken_in_every_encoding(context: ScenarioContext) -> Iterator[Finding]:
    """A file named by path or URL that works in one encoding (JSON or form) works in the other."""
    for example in examples(context.oracle.contract):
        named = sorted(set(REFERENCES) & example.value.keys())
        shown = context.compose(example.body.media_type, example.filled, example.operation)
        if named and context.send_once(shown).response.status == 200:
            for media_type, request in otherwise(context, example):
                what = f"{named[0]} of the example {example.name}, sent as {media_type}"
                check = "references_are_taken_in_every_encoding"
                yield from refused(context, context.send(request), check, {200}, what)


def otherwise(context: ScenarioContext, example: Example) -> Iterator[tuple[str, Request]]:
    """Yield the example in every other encoding in which the contract takes it."""
    for media_type in example.operation.bodies:
        if media_type != example.body.media_type:
            request = context.compose(media_type, example.filled, example.operation)
            if context.oracle.judge(request).ruling != "refuse":
                yield media_type, request
