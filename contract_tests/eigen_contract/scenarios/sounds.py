"""Speech is the same whatever carries it: every format that can be chosen, and the stream."""

import base64
import json
import secrets
from array import array
from collections.abc import Iterator

from attrs import frozen

from eigen_contract.checks.events import kind_of, read_events
from eigen_contract.checks.following import SOUND_FORMATS
from eigen_contract.decoding import BrokenMediaError
from eigen_contract.decoding.contents import RATE
from eigen_contract.decoding.loudness import (
    Samples,
    is_silent,
    likeness,
    little,
    samples_of,
    smoothness,
)
from eigen_contract.exchange import Exchange, Finding
from eigen_contract.scenarios.context import FORM, JSON, ScenarioContext

CHOOSES = "qwen3-tts"
"""The model that takes the choice of a format."""
IN_FORM = "mp3"
"""The format that is asked for in a form too."""
TEXT = "Good morning. This is said as a file, and once more as a stream."
ROUGH = 0.3
"""Difference in smoothness between speech and noise; codecs change it far less."""
TRIES = 3
"""How many streams are asked for before one that came late is held against a server."""
LATEST = 0.9
"""The share of the time of a whole stream by which its first byte must have come."""
SOON = 0.03
"""Seconds within which a stream cannot be told from a whole answer."""
ALIKE = 0.5
"""Correlation of loudness above which two recordings say the same: codecs leave 0.9 and more."""
SLACK = 0.15
"""Seconds by which a codec may pad what it carries: two frames of AAC are 0.09."""

SAME = 0.01
"""Seconds by which two recordings without a codec between them may differ."""


def speech_is_the_same_in_every_format(context: ScenarioContext) -> Iterator[Finding]:
    """Speech comes in the format that was chosen, and is complete in every format."""
    asked = {
        chosen: context.ask_once(JSON, model=CHOOSES, text=TEXT, response_format=chosen)
        for chosen in SOUND_FORMATS
    }
    sounds = {chosen: heard_in(exchange) for chosen, exchange in asked.items()}
    first, *_ = sounds
    for chosen, media_type in SOUND_FORMATS.items():
        exchange, heard = asked[chosen], sounds[chosen]
        if exchange.response.media_type != media_type:
            received = exchange.response.media_type or "no Content-Type"
            message = f"response_format {chosen} should give {media_type}; got {received}"
        elif wrong := differing(chosen, heard, first, sounds[first], SLACK):
            message = wrong
        else:
            continue
        yield context.finding(
            "speech_is_the_same_in_every_format", message, context.endpoint.pointer, exchange
        )
    exchange = context.ask(FORM, model=CHOOSES, text=TEXT, response_format=IN_FORM)
    if exchange.response.media_type != SOUND_FORMATS[IN_FORM]:
        received = exchange.response.media_type or "no Content-Type"
        message = f"response_format {IN_FORM} in a form should give {SOUND_FORMATS[IN_FORM]}; got {received}"
        yield context.finding(
            "speech_is_the_same_in_every_format", message, context.endpoint.pointer, exchange
        )


def a_stream_says_what_the_file_says(context: ScenarioContext) -> Iterator[Finding]:
    """The chunks of a stream, played in the stated format, are the same speech as the file."""
    whole = heard_in(context.ask_once(JSON, model=CHOOSES, text=TEXT, response_format="wav"))
    exchange = context.ask(JSON, model=CHOOSES, text=TEXT, stream=True)
    wrong = differing("the stream", streamed(exchange), "the file", whole, SAME)
    if wrong:
        yield context.finding("a_stream_says_what_the_file_says", wrong, context.endpoint.pointer, exchange)


@frozen
class Heard:
    """A recording as it is played: 16-bit samples, and seconds."""

    samples: Samples
    seconds: float


def differing(name: str, heard: Heard, other_name: str, other: Heard, slack: float) -> str:
    """Say in what two recordings of the same speech differ; empty if in nothing that is heard."""
    if is_silent(heard.samples):
        return f"{name} should hold speech; it is silent"
    if abs(heard.seconds - other.seconds) > slack:
        lengths = f"{heard.seconds:.2f} s and {other.seconds:.2f} s"
        return f"{name} and {other_name} should last equally long; got {lengths}"
    alike = likeness(heard.samples, other.samples)
    if alike < ALIKE:
        differs = f"their loudness differs (correlation {alike:.2f})"
        return f"{name} and {other_name} should be the same speech; {differs}"
    if abs(smoothness(heard.samples) - smoothness(other.samples)) > ROUGH:
        cause = "one of them is noise, as if the bytes of its samples were swapped"
        return f"{name} and {other_name} should sound alike; {cause}"
    return ""


def streams_begin_before_they_end(context: ScenarioContext) -> Iterator[Finding]:
    """The first byte of a stream comes well before its last.

    A busy machine may hold up one stream, and a server may have kept another. So others follow, each of a
    text that was never asked for, until one has begun early. If none has, and one was late, it is the server.
    """
    asked = context.ask(JSON, model=CHOOSES, text=speech(0), stream=True)
    begun = began_early(asked)
    outcomes = [begun]
    while not begun and len(outcomes) < TRIES:
        members = {"model": CHOOSES, "text": speech(secrets.randbelow(10**6)), "stream": True}
        begun = began_early(context.glance(context.compose(JSON, members)))
        outcomes.append(begun)
    if not begun and False in outcomes:
        late = f"came in the last {1 - LATEST:.0%} of the time that the whole stream took"
        message = f"a stream should begin early; of {len(outcomes)} streams none did: the first byte {late}"
        yield context.finding("streams_begin_before_they_end", message, context.endpoint.pointer, asked)


def speech(start: int) -> str:
    """Write much to say, of sentences that are counted from `start`."""
    numbers = range(start, start + 20)
    return " ".join(
        f"This is sentence number {number} of a speech that goes on for a while." for number in numbers
    )


def began_early(exchange: Exchange) -> bool | None:
    """Whether a stream began well before its end; None if it came too fast to tell."""
    first, last = exchange.response.first_byte, exchange.response.last_byte
    if first is None or last is None or last < SOON:
        return None
    return first <= LATEST * last


def heard_in(exchange: Exchange) -> Heard:
    """Hear a recording; nothing if it cannot be decoded, which the checks report."""
    try:
        samples = samples_of(exchange.response.body, exchange.response.media_type)
    except BrokenMediaError:
        samples = array("h")
    return Heard(samples, len(samples) / RATE)


def streamed(exchange: Exchange) -> Heard:
    """Hear the chunks of a stream, at the pace that its format says; what is malformed counts for nothing."""
    data, pace = bytearray(), RATE
    for event in read_events(exchange.response.body).events:
        try:
            payload = json.loads(event.data)
            if kind_of(payload) == "audio_chunk":
                data += base64.b64decode(str(payload["data"]))
            elif kind_of(payload) == "metadata":
                said = payload["data"]
                pace = int(said.get("sample_rate", RATE)) * int(said.get("channels", 1))
        except (ValueError, LookupError, TypeError, AttributeError):
            continue
    samples = little(bytes(data))
    return Heard(samples, len(samples) / (pace or RATE))
