"""What the fixture `eigen_generate_tape` gives: a tape that answers, or records, the requests of one test."""

from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
from attrs import define, field

from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import Request, Response
from eigen_contract.pytest_plugin.endpoint import endpoint, key_of, taken
from eigen_contract.pytest_plugin.interception import intercepted
from eigen_contract.pytest_plugin.playback import Playback, TestLabel
from eigen_contract.pytest_plugin.tape_options import Mode, mode_of, tape_folder
from eigen_contract.pytest_plugin.tape_recording import EpisodeRecorder, received
from eigen_contract.tape import Tape, UnmatchedError
from eigen_contract.targets.which import find_recordings


@define
class RecordedAnswers:
    """Answers the requests of one test from a tape."""

    folder: Path
    """Where the tape is."""
    playback: Playback = field(repr=False)
    recorder: EpisodeRecorder | None = field(default=None, repr=False)
    """What keeps the answers to requests that are not on the tape; None if they fail."""
    requests: list[Request] = field(factory=list[Request], init=False)
    """What the program sent to the endpoint in this test, without its key."""
    failures: list[CannotJudgeError] = field(factory=list[CannotJudgeError], init=False)
    """What could not be answered or kept. A test with any of them fails, even if its program goes on."""

    def __call__(self, request: Any) -> Any:
        """Answer a request of httpx from the tape: as a side effect of respx, or in `httpx.MockTransport`."""
        import httpx

        request.read()
        target = endpoint().target(request) or request.url.raw_path.decode("ascii")
        return self._played(httpx, self._noted(request, target))

    def answer(self, library: Any, request: Any, send: Callable[[Any], Any]) -> Any:
        """Answer a request that is on its way to a connection."""
        target = endpoint().target(request)
        if target is None:
            return send(request)
        request.read()
        noted = self._noted(request, target)
        if self.recorder is None or self.playback.has(noted):
            return self._played(library, noted)
        response = send(request)
        response.read()
        return self._recorded(library, request, noted, response)

    async def answer_async(self, library: Any, request: Any, send: Callable[[Any], Awaitable[Any]]) -> Any:
        """Do the same in an event loop."""
        target = endpoint().target(request)
        if target is None:
            return await send(request)
        await request.aread()
        noted = self._noted(request, target)
        if self.recorder is None or self.playback.has(noted):
            return self._played(library, noted)
        response = await send(request)
        await response.aread()
        return self._recorded(library, request, noted, response)

    def _noted(self, request: Any, target: str) -> Request:
        self.requests.append(taken(request, target))
        return self.requests[-1]

    def _played(self, library: Any, request: Request) -> Any:
        try:
            return response_of(library, self.playback.answer(request))
        except UnmatchedError as error:
            self._fail(
                UnmatchedError(f"{error} (tape {self.folder}; --eigen-record=new_episodes records it)")
            )

    def _recorded(self, library: Any, request: Any, noted: Request, answered: Any) -> Any:
        assert self.recorder is not None
        response = received(answered)
        try:
            self.recorder.keep(noted, response, key_of(request), library)
        except CannotJudgeError as error:
            self._fail(error)
        return response_of(library, response)

    def _fail(self, error: CannotJudgeError) -> NoReturn:
        self.failures.append(error)
        raise error from None


def response_of(library: Any, response: Response) -> Any:
    """Make a response of httpx or httpx2."""
    return library.Response(response.status, headers=list(response.headers), content=response.body)


@contextmanager
def answering(request: pytest.FixtureRequest) -> Generator[RecordedAnswers]:
    """Answer what the program under test sends, until the test ends.

    Raises:
        pytest.UsageError: there is no folder to record into.
        CannotJudgeError: there is no tape, or it is damaged.
    """
    folder, mode, label = tape_folder(request), mode_of(request.config), TestLabel(request.node.nodeid)
    recorded = opened(folder, mode, label)
    with intercepted(recorded):
        yield recorded


def opened(folder: Path | None, mode: Mode, label: TestLabel) -> RecordedAnswers:
    """Open the tape of a test in one of the three modes."""
    if mode == "none":
        folder = folder or find_recordings()
        return RecordedAnswers(folder, Playback(Tape.load(folder), label))
    if folder is None:
        raise pytest.UsageError(f"--eigen-record={mode} needs a folder: name one with --eigen-tape DIR")
    playback = Playback(Tape.load_or_empty(folder), label)
    recorder = EpisodeRecorder(folder, label, playback.own)
    if mode == "new_episodes":
        return RecordedAnswers(folder, playback, recorder)
    if playback.own:
        return RecordedAnswers(folder, playback)
    # What other tests recorded is not what this program is answered now.
    return RecordedAnswers(folder, Playback(Tape(), label), recorder)
