"""Transcription: speech that the server made goes back to it, and its words come back."""

import re
from collections.abc import Iterator

from eigen_contract.checks import CheckContext
from eigen_contract.compose import Upload
from eigen_contract.exchange import Exchange, Finding
from eigen_contract.media import wav
from eigen_contract.scenarios.context import FORM, JSON, ScenarioContext
from eigen_contract.shapes import members

SAID = (
    "The quick brown fox jumps over the lazy dog. There are seven days in a week, and twelve months in a "
    "year.",
    "She sells sea shells by the shore every morning in the summer.",
)
PARTS = 3
"""Parts of a text of which each must be heard: what was cut short lacks its end."""
DETAILED = "higgs_asr_3"
"""The model whose transcript has the timing and the language."""
LANGUAGES = ("en", "de")
SECONDS = 1.5
"""Length of the tone."""
TOLERANCE = 0.2
"""Seconds by which a stated length may differ from that of the recording."""
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
        spoken = context.media(context.ask_once(JSON, model="higgs2p5", text=text))
        if not spoken:
            continue  # that there is no speech is said elsewhere
        recording = Upload("spoken.wav", "audio/wav", spoken[0])
        for model, choice in FORMS if text == SAID[0] else FORMS[:1]:
            exchange = context.ask(FORM, model=model, file=recording, **choice)
            heard = transcript(context, exchange)
            if any(len(part & words(heard)) < KNOWN * len(part) for part in parts(text)):
                message = f"the recording says {text!r}; the transcript of {model} is {heard[:200]!r}"
                yield context.finding("what_is_said_is_heard", message, context.endpoint.pointer, exchange)


def transcripts_speak_of_the_recording(context: ScenarioContext) -> Iterator[Finding]:
    """A detailed transcript states the length of the recording, and the language that was asked for.

    The recording is a tone, so no language can be heard in it: the one that is stated is the one asked for.
    """
    tone = Upload("tone.wav", "audio/wav", wav(SECONDS))
    pointer = "#/components/schemas/DetailedTranscript/properties"
    stated: dict[str, Exchange] = {}
    for language in LANGUAGES:
        exchange = context.ask(FORM, model=DETAILED, file=tone, language=language)
        document = members(CheckContext(context.oracle, exchange).document)
        length = document.get("audio_duration")
        if isinstance(length, int | float) and abs(length - SECONDS) > TOLERANCE:
            message = f"the recording lasts {SECONDS:g} s; audio_duration is {length:g}"
            yield context.finding(
                "transcripts_speak_of_the_recording", message, f"{pointer}/audio_duration", exchange
            )
        if isinstance(document.get("language"), str):
            stated[document["language"]] = exchange
    for language, exchange in stated.items() if len(stated) == 1 else ():
        message = f"{' and '.join(LANGUAGES)} were asked for; the language of both is {language!r}"
        yield context.finding("transcripts_speak_of_the_recording", message, f"{pointer}/language", exchange)


def transcript(context: ScenarioContext, exchange: Exchange) -> str:
    """Return the words of an answer, wherever they stand."""
    if exchange.response.media_type == "text/plain":
        return exchange.response.body.decode(errors="replace")
    document = members(CheckContext(context.oracle, exchange).document)
    return str(document.get("text", document.get("transcription", "")))


def parts(text: str) -> list[set[str]]:
    """Cut a text into parts of equally many words, and return the words of each."""
    spoken = text.split()
    size = -(-len(spoken) // PARTS)
    return [words(" ".join(spoken[start : start + size])) for start in range(0, len(spoken), size)]


def words(text: str) -> set[str]:
    return set(re.findall("[a-z]+", text.lower()))
