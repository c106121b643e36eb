"""Answer text-to-speech, as a file or as server-sent events, and a voice upload."""

import base64
import json
from collections.abc import Iterator
from typing import Any

from starlette.responses import Response, StreamingResponse

from ..engines import chance
from ..engines.errors import EngineError
from ..engines.values import Number, Utterance
from ..problems import json_response
from . import options
from .request import Request

CREDITS = {"x-credits-remaining": "1000"}
"""Nothing is charged here, so the number never changes."""
MEDIA_TYPES = {
    "wav": "audio/wav",
    "pcm": "audio/pcm",
    "mp3": "audio/mpeg",
    "flac": "audio/flac",
    "aac": "audio/aac",
    "opus": "audio/ogg",
}
PITCHES = {
    "linda": 1.0,
    "jack": 0.85,
    "vivian": 1.1,
    "serena": 1.05,
    "uncle_fu": 0.8,
    "dylan": 0.9,
    "eric": 0.88,
    "ryan": 0.92,
    "aiden": 0.95,
    "ono_anna": 1.15,
    "sohee": 1.12,
}
MANNERS = {
    "slow": (0.8, 1.0),
    "calm": (0.9, 1.0),
    "fast": (1.25, 1.0),
    "quick": (1.25, 1.0),
    "whisper": (0.95, 0.4),
    "quiet": (1.0, 0.6),
    "loud": (1.0, 1.5),
    "shout": (1.05, 2.0),
}
"""Speed and volume by words of `instructions`."""
SAMPLE_RATE = 24_000
CHUNK = SAMPLE_RATE * 2 // 5
"""Bytes of one event's audio: a fifth of a second."""


def speak(request: Request) -> Response:
    """Speak the text as the model's voice."""
    utterance = _utterance(request)
    if request.flag("stream"):
        return _stream(request, utterance)
    samples = request.engines.speak(utterance, cheap=request.cheap)
    audio_format = request.text("response_format", "wav").lower()
    media_type = MEDIA_TYPES.get(audio_format, MEDIA_TYPES["wav"])
    if audio_format != "pcm":
        samples = request.engines.encode(samples, audio_format if audio_format in MEDIA_TYPES else "wav")
    return Response(samples, media_type=media_type, headers=CREDITS)


def upload_voice(request: Request) -> Response:
    """Answer with an id for the voice. Nothing is kept: the id itself says how the voice sounds."""
    name, recording = request.file("voice_reference_file") or ("voice_reference_file", b"")
    request.engines.check_recording(recording, name)
    return json_response({"voice_id": f"voice-{chance.digest(request.model, recording).hex()[:24]}"})


def _utterance(request: Request) -> Utterance:
    settings: dict[str, Any] | None = request.values.get("voice_settings")
    speed = options.number(settings or {}, "speed", 1.0, 0.25, 4)
    manner_speed, volume = _manner(request.text("instructions"))
    liveliness = options.number(request.values, "exaggeration", 0.5, 0, 2) - 0.5
    return Utterance(
        text=request.text("text"),
        language=request.text("language_id") or request.text("language"),
        speed=speed * manner_speed,
        pitch=_pitch(request) * (1 + 0.1 * liveliness) * _wobble(options.seed(request.values)),
        volume=volume,
    )


def _pitch(request: Request) -> float:
    """Return the pitch of the voice: of a preset, or one drawn from a recording, an id, a URL or a name."""
    recording = request.file("voice_reference_file", "audio_prompt_file")
    if recording is not None:
        request.engines.check_recording(recording[1], recording[0])
        return 0.85 + 0.3 * chance.fraction(chance.digest(recording[1]))
    for name in ("voice_id", "voice_url", "voice_name", "voice"):
        voice = request.text(name)
        if voice:
            return PITCHES.get(voice.lower()) or 0.85 + 0.3 * chance.fraction(voice)
    return 1.0


def _wobble(seed: Number | None) -> float:
    """Return a factor that lets a seed be heard: three to eight percent up or down."""
    if seed is None:
        return 1.0
    dice = chance.dice("wobble", chance.settle(seed))
    return 1 + dice.choice((-1, 1)) * dice.uniform(0.03, 0.08)


def _manner(instructions: str) -> tuple[float, float]:
    speed, volume = 1.0, 1.0
    for word, (faster, louder) in MANNERS.items():
        if word in instructions.lower():
            speed, volume = speed * faster, volume * louder
    return speed, volume


def _stream(request: Request, utterance: Utterance) -> Response:
    pieces = request.engines.speak_in_pieces(utterance, cheap=request.cheap)
    first = next(pieces)  # what goes wrong before the first sound is still answered with a status
    headers = {**CREDITS, "cache-control": "no-store"}
    return StreamingResponse(
        _events(utterance, first, pieces), media_type="text/event-stream", headers=headers
    )


def _events(utterance: Utterance, first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    minutes = round(len(utterance.text) / 900, 3)  # people speak some 900 characters a minute
    yield _event(type="start", creditsCharged=0, creditsRemaining=1000, estimatedMinutes=minutes)
    yield _event(type="metadata", data={"channels": 1, "sample_rate": SAMPLE_RATE, "format": "pcm_s16le"})
    yield from _chunks(first)
    try:
        for piece in rest:
            yield from _chunks(piece)
    except EngineError as error:
        yield _event(type="error", message=error.message)
        return
    yield _event(type="complete")


def _chunks(samples: bytes) -> Iterator[bytes]:
    for start in range(0, len(samples), CHUNK):
        chunk = samples[start : start + CHUNK]
        yield _event(type="audio_chunk", data=base64.b64encode(chunk).decode(), size=len(chunk))


def _event(**members: object) -> bytes:
    return b"data: " + json.dumps(members, separators=(",", ":")).encode() + b"\n\n"
