"""Faults in what several answers say together: sound, voices, videos, transcripts, the sense of a request."""

import base64
import io
import itertools
import re
import struct
import wave
from collections.abc import Callable, Iterator
from typing import Any

from attrs import evolve
from PIL import Image

from eigen_contract.spec import Contract
from mutants.mutant import Mutant
from mutants.server.media import Event, dumped, ended, in_events, streamed
from mutants.server.requests import FORM, GENERATE, JSON, PIXEL, value_of, with_value, without
from mutants.server.rewriting import KEY, Answer, Call, Planting, refusal


def swapped(data: bytes) -> bytes:
    return bytes(data[place ^ 1] for place in range(len(data) & ~1))


def silenced(data: bytes) -> bytes:
    return bytes(len(data))


def conduct_faults(contract: Contract) -> Iterator[Mutant]:
    """Yield every fault of this module."""
    del contract
    for families in (sound_faults(), video_faults(), speech_faults(), picture_faults(), reading_faults()):
        yield from families
    for families in (header_faults(), key_faults(), body_faults()):
        yield from families


def planted(family: str, operator: str, pointer: str, planting: Planting) -> Mutant:
    return Mutant("server", family, operator, pointer, planting)


def on(media_type: str, change: Callable[[Answer], Answer]) -> Planting:
    """Change successes of one media type."""

    def answer(call: Call, given: Answer) -> Answer:
        del call
        return change(given) if (given.status, given.media_type) == (200, media_type) else given

    return Planting(answer=answer)


def asked(change: Callable[[Call], Call | Answer]) -> Planting:
    """Change requests to the endpoint itself."""
    return Planting(lambda call: change(call) if call.path == GENERATE else call)


def sound_faults() -> Iterator[Mutant]:
    """Write a WAV otherwise than it is documented, or other sounds into it; spoil the chunks of a stream."""
    written: dict[str, tuple[int, int, int, Callable[[bytes], bytes]]] = {
        "silent": (24_000, 1, 2, silenced),
        "swapped-bytes": (24_000, 1, 2, swapped),
        "8-bit": (
            24_000,
            1,
            1,
            lambda data: bytes((x >> 8) + 128 for (x,) in struct.iter_unpack("<h", data)),
        ),
        "8-khz": (8_000, 1, 2, lambda data: b"".join(data[at : at + 2] for at in range(0, len(data), 6))),
        "stereo": (
            24_000,
            2,
            2,
            lambda data: b"".join(data[at : at + 2] * 2 for at in range(0, len(data), 2)),
        ),
    }
    for name, (rate, channels, width, change) in written.items():
        yield planted("media", "other-sound", name, on("audio/wav", rewritten(rate, channels, width, change)))
    for name, change in {"silent": silenced, "swapped-bytes": swapped}.items():
        yield planted(
            "sse",
            "other-sound",
            f"a stream, {name}",
            Planting(answer=in_events(chunk(change), "audio_chunk")),
        )
    yield planted("sse", "other-sound", "reversed", Planting(answer=streamed(reversed_chunks)))
    for member, value in (("sample_rate", 48_000), ("channels", 2)):
        change = in_events(saying(member, value), "metadata")
        yield planted("sse", "other-sound", f"metadata/data/{member}", Planting(answer=change))
    failed = dumped({"type": "error", "message": "it failed"})
    spoilt = streamed(lambda events: [*map(ended, events[:-1]), failed, ended(events[-1])])
    yield planted("sse", "error-event", "before the end", Planting(answer=spoilt))


def rewritten(
    rate: int, channels: int, width: int, change: Callable[[bytes], bytes]
) -> Callable[[Answer], Answer]:
    def answer(given: Answer) -> Answer:
        with wave.open(io.BytesIO(given.body)) as file:
            samples = change(file.readframes(file.getnframes()))
        buffer = io.BytesIO()
        with wave.open(buffer, "wb") as file:
            file.setparams((channels, width, rate, 0, "NONE", ""))
            file.writeframes(samples)
        return evolve(given, body=buffer.getvalue())

    return answer


def chunk(change: Callable[[bytes], bytes]) -> Callable[[Event], Event]:
    return lambda event: {**event, "data": base64.b64encode(change(base64.b64decode(event["data"]))).decode()}


def saying(member: str, value: int) -> Callable[[Event], Event]:
    return lambda event: {**event, "data": {**event["data"], member: value}}


def reversed_chunks(events: list[bytes]) -> list[bytes]:
    chunks = [event for event in events if b'"audio_chunk"' in event]
    return [ended(chunks.pop() if b'"audio_chunk"' in event else event) for event in events]


