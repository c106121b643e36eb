"""A tape in place of a server. It answers what it holds and never falls through to the network."""

from pathlib import Path

import httpx

from eigen_contract.errors import CannotJudgeError
from eigen_contract.tape import Tape
from eigen_contract.targets.target import Target, captured

KEY = "test-key"


class TapeTransport(httpx.BaseTransport):
    """Answers from a tape."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        response = self.tape.answer(captured(request, KEY))
        return httpx.Response(response.status, headers=list(response.headers), content=response.body)


def recorded(folder: Path) -> Target:
    """Open a tape as a target.

    Raises:
        CannotJudgeError: there is no tape, or it is damaged.
    """
    transport = TapeTransport(Tape.load(folder))
    return Target("recorded", "https://tape.invalid", transport, KEY, frozenset({"replay"}))


def tape_of(target: Target) -> Tape:
    """Return the tape behind a target that has the capability `replay`.

    Raises:
        CannotJudgeError: it has none.
    """
    if isinstance(target.transport, TapeTransport):
        return target.transport.tape
    raise CannotJudgeError(f"the target {target.name} is no tape")
