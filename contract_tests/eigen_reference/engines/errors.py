"""What an engine raises.

EngineError
├── UnreadableInputError     an upload is not what its field asks for
├── InputTooLongError        there is more to do than this engine will take on
├── EngineFailedError        the engine stopped on this input, took too long or needs too much memory
├── EngineUnavailableError   the package that does the work cannot be imported
├── EngineBusyError          as many requests as may wait for this engine are waiting
├── DearWorkError            the work is dear, and only cheap work was asked for
└── WorkCancelledError       nobody waits for the work any more
"""

from collections.abc import Generator
from contextlib import contextmanager


class EngineError(Exception):
    """Root of what engines raise. `field` names the field of the request at fault, if one is."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class UnreadableInputError(EngineError):
    """An upload cannot be decoded."""


class InputTooLongError(EngineError):
    """A text, a picture or a recording is larger than the engine takes."""


class EngineFailedError(EngineError):
    """The engine gave up on this input."""


class EngineUnavailableError(EngineError):
    """The package that does the work is not installed or does not load here."""

    def __init__(self, package: str) -> None:
        super().__init__(f"the package {package!r} cannot be imported; install eigen-contract[reference]")
        self.package = package


class EngineBusyError(EngineError):
    """Too many requests wait already. `seconds` is after how long to ask again."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class DearWorkError(EngineError):
    """The work would hold up cheap work; it is to be done where other dear work waits."""

    def __init__(self) -> None:
        super().__init__("this work is dear, and only cheap work was asked for")


class WorkCancelledError(EngineError):
    """The client has left, or the server is ending."""

    def __init__(self) -> None:
        super().__init__("the work was stopped: its client has left, or the server is ending")


@contextmanager
def needs(package: str) -> Generator[None]:
    """Import inside: an ImportError becomes EngineUnavailableError, naming the distribution `package`."""
    try:
        yield
    except ImportError as error:
        raise EngineUnavailableError(package) from error