def video_faults() -> Iterator[Mutant]:
    """Speak of another job, take a state back, give a video once, ignore what the video should be."""
    state, result = f"{GENERATE}/status", f"{GENERATE}/result"
    yield planted(
        "job", "another-job", "status/task_id", Planting(answer=another(state, "task_id", "another"))
    )
    yield planted("job", "taken-back", "status/status", Planting(answer=taken_back(state)))
    yield planted("job", "once-only", "result", Planting(answer=once(result)))
    for name, value in (("prompt", "the same"), ("seed", 3), ("image", PIXEL)):
        yield planted("job", "ignored-wish", f"video/{name}", asked(for_videos(name, value)))


def another(path: str, member: str, value: str) -> Any:
    def answer(call: Call, given: Answer) -> Answer:
        if (call.path, given.status) != (path, 200):
            return given
        return given.with_document({**given.document, member: value})

    return answer


def taken_back(path: str) -> Any:
    done = set[str]()

    def answer(call: Call, given: Answer) -> Answer:
        if (call.path, given.status) != (path, 200) or given.document["status"] != "completed":
            return given
        again = given.document["task_id"] in done
        done.add(given.document["task_id"])
        return given.with_document({**given.document, "status": "processing"}) if again else given

    return answer


def once(path: str) -> Any:
    given_before = set[bytes]()

    def answer(call: Call, given: Answer) -> Answer:
        if (call.path, given.status) != (path, 200):
            return given
        again = given.body in given_before
        given_before.add(given.body)
        return refusal(404) if again else given

    return answer


def for_videos(name: str, value: Any) -> Callable[[Call], Call]:
    kind = str if name == "prompt" else object
    return lambda call: (
        with_value(call, name, value)
        if b"wan2" in call.body and isinstance(value_of(call, name), kind)
        else call
    )


def speech_faults() -> Iterator[Mutant]:
    """Lose a voice, or hear always the same."""
    for name in ("voice", "voice_id"):
        yield planted("voice", "ignored-voice", name, asked(ignoring(name)))
    yield planted("voice", "ignored-voice", "a recording", asked(without_recording))
    yield planted("voice", "ignored-voice", "voice_settings/speed", asked(at_one_pace))
    for value in ("", "voice-1"):
        change = another(f"{GENERATE}/upload", "voice_id", value)
        yield planted("voice", "one-voice-id", repr(value), Planting(answer=change))
    yield planted("voice", "forgotten-voice", "voice_id", asked(forgetful))
    for words in ("", "hello there"):
        yield planted("transcript", "other-words", repr(words), Planting(answer=heard(words)))


def ignoring(name: str) -> Callable[[Call], Call]:
    return lambda call: without(call, name) if isinstance(value_of(call, name), str) else call


def without_recording(call: Call) -> Call:
    return without(without(call, "audio_prompt_file"), "voice_reference_file")


def forgetful(call: Call) -> Call | Answer:
    return refusal(404) if str(value_of(call, "voice_id")).startswith("voice-") else call


def at_one_pace(call: Call) -> Call:
    return evolve(call, body=re.sub(rb'("speed": ?)(0\.7|1\.4)', rb"\g<1>1.0", call.body))


def heard(words: str) -> Any:
    def answer(call: Call, given: Answer) -> Answer:
        if (call.path, given.status, given.media_type) == (GENERATE, 200, "text/plain"):
            return evolve(given, body=words.encode())
        if (call.path, given.status, given.media_type) == (GENERATE, 200, JSON):
            names = [name for name in ("text", "transcription") if name in given.document]
            return given.with_document({**given.document, **dict.fromkeys(names, words)})
        return given

    return answer


def picture_faults() -> Iterator[Mutant]:
    """Draw one colour, another size by default, or the same whatever is to be edited."""
    flat = Planting(answer=lambda call, given: repainted(given) if call.path == GENERATE else given)
    yield planted("media", "one-colour", "pictures", flat)
    for name in ("image", "images"):
        yield planted("field", "ignored-wish", f"{FORM}/{name}", asked(always(name)))
    yield planted("size", "other-default", f"{JSON}/width", asked(narrowed))
    yield planted("seed", "unstable", "seed 0", asked(unseeded(itertools.count(1000))))
    yield planted("field", "lost-letters", "prompt", asked(without_letters))


def always(name: str) -> Callable[[Call], Call]:
    return lambda call: call if b"wan2" in call.body else with_value(call, name, PIXEL)


