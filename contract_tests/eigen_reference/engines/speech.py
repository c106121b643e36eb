"""Speak: cut a text into pieces, have PicoTTS say each, and bring the samples to 24 kHz."""

import re
from collections.abc import Iterator

from . import pico
from .errors import InputTooLongError
from .isolation import FRESH_PAGES, EngineProcess, Limits
from .values import Utterance
from .workshop import Workshop

SAMPLE_RATE = 24_000
"""Hertz, of all speech that is sent out."""

MAX_CHARACTERS = 5_000
MAX_SECONDS = 300
"""Of audio. `123` takes longer to say than to write, so the characters alone bound nothing."""
PAUSE = bytes(2 * SAMPLE_RATE // 4)
"""Said for a text, or a piece of one, that holds nothing PicoTTS can pronounce: a quarter of a second."""
VOICES = {
    "en": "en-US",
    "en-us": "en-US",
    "en-gb": "en-GB",
    "de": "de-DE",
    "es": "es-ES",
    "fr": "fr-FR",
    "it": "it-IT",
}
NAMES = {"english": "en", "german": "de", "spanish": "es", "french": "fr", "italian": "it"}


class Speaker:
    """Speaks through one PicoTTS process, at most `most_seconds` of audio at a time."""

    def __init__(
        self,
        process: EngineProcess | None = None,
        workshop: Workshop | None = None,
        *,
        most_seconds: float = MAX_SECONDS,
    ) -> None:
        self._process = process or pico_process()
        self._workshop = workshop or Workshop()
        self._most_seconds = most_seconds

    def open(self) -> None:
        """Speak again, after `close`."""
        self._process.open()

    def close(self) -> None:
        """End the process."""
        self._process.close()

    def pieces(self, utterance: Utterance) -> Iterator[bytes]:
        """Yield 16 bit mono samples at 24 kHz, piece by piece, as they are made.

        Raises InputTooLongError before the first piece or between two, EngineUnavailableError,
        EngineFailedError.
        """
        if len(utterance.text) > MAX_CHARACTERS:
            raise InputTooLongError(f"text has more than {MAX_CHARACTERS} characters", "text")
        spoken = 0
        for piece in cut(utterance.text) or [""]:
            samples = self._say(piece, utterance) or PAUSE
            spoken += len(samples)
            if spoken > self._most_seconds * 2 * SAMPLE_RATE:
                raise InputTooLongError(f"text takes over {self._most_seconds:g} s to say", "text")
            yield samples

    def _say(self, piece: str, utterance: Utterance) -> bytes:
        arguments = {
            "language": voice_for(utterance.language),
            "speed": utterance.speed,
            "pitch": utterance.pitch,
            "volume": utterance.volume,
        }
        samples = self._process.ask(arguments, piece.encode())
        return self._workshop.resample(samples, pico.SAMPLE_RATE, SAMPLE_RATE)


def pico_process(limits: Limits | None = None, **environment: str) -> EngineProcess:
    """Return a process that runs PicoTTS."""
    return EngineProcess(
        f"{__package__}.pico",
        limits or Limits(seconds=20, megabytes=512),
        environment={**FRESH_PAGES, **environment},
    )


def voice_for(language: str) -> str:
    """Return PicoTTS's name for a language code or an English name; American English if it has none."""
    wanted = NAMES.get(language.lower(), language.lower())
    return VOICES.get(wanted) or VOICES.get(wanted[:2]) or "en-US"


def cut(text: str, longest: int = 200) -> list[str]:
    """Cut a text after its sentences, and between words where a sentence is long, into speakable pieces.

    `<` and `&` would be markup to PicoTTS, and a word of hundreds of characters stops it.
    """
    plain = re.sub(r"[<>\x00-\x1f\x7f]", " ", text).replace("&", " and ")
    short = re.sub(r"(\S{24})(?=\S)", r"\1 ", plain)
    return [
        piece.strip()
        for sentence in re.split(r"(?<=[.!?;:])\s+", short)
        for piece in re.findall(rf".{{1,{longest}}}(?:\s|$)", sentence)
        if piece.strip()
    ]
