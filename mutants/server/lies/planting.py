"""A lie: a change of the requests that a server sees, or of the answers that it gives."""

from collections.abc import Callable
from typing import Any, Literal

from attrs import frozen

from mutants.server.requests import GENERATE, value_of, with_value, without
from mutants.server.rewriting import Answer, Call, Planting

ShownBy = Literal["requests", "refusals"]


@frozen
class Lie:
    """One lying server: what it does, what it changes, and which requests show it."""

    family: str
    name: str
    planting: Planting
    shown_by: ShownBy = "requests"


def in_requests(change: Callable[[Call], Call | Answer]) -> Planting:
    """Change requests to the endpoint itself."""
    return Planting(lambda call: change(call) if call.path == GENERATE else call)


def in_answers(change: Callable[[Answer], Answer], path: str = GENERATE, status: int = 200) -> Planting:
    """Change answers of a path that have a status."""

    def answer(call: Call, given: Answer) -> Answer:
        return change(given) if (call.path, given.status) == (path, status) else given

    return Planting(answer=answer)


def ignoring(name: str, media_type: str | None = None) -> Planting:
    """Do as if a property were not there."""

    def request(call: Call) -> Call:
        return without(call, name) if media_type in (None, call.media_type) else call

    return in_requests(request)


def always(name: str, value: Any) -> Planting:
    return in_requests(lambda call: with_value(call, name, value))


def counting(beside: str) -> Callable[[Call], Call]:
    """Let a counter stand for the seed of requests that have another property."""
    count = iter(range(10**9))
    return lambda call: with_value(call, "seed", next(count)) if value_of(call, beside) is not None else call
