"""Servers that answer as if they had done the work: the faults of stand-ins, proxies and careless releases.

Each answers promptly, in the right form, and not what was asked for. `shown_by` says whether valid requests
alone show it, or only requests that are to be refused.
"""

import base64
import io
import json
from collections.abc import Callable, Iterator
from typing import Any, Literal

from attrs import evolve, frozen
from PIL import Image

from eigen_contract.spec import Contract
from mutants.mutant import Mutant
from mutants.server.media import loaded, streamed
from mutants.server.requests import FORM, GENERATE, JSON, PIXEL, document_of, value_of, with_value, without
from mutants.server.rewriting import KEY, Answer, Call, Planting, refusal

STATUS, RESULT, UPLOAD = f"{GENERATE}/status", f"{GENERATE}/result", f"{GENERATE}/upload"
ShownBy = Literal["requests", "refusals"]


@frozen
class Lie:
    """One lying server: what it does, what it changes, and which requests show it."""

    family: str
    name: str
    planting: Planting
    shown_by: ShownBy = "requests"


def lie_faults(contract: Contract) -> Iterator[Mutant]:
    """Yield every lie as a fault of the pool."""
    del contract
    for lie in lies():
        yield Mutant("server", lie.family, "lie", lie.name, lie.planting)


def lies() -> Iterator[Lie]:
    """Yield every lie."""
    for family in (
        transcript_lies,
        speech_lies,
        stream_lies,
        picture_lies,
        edit_lies,
        video_lies,
        refusal_lies,
    ):
        yield from family()
    yield from key_lies()
    yield from label_lies()


def in_requests(change: Callable[[Call], Call | Answer]) -> Planting:
    """Change requests to the endpoint itself."""
    return Planting(lambda call: change(call) if call.path == GENERATE else call)


def in_answers(change: Callable[[Answer], Answer], path: str = GENERATE, status: int = 200) -> Planting:
    """Change answers of a path that have a status."""

    def answer(call: Call, given: Answer) -> Answer:
        return change(given) if (call.path, given.status) == (path, status) else given

    return Planting(answer=answer)


def ignoring(name: str, media_type: str | None = None) -> Planting:
    """Do as if a property were not there."""

    def request(call: Call) -> Call:
        return without(call, name) if media_type in (None, call.media_type) else call

    return in_requests(request)


def always(name: str, value: Any) -> Planting:
    return in_requests(lambda call: with_value(call, name, value))


