"""PicoTTS, by way of `py-nanotts`. Runs in a process of its own: see `isolation`."""

import functools
import importlib
from typing import Protocol, cast

from .errors import needs

SAMPLE_RATE = 16_000
"""Hertz; PicoTTS makes 16 bit mono at this rate and at no other."""


class Synthesizer(Protocol):
    """The part of `py_nanotts.NanoTTS` that is used."""

    def speak(self, text: str, voice: str, speed: float, pitch: float, volume: float) -> bytes:
        """Return 16 bit mono samples at 16 kHz."""
        ...


@functools.cache
def synthesizer() -> Synthesizer:
    """Load the engine. Raises EngineUnavailableError."""
    with needs("py-nanotts"):
        return cast(Synthesizer, importlib.import_module("py_nanotts").NanoTTS())


def answer(arguments: dict[str, object], payload: bytes) -> bytes:
    """Speak the UTF-8 text in `payload`; a piece that PicoTTS gives up on becomes silence, hence no bytes."""
    speed, pitch, volume = (cast(float, arguments[name]) for name in ("speed", "pitch", "volume"))
    engine = synthesizer()
    try:
        return engine.speak(payload.decode(), str(arguments["language"]), speed, pitch, volume)
    except RuntimeError:
        return b""
