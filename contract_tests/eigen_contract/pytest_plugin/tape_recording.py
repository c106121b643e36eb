"""Keeps what a program under test was answered, exchange by exchange, on the tape of its test."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import define

from eigen_contract import __version__
from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import Exchange, Origin, Request, Response
from eigen_contract.pytest_plugin.playback import TestLabel
from eigen_contract.spec import Contract
from eigen_contract.survey import ENGINE
from eigen_contract.tape import Provenance, Tape, TapeEntry
from eigen_contract.tape.locking import locked
from eigen_contract.tape.secrets import holds_key

OF_THE_TRANSFER = ("connection", "content-encoding", "content-length", "keep-alive", "transfer-encoding")
"""Headers of an answer that belong to how it came, and do not fit what was read of it."""


@define
class EpisodeRecorder:
    """Adds the exchanges of one test to a tape; each is on disk before the program sees its answer."""

    folder: Path
    label: TestLabel
    number: int
    """How many exchanges of the test are on the tape."""

    def keep(self, request: Request, response: Response, key: str, library: Any) -> None:
        """Put an exchange on the tape.

        Args:
            key: the key that the request carried.
            library: httpx or httpx2, which sent it.

        Raises:
            CannotJudgeError: the exchange holds the key, or the folder cannot be written to.
        """
        exchange = Exchange(request, response, self.label.numbered(self.number + 1))
        if holds_key(exchange, key):
            raise CannotJudgeError(
                f"{request.method} {request.path} is not recorded: the exchange holds the key"
            )
        provenance = Provenance(
            origin=origin_of(response),
            recorded=datetime.now(UTC),
            spec_sha256=Contract.load().sha256,
            tools=(f"eigen-contract/{__version__}", f"{library.__name__}/{library.__version__}"),
        )
        with alone(self.folder):
            # Another test, in another worker, may have written to it a moment ago.
            tape = Tape.load_or_empty(self.folder)
            tape.with_entry(TapeEntry(exchange, provenance)).save(self.folder, key)
        self.number += 1


def origin_of(response: Response) -> Origin:
    """Say who answered: a reference server says so itself."""
    return "reference" if response.header(ENGINE) else "vendor"


@contextmanager
def alone(folder: Path) -> Generator[None]:
    """Wait until no other process writes to a tape, and keep them waiting."""
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(folder, waits=True))
        except OSError as error:
            raise CannotJudgeError(f"cannot write the tape {folder}: {error.strerror}") from error
        yield


def received(response: Any) -> Response:
    """Take what a tape keeps of a response of httpx or httpx2 that was read."""
    headers = tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1"))
        for name, value in response.headers.raw
        if name.decode("latin-1").lower() not in OF_THE_TRANSFER
    )
    return Response(response.status_code, headers, response.content)
