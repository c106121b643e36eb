"""What a method returns whose `x-sdk` names no results: what the contract says of a success.

JSON is a model or another typed value, text is a `str`, other media types are a `Media` with the bytes, and a
status without content is None. A success that can only be server-sent events is a stream of typed events. If
it may be JSON or events, and the body has a boolean property `stream`, that argument selects between them.
"""

from collections.abc import Mapping

from attrs import frozen

from ..media_types import essence, is_events
from .operations import OperationSpec, OperationTypes, list_success_statuses
from .types import (
    Alternative,
    ListType,
    NamedType,
    ValueType,
    find_class_names,
    join_alternatives,
    list_alternatives,
)

# The runtime's class for bytes with a media type. A contract may have a schema of the plain name.
_MEDIA = NamedType("_Media")
_NONE = NamedType("None")


@frozen
class TypedResult:
    """The types of an operation's successes, by status and media type.

    `event` is the type of the events of a stream; None if no success is one.
    """

    answers: Mapping[str, Mapping[str, ValueType]]
    event: ValueType | None
    is_always_events: bool
    may_be_empty: bool

    @property
    def class_names(self) -> set[str]:
        """The models and choices that the types name."""
        types = [value_type for contents in self.answers.values() for value_type in contents.values()]
        return set[str]().union(*map(find_class_names, types))

    def annotate(self, *, with_events: bool, list_name: str = "list") -> str:
        """Return the annotation of a success that is read at once; `list_name` is the name of the builtin.

        Events are a list then; they are left out without `with_events`.
        """
        alternatives: list[Alternative] = ["None"] if self.may_be_empty else []
        for contents in self.answers.values():
            for media_type, value_type in contents.items():
                if with_events or not is_events(media_type):
                    alternatives += list_alternatives(value_type, list_name=list_name)
        return join_alternatives(alternatives) or "None"

    def annotate_stream(self, prefix: str, list_name: str = "list") -> str:
        """Return the annotation of the stream of events; `prefix` is `Async` or empty."""
        assert self.event is not None
        event = join_alternatives(list_alternatives(self.event, list_name=list_name))
        return f"{prefix}TypedEventStream[{event}]"


def describe_typed_result(operation: OperationSpec, types: OperationTypes) -> TypedResult:
    """Return the types of an operation's successes. A HEAD request has an answer without content."""
    statuses = list_success_statuses(operation) if operation.method != "head" else []
    answers = {
        status: {
            media_type: types.answers.get((status, media_type)) or _type_of_bytes(media_type)
            for media_type in operation.responses[status].get("content", {})
        }
        for status in statuses
    }
    events = [
        value_type
        for contents in answers.values()
        for media_type, value_type in contents.items()
        if is_events(media_type)
    ]
    media_types = [media_type for contents in answers.values() for media_type in contents]
    return TypedResult(
        answers=answers,
        event=_type_of_event(events[0]) if events else None,
        is_always_events=bool(events) and all(map(is_events, media_types)),
        may_be_empty=any(not contents for contents in answers.values()),
    )


def _type_of_bytes(media_type: str) -> ValueType:
    """Return the type of an answer that is neither JSON nor typed events."""
    return NamedType("str") if essence(media_type).startswith("text/") else _MEDIA


def _type_of_event(value_type: ValueType) -> ValueType:
    return value_type.item if isinstance(value_type, ListType) else value_type
