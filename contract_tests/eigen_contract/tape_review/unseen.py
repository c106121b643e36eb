"""What of a contract a tape has never seen."""

from collections.abc import Sequence

from attrs import frozen

from eigen_contract.checks import CheckContext
from eigen_contract.ledger.facts import facts_of
from eigen_contract.oracle import Oracle
from eigen_contract.survey import Survey
from eigen_contract.tape import Tape

NAMED = 6
"""Names that a line lists; a count stands for the others."""


@frozen
class Part:
    """Things of one kind in the contract, and those that the tape has never seen."""

    kind: str
    unseen: tuple[str, ...]
    total: int

    def __str__(self) -> str:
        more = f", … {len(self.unseen) - NAMED} more" if len(self.unseen) > NAMED else ""
        names = f" ({', '.join(self.unseen[:NAMED])}{more})" if self.unseen else ""
        return f"{len(self.unseen)} of {self.total} {self.kind}{names}"


def never_seen(oracle: Oracle, tape: Tape) -> tuple[Part, ...]:
    """List operations, variants of requests, kinds of answers and statements that no exchange has touched."""
    contract, survey = oracle.contract, Survey.of(oracle.contract)
    variants: set[str] = set()
    for exchange in tape.exchanges:
        context = CheckContext(oracle, exchange)
        survey.see(context)
        if context.succeeded:
            variants |= {variant.name for variant in context.variants}
    answers = survey.coverage.answers
    answered = {answer.operation for answer, times in answers.items() if times}
    declared = dict.fromkeys(
        variant.name
        for operation in contract.operations
        for body in operation.bodies.values()
        for variant in body.variants
    )
    known = facts_of(contract)
    return (
        part("operations", [operation.id for operation in contract.operations], answered),
        part("variants", [*declared], variants),
        part(
            "kinds of answers",
            [f"{answer.operation} {answer.status} {answer.media_type}".rstrip() for answer in answers],
            {
                f"{answer.operation} {answer.status} {answer.media_type}".rstrip()
                for answer, times in answers.items()
                if times
            },
        ),
        part("statements", [*known], {pointer for pointer in known if survey.touched[pointer]}),
    )


def part(kind: str, everything: Sequence[str], seen: set[str]) -> Part:
    return Part(kind, tuple(name for name in everything if name not in seen), len(everything))
