"""The raw layer: the arguments and answers of each operation, as the contract's models."""

from attrs import frozen

from ..media_types import essence
from ..model.arguments import Argument, list_parameter_arguments
from ..model.operations import OperationSpec, OperationTypes, list_success_statuses
from ..model.sdk import Deprecation, read_deprecation
from ..model.types import (
    Alternative,
    NamedType,
    ValueType,
    find_class_names,
    join_alternatives,
    list_alternatives,
    value_annotation,
)

# Names that the functions of the raw layer use themselves, and names of their modules that a parameter of the
# same name would hide.
_RESERVED_NAMES = (
    *("client", "body", "media_type", "parse", "warn_deprecated", "datetime"),
    *("sync", "sync_detailed", "asyncio", "asyncio_detailed"),
)


@frozen
class RawOperation:
    """An operation of the raw layer: its arguments, and the annotations of its body and of its answer.

    `successes` are pairs of a status and its contents, which are pairs of a media type and an annotation.
    `class_names` are the models and choices that the annotations name.
    """

    operation: OperationSpec
    parameters: list[Argument]
    body: str
    answer: str
    successes: list[tuple[str, list[tuple[str, str]]]]
    class_names: list[str]

    @property
    def deprecation(self) -> Deprecation | None:
        """What callers are told if the operation is deprecated."""
        return read_deprecation(self.operation.data)


def describe_raw_operation(operation: OperationSpec, types: OperationTypes) -> RawOperation:
    """Return the description of an operation for the raw layer."""
    answers = {
        status: {
            media_type: types.answers.get((status, media_type)) or _untyped_answer(media_type)
            for media_type in operation.responses[status].get("content", {})
        }
        for status in list_success_statuses(operation)
    }
    value_types = [*types.bodies, *types.parameters, *types.answers.values()]
    return RawOperation(
        operation=operation,
        parameters=list_parameter_arguments(operation, types, _RESERVED_NAMES, value_annotation),
        body=join_alternatives(
            alternative for body in types.bodies for alternative in list_alternatives(body)
        ),
        answer=_join_answers(answers),
        successes=[
            (status, [(media_type, value_annotation(answer)) for media_type, answer in contents.items()])
            for status, contents in answers.items()
        ],
        class_names=sorted(set[str]().union(*map(find_class_names, value_types))),
    )


def _untyped_answer(media_type: str) -> ValueType:
    """Return the type of an answer that is neither JSON nor events."""
    return NamedType("str" if essence(media_type).startswith("text/") else "bytes")


def _join_answers(answers: dict[str, dict[str, ValueType]]) -> str:
    """Return the annotation of what a success is parsed to; None for a status without content."""
    alternatives: list[Alternative] = []
    for contents in answers.values():
        for answer in contents.values():
            alternatives += list_alternatives(answer)
        if not contents:
            alternatives.append("None")
    return join_alternatives(alternatives) or "None"
