"""Transcription: speech that the server made goes back to it, and its words come back."""

import re
from collections.abc import Iterator

from eigen_contract.checks import CheckContext
from eigen_contract.compose import Upload
from eigen_contract.exchange import Exchange, Finding
from eigen_contract.scenarios.context import FORM, JSON, ScenarioContext
from eigen_contract.shapes import members

SAID = (
    "The quick brown fox jumps over the lazy dog.",
    "She sells sea shells by the shore every morning in the summer.",
)
KNOWN = 1 / 3
"""The share of the words that must be heard: a small engine mistakes some, and no engine all."""
FORMS: tuple[tuple[str, dict[str, str]], ...] = (
    ("whisper_v3_turbo", {"response_format": "json"}),
    ("whisper_v3_turbo", {"response_format": "text"}),
    ("higgs_asr_3", {}),
)
"""Every form in which a transcript comes."""


def what_is_said_is_heard(context: ScenarioContext) -> Iterator[Finding]:
    """A transcript holds the words that were spoken, in every form of the answer."""
    for text in SAID:
        spoken = context.media(context.ask(JSON, model="higgs2p5", text=text))
        if not spoken:
            continue  # that there is no speech is said elsewhere
        recording = Upload("spoken.wav", "audio/wav", spoken[0])
        for model, choice in FORMS:
            exchange = context.ask(FORM, model=model, file=recording, **choice)
            heard = transcript(context, exchange)
            if len(words(text) & words(heard)) < KNOWN * len(words(text)):
                message = f"the recording says {text!r}; the transcript of {model} is {heard[:80]!r}"
                yield context.finding("what_is_said_is_heard", message, context.endpoint.pointer, exchange)


def transcript(context: ScenarioContext, exchange: Exchange) -> str:
    """Return the words of an answer, wherever they stand."""
    if exchange.response.media_type == "text/plain":
        return exchange.response.body.decode(errors="replace")
    document = members(CheckContext(context.oracle, exchange).document)
    return str(document.get("text", document.get("transcription", "")))


def words(text: str) -> set[str]:
    return set(re.findall("[a-z]+", text.lower()))
