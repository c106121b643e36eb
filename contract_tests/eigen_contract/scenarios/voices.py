"""How speech sounds: the named, imitated or saved voice changes it, and so does the speed."""

from collections.abc import Iterator
from typing import Any

from eigen_contract.compose import Upload
from eigen_contract.exchange import Exchange, Finding
from eigen_contract.media import wav
from eigen_contract.scenarios.access import refused
from eigen_contract.scenarios.context import FORM, JSON, ScenarioContext
from eigen_contract.scenarios.jobs import document_of
from eigen_contract.scenarios.sounds import heard_in

SEED = {"seed": 7}
"""What chance there is in speech is to be the same on both sides."""
SPOKEN = {"text": "good morning", **SEED}
LOW, HIGH = (Upload("voice.wav", "audio/wav", wav(pitch=pitch)) for pitch in (110, 440))
CHOICES: tuple[tuple[str, str, str, Any, Any], ...] = (
    (JSON, "higgs2p5", "voice", "Linda", "Jack"),
    (FORM, "higgs2p5", "voice", "Linda", "Jack"),
    (FORM, "higgs2p5", "voice_reference_file", LOW, HIGH),
    (FORM, "chatterbox", "audio_prompt_file", LOW, HIGH),
)
"""Members that choose a voice, by encoding and a model that takes them, and two values of each."""
LANGUAGES = {"language_id": "de", "language": "German"}
"""Fields that name the language to speak, with one that is not the default."""
SLOW, FAST = 0.7, 1.4
UPLOAD = "uploadVoice"


def the_voice_matters(context: ScenarioContext) -> Iterator[Finding]:
    """Another voice gives other speech."""
    for media_type, model, name, one, other in CHOICES:
        first, second = (
            context.ask_once(media_type, model=model, **SPOKEN, **{name: value}) for value in (one, other)
        )
        if context.media(first) == context.media(second):
            message = (
                f"{model}, sent as {media_type}: another {name} should give other speech; got the same bytes"
            )
            yield context.finding("the_voice_matters", message, context.endpoint.pointer, second)


def the_language_matters(context: ScenarioContext) -> Iterator[Finding]:
    """The same text sounds different in another language, however the language is named."""
    for media_type in (JSON, FORM):
        usual = context.ask_once(media_type, model="chatterbox", **SPOKEN)
        for name, value in LANGUAGES.items():
            other = context.ask(media_type, model="chatterbox", **SPOKEN, **{name: value})
            if context.media(usual) == context.media(other):
                what = f"sent as {media_type}: {name} {value!r}"
                message = f"{what} should give other speech than no language, which is English; got the same"
                yield context.finding("the_language_matters", message, context.endpoint.pointer, other)


def the_pace_matters(context: ScenarioContext) -> Iterator[Finding]:
    """Speech lasts longer at a slower speed."""
    for media_type in (JSON, FORM):
        slow, fast = (
            context.ask_once(media_type, model="higgs2p5", **SPOKEN, voice_settings={"speed": speed})
            for speed in (SLOW, FAST)
        )
        if heard_in(slow).seconds <= heard_in(fast).seconds:
            lengths = f"{heard_in(slow).seconds:.2f} s and {heard_in(fast).seconds:.2f} s"
            expected = f"speech at speed {SLOW} should last longer than at {FAST}"
            message = f"sent as {media_type}: {expected}; got {lengths}"
            yield context.finding("the_pace_matters", message, "#/components/schemas/VoiceSettings", fast)


def saved_voices_speak(context: ScenarioContext) -> Iterator[Finding]:
    """A saved voice can speak, and two recordings give two different voices."""
    heard: list[Exchange] = []
    for recording in (LOW, HIGH):
        members = {"model": "higgs2p5", "voice_reference_file": recording}
        saved = context.send(context.compose(FORM, members, context.operation(UPLOAD)))
        voice = document_of(context, saved).get("voice_id")
        if not voice:
            status = saved.response.status
            message = f"the answer to a saved recording should have a voice_id; got {status} without one"
            yield context.finding("saved_voices_speak", message, "#/components/schemas/SavedVoice", saved)
            return
        spoken = context.ask(JSON, model="higgs2p5", **SPOKEN, voice_id=voice)
        yield from refused(context, spoken, "saved_voices_speak", {200}, "speech with a saved voice_id")
        heard.append(spoken)
    if context.media(heard[0]) == context.media(heard[1]):
        message = "saved voices of two different recordings should give different speech; got the same bytes"
        yield context.finding("saved_voices_speak", message, "#/components/schemas/SavedVoice", heard[1])
