"""Speech is the same whatever carries it: every format that can be chosen, and the stream."""

import base64
import json
import secrets
from collections.abc import Iterator

from eigen_contract.checks.events import kind_of, read_events
from eigen_contract.checks.following import SOUND_FORMATS
from eigen_contract.compose import compose
from eigen_contract.decoding import BrokenMediaError, decode
from eigen_contract.decoding.sounds import Sound
from eigen_contract.exchange import Exchange, Finding
from eigen_contract.trials.bench import JSON, Bench

CHOOSES = "qwen3-tts"
"""The model that takes the choice of a format."""
TEXT = "Good morning. This is said as a file, and once more as a stream."
TRIES = 3
"""How many streams are asked for before one that came late is held against a server."""
LATEST = 0.9
"""The share of the time of a whole stream by which its first byte must have come."""
SOON = 0.03
"""Seconds within which nobody can tell a stream from a whole answer."""
RATE = 24_000
"""Hertz of samples that come bare."""
SLACK = 0.15
"""Seconds by which a codec may pad what it carries: two frames of AAC are 0.09."""

SAME = 0.01
"""Seconds by which two recordings without a codec between them may differ."""


def speech_is_the_same_in_every_format(bench: Bench) -> Iterator[Finding]:
    """The format that is chosen is the one that comes, and it holds the speech to its last word."""
    seconds = 0.0
    for chosen, media_type in SOUND_FORMATS.items():
        exchange = bench.ask(JSON, model=CHOOSES, text=TEXT, response_format=chosen)
        heard = seconds_of(exchange)
        seconds = seconds or heard
        if exchange.response.media_type != media_type:
            message = f"{chosen} was chosen and {exchange.response.media_type} came"
        elif abs(heard - seconds) > SLACK:
            message = f"{chosen} lasts {heard:.2f} s and the first format {seconds:.2f} s"
        else:
            continue
        yield bench.finding("speech_is_the_same_in_every_format", message, bench.endpoint.pointer, exchange)


def a_stream_says_what_the_file_says(bench: Bench) -> Iterator[Finding]:
    """The chunks of a stream are together as long as the file of the same speech."""
    whole = seconds_of(bench.ask(JSON, model=CHOOSES, text=TEXT))
    exchange = bench.ask(JSON, model=CHOOSES, text=TEXT, stream=True)
    streamed = streamed_seconds(exchange)
    if abs(streamed - whole) > SAME:
        message = f"the stream lasts {streamed:.2f} s and the file {whole:.2f} s"
        yield bench.finding("a_stream_says_what_the_file_says", message, bench.endpoint.pointer, exchange)


def streams_begin_before_they_end(bench: Bench) -> Iterator[Finding]:
    """The first byte of a stream comes before its last is made: well before, where there is much to say.

    A busy machine may hold up one stream, and a server may have kept another. So others follow, each of a
    text that was never asked for, until one has begun early. If none has, and one was late, it is the server.
    """
    asked = bench.ask(JSON, model=CHOOSES, text=speech(0), stream=True)
    begun = began_early(asked)
    told = [begun]
    while not begun and len(told) < TRIES:
        members = {"model": CHOOSES, "text": speech(secrets.randbelow(10**6)), "stream": True}
        begun = began_early(bench.glance(compose(bench.endpoint, JSON, members)))
        told.append(begun)
    if not begun and False in told:
        message = f"the first byte came in the last {1 - LATEST:.0%} of the time that the whole stream took"
        yield bench.finding("streams_begin_before_they_end", message, bench.endpoint.pointer, asked)


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


def seconds_of(exchange: Exchange) -> float:
    """Return how long a recording lasts; 0 if it is none, which is for the checks to say."""
    try:
        heard = decode(exchange.response.body, exchange.response.media_type)
    except BrokenMediaError:
        return 0.0
    return heard.samples / (heard.rate or RATE) if isinstance(heard, Sound) else 0.0


def streamed_seconds(exchange: Exchange) -> float:
    """Return how long the chunks of a stream last; what is malformed counts for nothing."""
    size = 0
    for event in read_events(exchange.response.body).events:
        try:
            payload = json.loads(event.data)
            if kind_of(payload) == "audio_chunk":
                size += len(base64.b64decode(str(payload["data"])))
        except (ValueError, LookupError, TypeError):
            continue
    return size / 2 / RATE
