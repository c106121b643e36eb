"""PocketSphinx with the model that its wheel carries. Runs in a process of its own: see `isolation`."""

import functools
import importlib
from typing import Protocol, cast

from attrs import frozen

from .errors import needs

SAMPLE_RATE = 16_000
"""Hertz; what the model was trained on."""
BEAM = 3_000
"""Most states kept a frame: halves the time against the default of 30,000, and heard no word worse in our
scenarios."""
SHORTEST = SAMPLE_RATE // 5 * 2
"""Bytes. Less than a fifth of a second holds no word, and PocketSphinx refuses an empty buffer."""


class Hypothesis(Protocol):
    """What PocketSphinx believes was said."""

    hypstr: str


class Decoder(Protocol):
    """The part of `pocketsphinx.Decoder` that is used."""

    def get_cmn(self) -> str: ...
    def set_cmn(self, cmn: str) -> None: ...
    def reinit_feat(self) -> None: ...
    def start_utt(self) -> None: ...
    def process_raw(self, data: bytes, full_utt: bool) -> object: ...
    def end_utt(self) -> None: ...
    def hyp(self) -> Hypothesis | None: ...


@frozen
class Listener:
    """A decoder and the channel statistics that it started with."""

    decoder: Decoder
    channel: str

    def listen(self, samples: bytes) -> str:
        """Return the words in `samples`, none if there are none."""
        if len(samples) < SHORTEST:
            return ""
        # What was heard before would colour what is heard now.
        self.decoder.reinit_feat()
        self.decoder.set_cmn(self.channel)
        self.decoder.start_utt()
        self.decoder.process_raw(samples, full_utt=True)
        self.decoder.end_utt()
        heard = self.decoder.hyp()
        return heard.hypstr if heard is not None else ""


@functools.cache
def listener() -> Listener:
    """Load the model, which takes half a second. Raises EngineUnavailableError."""
    with needs("pocketsphinx"):
        module = importlib.import_module("pocketsphinx")
    decoder = cast(Decoder, module.Decoder(samprate=SAMPLE_RATE, loglevel="FATAL", maxhmmpf=BEAM))
    return Listener(decoder, decoder.get_cmn())


def answer(_: dict[str, object], payload: bytes) -> bytes:
    """Return the UTF-8 words in the 16 bit mono samples `payload`."""
    return listener().listen(payload).encode()
