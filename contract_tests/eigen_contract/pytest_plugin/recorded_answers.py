"""What the fixture `eigen_generate_tape` gives: a tape that answers, or records, the requests of one test."""

from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from attrs import define, field

from eigen_contract.exchange import Request, Response
from eigen_contract.pytest_plugin.endpoint import endpoint, taken
from eigen_contract.pytest_plugin.interception import intercepted
from eigen_contract.pytest_plugin.playback import Playback, TestLabel
from eigen_contract.pytest_plugin.tape_options import tape_folder
from eigen_contract.tape import Tape, UnmatchedError
from eigen_contract.targets.which import find_recordings


@define
class RecordedAnswers:
    """Answers the requests of one test from a tape."""

    folder: Path
    """Where the tape is."""
    playback: Playback = field(repr=False)
    requests: list[Request] = field(factory=list[Request], init=False)
    """What the program sent to the endpoint in this test, without its key."""
    unmatched: list[UnmatchedError] = field(factory=list[UnmatchedError], init=False)
    """The requests that were not on the tape. A test with any of them fails, even if the program goes on."""

    def __call__(self, request: Any) -> Any:
        """Answer a request of httpx from the tape: as a side effect of respx, or in `httpx.MockTransport`."""
        import httpx

        request.read()
        return self.played(httpx, taken(request, endpoint().target(request) or str(request.url.raw_path)))

    def answer(self, library: Any, request: Any, send: Callable[[Any], Any]) -> Any:
        """Answer a request that is on its way to a connection."""
        target = endpoint().target(request)
        if target is None:
            return send(request)
        request.read()
        return self.played(library, taken(request, target))

    async def answer_async(self, library: Any, request: Any, send: Callable[[Any], Awaitable[Any]]) -> Any:
        """Do the same in an event loop."""
        target = endpoint().target(request)
        if target is None:
            return await send(request)
        await request.aread()
        return self.played(library, taken(request, target))

    def played(self, library: Any, request: Request) -> Any:
        """Return what the tape has, as a response of the program's library.

        Raises:
            UnmatchedError: it has nothing.
        """
        self.requests.append(request)
        try:
            return response_of(library, self.playback.answer(request))
        except UnmatchedError as error:
            named = UnmatchedError(f"{error} (tape {self.folder})")
            self.unmatched.append(named)
            raise named from None


def response_of(library: Any, response: Response) -> Any:
    """Make a response of httpx or httpx2."""
    return library.Response(response.status, headers=list(response.headers), content=response.body)


@contextmanager
def answering(request: pytest.FixtureRequest) -> Generator[RecordedAnswers]:
    """Answer what the program under test sends, until the test ends."""
    folder = tape_folder(request) or find_recordings()
    recorded = RecordedAnswers(folder, Playback(Tape.load(folder), TestLabel(request.node.nodeid)))
    with intercepted(recorded):
        yield recorded
