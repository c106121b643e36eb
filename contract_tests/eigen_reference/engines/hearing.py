"""Transcribe: decode any common container with PyAV, and have PocketSphinx listen."""

from . import sphinx
from .errors import DearWorkError
from .isolation import EngineProcess, Limits
from .values import Transcript
from .workshop import Workshop

MAX_SECONDS = 30
"""Of a recording that are listened to; the rest is passed over. PocketSphinx takes up to half real time."""
CHEAP_SECONDS = 6
"""Of a recording that others may wait for; longer ones have a process of their own."""


class Listener:
    """Listens through two PocketSphinx processes: one for short recordings, one for long ones."""

    def __init__(self, workshop: Workshop | None = None) -> None:
        limits = Limits(seconds=120, megabytes=512)
        self._workshop = workshop or Workshop()
        self._short, self._long = (EngineProcess(f"{__package__}.sphinx", limits) for _ in range(2))

    def open(self) -> None:
        """Listen again, after `close`."""
        self._short.open()
        self._long.open()

    def close(self) -> None:
        """End the processes."""
        self._short.close()
        self._long.close()

    def transcribe(self, recording: bytes, name: str = "file", *, cheap: bool = False) -> Transcript:
        """Return the words of a recording.

        Raises UnreadableInputError naming `name`, EngineUnavailableError, EngineFailedError; DearWorkError if
        it is long and only `cheap` work is wanted.
        """
        samples, seconds = self._workshop.decode(recording, sphinx.SAMPLE_RATE, name, MAX_SECONDS)
        is_long = len(samples) > CHEAP_SECONDS * sphinx.SAMPLE_RATE * 2
        if is_long and cheap:
            raise DearWorkError
        process = self._long if is_long else self._short
        return Transcript(text=process.ask({}, samples).decode(), seconds=seconds)