def unseeded(counter: Iterator[int]) -> Callable[[Call], Call]:
    return lambda call: (
        with_value(call, "seed", next(counter)) if value_of(call, "seed") in (0, "0") else call
    )


def without_letters(call: Call) -> Call:
    prompt = value_of(call, "prompt")
    if not isinstance(prompt, str):
        return call
    return with_value(call, "prompt", prompt.encode("ascii", "replace").decode())


def repainted(given: Answer) -> Answer:
    if given.status != 200 or given.media_type != JSON:
        return given
    names = [name for name in given.document if name.endswith("image_base64")]
    painted = {name: one_colour(base64.b64decode(given.document[name])) for name in names}
    return given.with_document({**given.document, **painted}) if names else given


def one_colour(data: bytes) -> str:
    with Image.open(io.BytesIO(data)) as image:
        colour = image.convert("RGB").getpixel((image.width // 3, image.height // 3))
        buffer = io.BytesIO()
        Image.new("RGB", image.size, colour).save(buffer, image.format)
    return base64.b64encode(buffer.getvalue()).decode()


def narrowed(call: Call) -> Call:
    """Have pictures be narrower where the request gives no width."""
    members = ("width", "height", "size", "image_path", "image_url", "text")
    others = call.media_type != JSON or any(value_of(call, name) is not None for name in members)
    return call if others else evolve(call, body=call.body.replace(b"{", b'{"width": 512, ', 1))


def reading_faults() -> Iterator[Mutant]:
    """Refuse a request for how it is spelt."""
    spelt: dict[str, Callable[[Call], bool]] = {
        "a charset": lambda call: call.header(b"content-type").startswith(b"application/json;"),
        "a type in capitals": lambda call: call.header(b"content-type").partition(b";")[0].istitle(),
        "line breaks": lambda call: call.media_type == JSON and b"\n" in call.body,
        "escapes": lambda call: call.media_type == JSON and b"\\u0065" in call.body,
        "a boundary in quotes": lambda call: b'boundary="' in call.header(b"content-type"),
        "a type for a part": lambda call: b"\r\nContent-Type: text/plain; charset" in call.body,
    }
    for name, is_spelt in spelt.items():
        yield planted("acceptance", "choosy", name, asked(refusing(is_spelt)))


def refusing(is_spelt: Callable[[Call], bool]) -> Callable[[Call], Call | Answer]:
    return lambda call: refusal(400) if is_spelt(call) else call


def header_faults() -> Iterator[Mutant]:
    """Challenge by another scheme, allow what is refused, count credits in no number."""
    for status, name, value in (
        (401, "www-authenticate", 'Basic realm="x"'),
        (405, "allow", "GET, POST, PUT, PATCH, DELETE"),
        (200, "x-credits-remaining", "nan"),
    ):
        yield planted(
            "header", "other-value", f"{status}/{name} is {value}", Planting(answer=said(status, name, value))
        )
    yield planted("header", "other-value", "content-type twice", Planting(answer=labelled_twice))


def labelled_twice(call: Call, given: Answer) -> Answer:
    del call
    return evolve(given, headers=(*given.headers, (b"content-type", b"text/html")))


def said(status: int, name: str, value: str) -> Any:
    def answer(call: Call, given: Answer) -> Answer:
        del call
        is_there = name.encode() in dict(given.headers)
        return given.with_header(name, value) if given.status == status and is_there else given

    return answer


def key_faults() -> Iterator[Mutant]:
    """Take an empty key, look at the body first, repeat the key."""
    yield planted("auth", "open-door", "an empty key", Planting(open_to_none))
    yield planted("auth", "body-first", "an empty body", Planting(body_first))
    yield planted("auth", "repeated-key", "401", Planting(answer=repeating))


def open_to_none(call: Call) -> Call:
    is_empty = call.header(b"authorization").strip() == b"Bearer"
    return call.with_header(b"authorization", KEY) if is_empty else call


def body_first(call: Call) -> Call | Answer:
    return refusal(400) if call.method == "POST" and not call.body else call


def repeating(call: Call, given: Answer) -> Answer:
    sent = call.header(b"authorization").decode("latin-1")
    return given.with_document({"error": f"{sent} is wrong"}) if given.status == 401 else given


def body_faults() -> Iterator[Mutant]:
    """Name a member twice."""
    yield planted("type", "doubled-members", JSON, on(JSON, doubled))


def doubled(given: Answer) -> Answer:
    return evolve(given, body=given.body[:-1] + b"," + given.body[1:])