def transcript_lies() -> Iterator[Lie]:
    """Hear nothing, something else, or not all."""
    heard: dict[str, Callable[[str], str]] = {
        "empty": lambda _: "",
        "canned": lambda _: "hello world",
        "its first half": lambda words: words[: len(words) // 2],
        "without its last third": lambda words: words[: len(words) * 2 // 3],
        "without its first half": lambda words: words[len(words) // 2 :],
        "of another tongue": lambda words: words[::-1],
    }
    for name, change in heard.items():
        yield Lie("transcript", f"a transcript, {name}", hearing(change))
    yield Lie("transcript", "an empty text", hearing(lambda _: "", "text/plain"))
    yield Lie("transcript", "a text cut short", hearing(lambda words: words[: len(words) // 2], "text/plain"))
    yield Lie("transcript", "the language ignored", ignoring("language", FORM))
    yield Lie("transcript", "always the same length", with_members(audio_duration=1.0))
    yield Lie("transcript", "the recording before", in_requests(Belated("file")))


def hearing(change: Callable[[str], str], media_type: str | None = None) -> Planting:
    """Change the words of transcripts, in one form of the answer or in each."""

    def answer(given: Answer) -> Answer:
        if media_type not in (None, given.media_type):
            return given
        if given.media_type == "text/plain":
            return evolve(given, body=change(given.body.decode()).encode())
        if given.media_type != JSON:
            return given
        names = [name for name in ("text", "transcription") if name in given.document]
        changed = {name: change(given.document[name]) for name in names}
        return given.with_document({**given.document, **changed}) if names else given

    return in_answers(answer)


def with_members(**members: Any) -> Planting:
    """Set members of JSON answers that have them."""

    def answer(given: Answer) -> Answer:
        if given.media_type != JSON:
            return given
        known = {name: value for name, value in members.items() if name in given.document}
        return given.with_document({**given.document, **known}) if known else given

    return in_answers(answer)


class Belated:
    """Answers each request as if a property were that of the request before."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._bodies: list[Call] = []

    def __call__(self, call: Call) -> Call:
        if value_of(call, self._name) is None:
            return call
        self._bodies.append(call)
        before = self._bodies[-2:][0]
        return evolve(call, body=before.body).with_header(b"content-type", before.header(b"content-type"))


def speech_lies() -> Iterator[Lie]:
    """Say something else, in another way, or not all."""
    yield Lie("speech", "the text ignored", always("text", "This is what it always says."))
    for most in (20, 40):
        yield Lie("speech", f"the text cut after {most} characters", in_requests(cutting(most)))
    for media_type in (JSON, FORM):
        yield Lie("speech", f"the voice ignored in {media_type}", ignoring("voice", media_type))
    for name in (
        "voice_reference_file", "audio_prompt_file", "voice_id", "voice_settings", "language_id", "language",
        "instructions", "exaggeration", "response_format",
    ):  # fmt: skip
        yield Lie("speech", f"{name} ignored", ignoring(name))
    yield Lie("speech", "language_id ignored in JSON", ignoring("language_id", JSON))
    yield Lie("speech", "one voice_id for all", in_answers(one_voice, UPLOAD))
    yield Lie("speech", "a seed that means nothing", in_requests(counting("text")))


def cutting(most: int) -> Callable[[Call], Call]:
    def request(call: Call) -> Call:
        text = value_of(call, "text")
        return with_value(call, "text", text[:most]) if isinstance(text, str) else call

    return request


def one_voice(given: Answer) -> Answer:
    return given.with_document({"voice_id": "voice-of-everyone"})


def counting(beside: str) -> Callable[[Call], Call]:
    """Let a counter stand for the seed of requests that have another property."""
    count = iter(range(10**9))
    return lambda call: with_value(call, "seed", next(count)) if value_of(call, beside) is not None else call


def stream_lies() -> Iterator[Lie]:
    """Stream all at once, nothing, not all, or always the same."""
    yield Lie("sse", "buffered to its end", Planting(buffers=True))
    yield Lie("sse", "a file in place of a stream", ignoring("stream", JSON))
    yield Lie("sse", "a file in place of a stream, by form", ignoring("stream", FORM))
    yield Lie("sse", "without its last chunk", Planting(answer=streamed(without_last_chunk)))
    yield Lie(
        "sse", "without an end", Planting(answer=streamed(lambda events: [e + b"\n\n" for e in events[:-1]]))
    )
    yield Lie("sse", "a canned stream", in_requests(canned_stream))


def without_last_chunk(events: list[bytes]) -> list[bytes]:
    chunks = [place for place, event in enumerate(events) if loaded(event)["type"] == "audio_chunk"]
    return [event + b"\n\n" for place, event in enumerate(events) if place != chunks[-1]]


def canned_stream(call: Call) -> Call:
    is_stream = str(value_of(call, "stream")).lower() == "true"
    return with_value(call, "text", "This is a demonstration.") if is_stream else call


def picture_lies() -> Iterator[Lie]:
    """Draw something else, or as always."""
    is_drawn = "turbo_image_base64"
    yield Lie("picture", "one picture for every prompt", in_answers(Canned(is_drawn)))
    yield Lie("picture", "the prompt ignored", always("prompt", "a grey square"))
    for media_type in (JSON, FORM):
        for name in ("seed", "width", "height", "size"):
            yield Lie("picture", f"{name} ignored in {media_type}", ignoring(name, media_type))
    yield Lie("picture", "another picture each time", in_requests(counting("prompt")))
    yield Lie("picture", "negative_prompt ignored", ignoring("negative_prompt"))
    yield Lie(
        "picture", "half the size", in_answers(redrawn(lambda image: image.resize((256, 256)), is_drawn))
    )
    yield Lie("picture", "a data URL", in_answers(as_data_url))
    yield Lie("picture", "a blank picture", in_answers(redrawn(blank, is_drawn)))


class Canned:
    """Always gives the first picture."""

    def __init__(self, member: str) -> None:
        self._member = member
        self._first = ""

    def __call__(self, given: Answer) -> Answer:
        if given.media_type != JSON or self._member not in given.document:
            return given
        self._first = self._first or given.document[self._member]
        return given.with_document({**given.document, self._member: self._first})


def redrawn(change: Callable[[Image.Image], Image.Image], *members: str) -> Callable[[Answer], Answer]:
    def answer(given: Answer) -> Answer:
        if given.media_type != JSON:
            return given
        known = {name: encoded(change, given.document[name]) for name in members if name in given.document}
        return given.with_document({**given.document, **known}) if known else given

    return answer


def encoded(change: Callable[[Image.Image], Image.Image], text: str) -> str:
    with Image.open(io.BytesIO(base64.b64decode(text))) as image:
        buffer = io.BytesIO()
        change(image).save(buffer, image.format or "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def blank(image: Image.Image) -> Image.Image:
    return Image.new("RGB", image.size, (200, 200, 200))


def as_data_url(given: Answer) -> Answer:
    if given.media_type != JSON:
        return given
    known = {
        name: f"data:image/png;base64,{text}"
        for name, text in given.document.items()
        if name.endswith("image_base64")
    }
    return given.with_document({**given.document, **known}) if known else given


def edit_lies() -> Iterator[Lie]:
    """Edit nothing, something else, or in another form."""
    yield Lie("edit", "the source is the answer", Planting(answer=source_again))
    for name in ("image_file", "image", "images"):
        yield Lie("edit", f"{name} ignored", in_requests(always_the_pixel(name)))
    yield Lie("edit", "one edit for every prompt", in_answers(Canned("image_base64")))
    yield Lie("edit", "output_format ignored", ignoring("output_format"))
    yield Lie("edit", "binary_response ignored", ignoring("binary_response"))
    yield Lie("edit", "a picture labelled as another", in_answers(relabelled))


def source_again(call: Call, given: Answer) -> Answer:
    if given.status != 200 or given.media_type != JSON or "image_base64" not in given.document:
        return given
    start = call.body.find(b"\x89PNG")
    end = call.body.find(b"IEND", start) + 8
    if start < 0:
        return given
    return given.with_document(
        {**given.document, "image_base64": base64.b64encode(call.body[start:end]).decode()}
    )


def always_the_pixel(name: str) -> Callable[[Call], Call]:
    return lambda call: call if b"wan2" in call.body else with_value(call, name, PIXEL)


def relabelled(given: Answer) -> Answer:
    is_picture = given.media_type.startswith("image/")
    label = "image/png" if given.media_type != "image/png" else "image/jpeg"
    return given.with_header("content-type", label) if is_picture else given


def video_lies() -> Iterator[Lie]:
    """Make another video, none, or never."""
    for media_type in (JSON, FORM):
        yield Lie("job", f"frame_num ignored in {media_type}", in_requests(fixing_frames(media_type)))
    for name, value in {"prompt": "always the same", "seed": 3}.items():
        yield Lie("job", f"the {name} of a video ignored", in_requests(for_videos(name, value)))
    for state in ("pending", "processing"):
        yield Lie("job", f"always {state}", in_answers(in_state(state), STATUS))
    yield Lie("job", "a job that always fails", in_answers(in_state("failed"), STATUS))
    yield Lie("job", "completed without a video", in_answers(lambda _: refusal(404), RESULT))
    for which in ("first", "last"):
        yield Lie("job", f"the {which} job's video for all", other_job(which))
    yield Lie("job", "the state of another job", in_answers(of_another_job, STATUS))


def fixing_frames(media_type: str) -> Callable[[Call], Call]:
    return lambda call: with_value(call, "frame_num", 17) if call.media_type == media_type else call


def for_videos(name: str, value: Any) -> Callable[[Call], Call]:
    return lambda call: with_value(call, name, value) if b"wan2" in call.body else call


def in_state(state: str) -> Callable[[Answer], Answer]:
    return lambda given: given.with_document({**given.document, "status": state})


def of_another_job(given: Answer) -> Answer:
    return given.with_document({**given.document, "task_id": "00000000-0000-4000-8000-000000000000"})


def other_job(which: str) -> Planting:
    """Give the video of the first job, or of the last that was submitted, whichever is asked for."""
    videos: list[bytes] = []

    def answer(call: Call, given: Answer) -> Answer:
        if (call.path, given.status) != (RESULT, 200):
            return given
        videos.append(given.body)
        return evolve(given, body=videos[0] if which == "first" else videos[-2:][0])

    return Planting(answer=answer)


def refusal_lies() -> Iterator[Lie]:
    """Refuse otherwise than promised, or fail, or take what is to be refused."""
    for name, body, label in (
        ("an error without a body", b"", None),
        ("an error as HTML", b"<h1>Bad Request</h1>", "text/html"),
        ("an error without a message", b'{"ok": false}', JSON),
        ("an error as text", b"Bad Request", "text/plain"),
    ):
        yield refusing(name, in_answers(instead(body, label), status=400))
    for was, status in ((400, 422), (400, 500), (400, 200), (415, 400), (404, 200), (405, 404), (413, 500)):
        yield refusing(f"{was} as {status}", Planting(answer=restated(was, status)))
    for name, value in {"width": None, "seed": None, "prompt": None, "text": None, "frame_num": None}.items():
        yield refusing(f"a failure at {name} null", in_requests(failing_at(name, value)))
    yield refusing("a failure at a text for a number", in_requests(failing_at("width", "many")))
    for name in ("width", "height", "infer_steps"):
        yield refusing(f"{name} of any size", in_requests(clamped(name)))
    yield refusing("a request without a prompt", in_requests(with_default("prompt", "a picture")))
    yield refusing("half a JSON document", in_requests(repaired))
    yield refusing("a job that never was", Planting(answer=invented))
    yield refusing("a stack trace", Planting(answer=traced))
    yield Lie("acceptance", "an unknown property refused", in_requests(choosy))


def refusing(name: str, planting: Planting) -> Lie:
    return Lie("refusal", name, planting, "refusals")


def instead(body: bytes, label: str | None) -> Callable[[Answer], Answer]:
    return lambda given: evolve(given, body=body).with_header("content-type", label)


def restated(was: int, status: int) -> Callable[[Call, Answer], Answer]:
    return lambda _, given: evolve(given, status=status) if given.status == was else given


def failing_at(name: str, value: Any) -> Callable[[Call], Call | Answer]:
    def request(call: Call) -> Call | Answer:
        document = document_of(call) if call.media_type == JSON else {}
        return refusal(500) if name in document and document[name] == value else call

    return request


def clamped(name: str) -> Callable[[Call], Call]:
    """Bring a number into its bounds in place of a refusal."""
    least, most = (1, 20) if name == "infer_steps" else (512, 2048)

    def request(call: Call) -> Call:
        try:
            value = int(value_of(call, name))
        except (TypeError, ValueError):
            return call
        return with_value(call, name, min(max(value, least), most))

    return request


def with_default(name: str, value: str) -> Callable[[Call], Call]:
    def request(call: Call) -> Call:
        document = document_of(call) if call.media_type == JSON else {}
        is_short = bool(document) and name not in document and "text" not in document
        return evolve(call, body=json.dumps({**document, name: value}).encode()) if is_short else call

    return request


def repaired(call: Call) -> Call:
    if call.media_type != JSON or document_of(call) or not call.body.startswith(b"{"):
        return call
    return evolve(call, body=b'{"model": "eigen-image", "prompt": "a picture"}')


def invented(call: Call, given: Answer) -> Answer:
    if (call.path, given.status) != (STATUS, 404):
        return given
    return given.with_document({"task_id": "any", "status": "pending"}, 200)


def traced(call: Call, given: Answer) -> Answer:
    del call
    trace = 'Traceback (most recent call last):\n  File "/srv/app.py", line 7, in generate'
    return given.with_document({"message": trace}) if given.status == 400 else given


def choosy(call: Call) -> Call | Answer:
    return refusal(400) if value_of(call, "not_known_yet") is not None else call


def key_lies() -> Iterator[Lie]:
    """Leave a door open, or refuse otherwise."""
    for path in (GENERATE, STATUS, RESULT, UPLOAD):
        yield refusing(f"no key is asked for at {path}", Planting(opened(path)))
    yield refusing("401 as 403", Planting(answer=restated(401, 403)))
    yield refusing("no challenge", in_answers(unchallenged, status=401))


def opened(path: str) -> Callable[[Call], Call]:
    return lambda call: call.with_header(b"authorization", KEY) if call.path == path else call


def unchallenged(given: Answer) -> Answer:
    return given.with_header("www-authenticate", None)


def label_lies() -> Iterator[Lie]:
    """Label answers otherwise than they are."""
    for label in ("application/octet-stream", "text/html", "binary/octet-stream", None):
        yield Lie("label", f"a sound as {label}", in_answers(labelled("audio/", label)))
        yield Lie("label", f"JSON as {label}", in_answers(labelled(JSON, label)))
    yield Lie("label", "a stream as text", in_answers(labelled("text/event-stream", "text/plain")))
    yield Lie(
        "label", "a video as octets", in_answers(labelled("video/", "application/octet-stream"), RESULT)
    )
    yield Lie("label", "201 for 200", Planting(answer=restated(200, 201)))
    yield Lie(
        "label",
        "credits in words",
        in_answers(lambda given: given.with_header("x-credits-remaining", "many")),
    )


def labelled(kind: str, label: str | None) -> Callable[[Answer], Answer]:
    return lambda given: (
        given.with_header("content-type", label) if given.media_type.startswith(kind) else given
    )
