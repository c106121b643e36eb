"""Transcribe: decode any common container with PyAV, and have PocketSphinx listen."""

from . import sphinx
from .isolation import EngineProcess
from .sound import decode
from .values import Transcript

MAX_SECONDS = 30
"""Of a recording that are listened to; the rest is passed over. PocketSphinx takes up to half real time."""


class Listener:
    """Listens through one PocketSphinx process."""

    def __init__(self, process: EngineProcess | None = None) -> None:
        self._process = process or EngineProcess("sphinx", seconds=120)

    def warm_up(self) -> None:
        """Load the model before anyone waits for it."""
        self._process.ask({})

    def transcribe(self, recording: bytes, name: str = "file") -> Transcript:
        """Return the words of a recording.

        Raises UnreadableInputError naming `name`, EngineUnavailableError, EngineFailedError.
        """
        samples, seconds = decode(recording, sphinx.SAMPLE_RATE, name, most_seconds=MAX_SECONDS)
        return Transcript(text=self._process.ask({}, samples).decode(), seconds=seconds)
