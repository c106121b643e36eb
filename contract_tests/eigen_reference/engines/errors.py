"""What an engine raises.

EngineError
├── UnreadableInputError     an upload is not what its field asks for
├── InputTooLongError        there is more to do than this engine will take on
├── EngineFailedError        the engine stopped on this input, or took too long
└── EngineUnavailableError   the package that does the work cannot be imported
"""

from collections.abc import Generator
from contextlib import contextmanager


class EngineError(Exception):
    """Root of what engines raise. `field` names the member of the request at fault, if one is."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class UnreadableInputError(EngineError):
    """An upload cannot be decoded."""


class InputTooLongError(EngineError):
    """A text or a recording is longer than the engine takes."""


class EngineFailedError(EngineError):
    """The engine gave up on this input."""


class EngineUnavailableError(EngineError):
    """The package that does the work is not installed or does not load here."""

    def __init__(self, package: str) -> None:
        super().__init__(f"the package {package!r} cannot be imported; install eigen-contract[reference]")
        self.package = package


@contextmanager
def needs(package: str) -> Generator[None]:
    """Import inside: an ImportError becomes EngineUnavailableError, naming the distribution `package`."""
    try:
        yield
    except ImportError as error:
        raise EngineUnavailableError(package) from error
