"""Lies about sound: transcripts, speech and streams of speech."""

from collections.abc import Callable, Iterator
from typing import Any

from attrs import evolve

from mutants.server.lies.planting import Lie, always, counting, ignoring, in_answers, in_requests
from mutants.server.media import loaded, streamed
from mutants.server.requests import FORM, GENERATE, JSON, value_of, with_value
from mutants.server.rewriting import Answer, Call, Planting

UPLOAD = f"{GENERATE}/upload"


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
